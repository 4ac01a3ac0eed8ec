"""Addresses, queries, headers and cookies that nobody means well by (trust.md §4.4): written once, for every URL."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import quote

from tests.house.hostile import MARK

EVIL = "evil.example"
SCRIPT = f"%22%3E%3Csvg/onload={MARK}()%3E"


@dataclass(frozen=True)
class Ask:
    """One request: what is put behind the address, or in place of it, and what is sent along."""

    query: str = ""
    path: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)


# in place of a number, a code, a name or a token of the address
PARTS: list[str] = [
    "0", "-1", "1", "2147483648", "9223372036854775807", "9223372036854775808", "18446744073709551616",
    "9" * 40, "9" * 5_000, "1e3", "01", "%201", "1.0", "0x1", "%D9%A1", "%C2%B2", "%EF%BC%91",
    "00000000-0000-0000-0000-000000000000", "{00000000-0000-4000-8000-000000000000}",
    "urn:uuid:00000000-0000-4000-8000-000000000000", "FFFFFFFF-FFFF-4FFF-8FFF-FFFFFFFFFFFF",
    "ffffffffffff4fff8fffffffffffffff",
    "null", "None", "undefined", "true", "..", ".", "%2e%2e", "%2e%2e%2f", "%252e%252e%252f", "%5c..%5c", ";a=b",
    "a;b=c", "a%00b", "%00", "%0d%0aSet-Cookie:%20a=b", "%0a", "%C0%AE%C0%AF", "%ff", "%ED%A0%80", "%E2%80%AE",
    "%F0%9F%98%80", "a" * 8_000, "x.", "x...", SCRIPT, "%3Cscript%3E", "'%20OR%201=1--", "%25s%25n", "{{7*7}}",
    "$%7B7*7%7D", "*", "%", "%zz", "%u0041", "index.html", "x.json", "con", "%7Eroot", "@evil.example", "?",
]  # fmt: skip
BEHIND: list[str] = [
    "..", "../", "%2e%2e%2f", "//", "/", "%2f", ";a=b", "%00", ".html", ".json", "%ff", "%0d%0aX-A:%20b", SCRIPT, "\\",
]  # fmt: skip
WORDS: list[str] = [
    "abc", "0", "-1", "1e9", "999999999999999999999", "9" * 5_000, "1.5", "NaN", "%00", "%ff", "%F0%9F%98%80", SCRIPT,
    "'%3B%20DROP%20TABLE%20x--", "a" * 10_000, "%0d%0aX-A:%20b", "%E2%80%A8", "{{7*7}}", "%25%5C_", "%C2%A0", "[1]",
]  # fmt: skip
NAMES: list[str] = [
    "page", "q", "kind", "stage", "theme", "host", "moment", "version", "role", "name", "then", "saved", "still",
    "ordering", "order_by", "sort", "per_page", "limit", "format", "fields", "id", "pk", "lang", "callback", "_method",
    "host__owner__password__startswith", "person__user__password", "form_key", "next",
]  # fmt: skip
QUERIES: list[str] = [
    *(f"{name}={WORDS[number % len(WORDS)]}" for number, name in enumerate(NAMES)),
    *(f"{name}={SCRIPT}" for name in NAMES),
    *(f"page={word}" for word in WORDS),
    *(f"q={word}" for word in WORDS),
    "&".join(f"a{number}=b" for number in range(5_000)),
    "&".join(f"page={number}" for number in range(50)),
    "q[]=a&q[b]=c&q=d&q=e",
    "=&&=;&?&%&%zz=%",
    "q=" + "%20OR%20" * 3_000,
    "page=2&page=x",
    "ordering=-person__user__password",
    "per_page=1e9&page=1e9",
    "stage=running%00",
    "kind=" + "&kind=".join(["nhs_trust"] * 400),
]
OVERRIDES = ["DELETE", "PUT", "POST", "TRACE"]
HEADERS: list[dict[str, str]] = [
    *(
        {name: f"{EVIL}"}
        for name in (
            "X-Forwarded-Host",
            "X-Forwarded-Server",
            "X-Host",
            "X-Original-Host",
            "X-HTTP-Host-Override",
            "X-Real-IP",
            "X-Client-IP",
            "True-Client-IP",
            "X-Forwarded-For",
            "Via",
            "From",
            "X-Wap-Profile",
        )
    ),
    {"X-Forwarded-Proto": "https"},
    {"X-Forwarded-Proto": f"javascript:{MARK}"},
    {"X-Forwarded-Port": "1"},
    {"X-Forwarded-Prefix": "//evil.example"},
    {"X-Script-Name": "/evil"},
    {"Forwarded": f'for=1.2.3.4;host={EVIL};proto="https"'},
    {"X-Forwarded-For": ", ".join(["1.2.3.4"] * 2_000)},
    {"X-Forwarded-For": "not an address, \xff"},
    {"X-Original-URL": "/accounts/logout/"},
    {"X-Rewrite-URL": "/demo/"},
    *({"X-HTTP-Method-Override": method} for method in OVERRIDES),
    {"X-Method-Override": "DELETE", "X-HTTP-Method": "DELETE"},
    {"HX-Request": "true"},
    {"HX-Request": "true", "HX-Current-URL": f"https://{EVIL}/", "HX-Target": SCRIPT, "HX-Trigger": SCRIPT},
    {"HX-Request": "x" * 9_000, "HX-Current-URL": "http://[::1"},
    {"HX-Request": "true", "HX-Current-URL-URI-AutoEncoded": "true", "HX-Current-URL": "%ff%00%zz"},
    {"HX-Request": "true", "HX-Boosted": "true", "HX-History-Restore-Request": "true", "HX-Prompt": SCRIPT},
    {"Range": "bytes=0-,0-,0-,0-"},
    {"Range": "bytes=" + ",".join(f"{number}-" for number in range(2_000))},
    {"Range": "bytes=-1,5-2,x"},
    {"Range": "lines=1"},
    {"If-Range": "x", "Range": "bytes=9999999999999-"},
    {"If-None-Match": "*"},
    {"If-None-Match": '"' * 9_000},
    {"If-Modified-Since": "yesterday"},
    {"If-Modified-Since": "Thu, 99 Foo 99999 99:99:99 GMT"},
    {"Accept-Language": "a" * 1_000_000},
    {"Accept-Language": ",".join(["en-GB;q=0.5"] * 50_000)},
    {"Accept-Language": "-".join(["a"] * 100_000)},
    {"Accept-Language": "cy,*;q=0,x-klingon;q=NaN"},
    {"Accept": "application/json"},
    {"Accept": ",".join(["a/b;q=0.1"] * 10_000)},
    {"Accept": "///;;q==,*/"},
    {"Accept": "text/html;" + "a=b;" * 5_000},
    {"Accept-Encoding": "gzip;q=x, bomb, *;q=9"},
    {"Accept-Charset": "utf-7"},
    {"Content-Type": "multipart/form-data"},
    {"Content-Type": "application/json; charset=bogus"},
    {"Content-Encoding": "gzip"},
    {"Transfer-Encoding": "chunked"},
    {"Origin": "null"},
    {"Origin": f"https://{EVIL}"},
    {"Origin": "http://[::1"},
    {"Referer": f"https://{EVIL}/?{MARK}"},
    {"Referer": "http://[::1"},
    {"Referer": "a" * 50_000},
    {"User-Agent": f"<svg/onload={MARK}()>\x7f"},
    {"User-Agent": ""},
    {"User-Agent": "a" * 50_000},
    {"Authorization": "Basic " + "A" * 9_000},
    {"Authorization": "Bearer \xff"},
    {"X-Request-ID": f"<{MARK}>"},
    {"X-Request-ID": "a" * 9_000},
    {"X-Correlation-ID": "a\x0bb"},
    {"X-CSRFToken": "a" * 9_000},
    {"X-Requested-With": "XMLHttpRequest"},
    {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "object"},
    {"Purpose": "prefetch", "Sec-Purpose": "prefetch;prerender"},
    {"Expect": "100-continue"},
    {"Max-Forwards": "0"},
    {"Depth": "infinity", "Destination": f"https://{EVIL}/"},
    {"Cookie2": "$Version=1"},
]
HOSTS = [
    EVIL, f"localhost.{EVIL}", f"localhost@{EVIL}", f"{EVIL}:80", "localhost:99999", "localhost:x", "127.0.0.1.nip.io",
    "[::1", "[::ffff:127.0.0.1]", "0", "2130706433", "testserver/", "testserver#", f"testserver, {EVIL}", "a" * 300,
    "testserver%00", "tést", "xn--e1afmkfd.example", f"testserver\t{EVIL}", "", " ",
]  # fmt: skip
COOKIES: list[dict[str, str]] = [
    {"embedded_session": "a" * 32},
    {"embedded_session": ""},
    {"embedded_session": "a" * 50_000},
    {"embedded_session": "' OR 1=1--"},
    {"embedded_session": "eyJhIjoxfQ:1rAAAA:old-key-signature"},
    {"embedded_session": "../../etc/passwd"},
    {"embedded_csrf": "a" * 64},
    {"embedded_csrf": "short"},
    {"embedded_csrf": "é" * 64},
    {"__Host-session": "a" * 32, "__Secure-session": "a"},
    {"messages": "[[1]]"},
    {"messages": f"<{MARK}>:1:signature"},
    {"parked-00000000000040008000000000000000": "x"},
    {"parked-" + "0" * 9_000: "x"},
    {"mfa_trusted": "x.y.z"},
    {"django_language": "../../x"},
    {"sessionid": "x", "csrftoken": "y"},
    {f"c{number}": "x" * 100 for number in range(300)},
    {"a": '\\\\\\"', "b": "$Path"},
    {"a b": "c d", "=": "=", ";": ";"},
]
ASKS: list[Ask] = [
    *(Ask(path=behind) for behind in BEHIND),
    *(Ask(query=query) for query in QUERIES),
    *(Ask(headers=headers) for headers in HEADERS),
    *(Ask(headers={"Host": host}) for host in HOSTS),
    *(Ask(cookies=cookies) for cookies in COOKIES),
]

# Where somebody else would like to be led after signing in
ELSEWHERE: list[str] = [
    f"//{EVIL}", f"///{EVIL}", f"////{EVIL}", f"/\\{EVIL}", f"\\/{EVIL}", f"\\\\{EVIL}", f"/\\/{EVIL}", f"//\\{EVIL}",
    f"http://{EVIL}", f"https://{EVIL}", f"HTTPS://{EVIL}", f"https:{EVIL}", f"https:/{EVIL}", f"http:///{EVIL}",
    f"https:\\\\{EVIL}", f"https:/\\{EVIL}", f"://{EVIL}", f":{EVIL}", f"ftp://{EVIL}", f"ws://{EVIL}", f"\x08//{EVIL}",
    f"\x00//{EVIL}", f"\x1f//{EVIL}", f" //{EVIL}", f"\t//{EVIL}", f"\n//{EVIL}", f"\r\n//{EVIL}", f"/\t/{EVIL}",
    f"/\n/{EVIL}", f"/\r/{EVIL}", f"/%09/{EVIL}", f"/%0a/{EVIL}", f"/%2f{EVIL}", f"/%5c{EVIL}", f"%2f%2f{EVIL}",
    f"\u00a0//{EVIL}", f"\u3000//{EVIL}", f"\u200b//{EVIL}", f"／／{EVIL}", f"//{EVIL}%2f@testserver",
    f"//testserver@{EVIL}", f"https://testserver@{EVIL}", f"https://testserver:x@{EVIL}/", f"https://testserver\\@{EVIL}",
    f"https://{EVIL}\\@testserver", f"https://{EVIL}#@testserver", f"https://{EVIL}?@testserver",
    f"https://testserver.{EVIL}", f"https://testserver%00.{EVIL}", f"https://testserver%2e{EVIL}", f"//{EVIL}:80",
    f"//[::1]@{EVIL}", "//2130706433", "//0x7f.1", "//xn--e1afmkfd.example", "//еvil.example", "javascript:alert(1)",
    "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "\x01javascript:alert(1)", "data:text/html,<script>1</script>",
    "vbscript:x", "file:///etc/passwd", "mailto:x@evil.example", "blob:x", "https://[::1", f"//{EVIL}/..;/",
    f"/..//{EVIL}",
    f"/./\\{EVIL}", f"/;@{EVIL}", f".{EVIL}", f"@{EVIL}", f"?next=//{EVIL}", f"#//{EVIL}", f"/\r\nLocation: https://{EVIL}",
    "/" * 9_000 + EVIL, quote(quote(f"//{EVIL}")),
]  # fmt: skip
