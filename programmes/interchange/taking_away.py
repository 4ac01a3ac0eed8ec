"""The files that somebody takes away: the whole log, what its columns mean, the template, the rows to put right."""

from __future__ import annotations

from django.http import Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from embedded.accounts.requests import SignedInRequest
from embedded.audit import record_read
from embedded.tables.csv import csv_response, csv_streamed
from embedded.tables.xlsx import Sheet, xlsx_response
from embedded.tables.zipped import zip_response
from programmes.interchange import dictionary, exporting, handing_out, reading


@require_safe
def log_export(request: SignedInRequest, kind: str) -> HttpResponseBase:
    """All that is somebody's own, as one file; to nobody else, whatever their part."""
    if kind not in ("csv", "xlsx", "json", "zip"):
        raise Http404("No export of that kind")
    person = request.person
    record_read(person, "own_log", "Own log", "log/file", details={"form": kind})
    if kind == "csv":
        return csv_streamed("log.csv", exporting.as_csv(person))
    if kind == "zip":
        return zip_response("log.zip", exporting.as_files(person))
    if kind == "xlsx":
        sheets = [
            Sheet(name, dictionary.head_of(name), rows(person), kinds=dictionary.kinds_in(name))
            for name, rows in exporting.TABLES.items()
        ]
        sheets.insert(1, Sheet("What it means", dictionary.HEAD, dictionary.rows(), kinds={3: "words"}))
        return xlsx_response("log.xlsx", sheets, in_memory=True)
    headers = {
        "Content-Disposition": content_disposition_header(True, "log.json") or "attachment",
        "Cache-Control": "no-store, private",
        "X-Content-Type-Options": "nosniff",
    }
    return StreamingHttpResponse(exporting.as_json(person), content_type="application/json", headers=headers)


@require_safe
def log_dictionary(request: SignedInRequest) -> HttpResponseBase:
    """What each column of the export means."""
    return csv_response("log-dictionary.csv", dictionary.HEAD, dictionary.rows())


@require_safe
def log_template(request: SignedInRequest, kind: str) -> HttpResponseBase:
    """The file to fill in."""
    return handing_out.template(kind)


@require_safe
def log_file_bad(request: SignedInRequest, pk: int, kind: str) -> HttpResponseBase:
    """The rows to put right, with why, under the headings that they had."""
    file = reading.file_of(request.person, pk)
    opener = reading.Opener(request.person)
    head = opener.head(file)
    rows = (opener.row(row) for row in reading.rows_of(file, "bad").iterator(500))
    return handing_out.bad_rows(kind, head, rows, file.columns.get("at", {}))
