"""Runs beside: makes a pack of so many pages of the real library, and tells where its HTML, PDF and address are."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path


def main(pages: int) -> dict[str, str]:
    import django

    django.setup()
    from django.utils import timezone

    from embedded.files import disk
    from embedded.jobs import running
    from guidance.models import Pack
    from guidance.packs.actions import request_pack
    from guidance.packs.paper import pack_html
    from guidance.packs.parts import Part
    from guidance.packs.reading import editions_to_choose
    from guidance.packs.sections import pages_of

    chosen: list[Part] = []
    for edition in editions_to_choose():
        if sum(pages_of(part.edition) for part in chosen) < pages:
            chosen.append(Part(edition))
    pack = request_pack(parts=chosen, by=None, on=timezone.localdate(), title="Pack of the bench")
    if pack.job:
        running.run(pack.job.pk)
    made = Pack.objects.select_related("pdf").get(pk=pack.pk)
    if made.pdf is None:
        raise SystemExit(f"The pack was not made: {made.job and made.job.error}")
    html = Path(tempfile.mkdtemp(prefix="bench-pack-")) / "pack.html"
    html.write_text(pack_html(made))
    return {
        "html": str(html),
        "pdf": str(disk.place(made.pdf.sha256)),
        "address": f"{made.get_absolute_url()}pack.pdf",
    }


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
