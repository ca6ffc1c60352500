"""One row of a table (CSV, TSV) under its header, as a JSON line: a column says what it holds by its name or a map."""

import csv
import io

from communique.ingest import jsonline
from communique.ingest.decode import decode
from communique.ingest.delivered import Delivered, refused
from communique.ingest.sources import Source
from communique.model.problems import ProblemCode
from communique.settings import Limits

#: Name of a column in lower case -> key of a JSON line.
_COLUMNS = {
    "text": "text", "body": "text", "content": "text", "article": "text", "story": "text", "fulltext": "text",
    "full_text": "text", "full text": "text", "title": "title", "headline": "title", "published": "published",
    "date": "published", "pubdate": "published", "published_at": "published", "publish_date": "published",
    "publication_date": "published", "source": "source", "outlet": "source", "publisher": "source",
    "publication": "source", "newspaper": "source", "url": "url", "link": "url", "id": "id", "guid": "id",
    "lang": "lang", "language": "lang",
}  # fmt: skip
_DELIMITERS = ",\t;|"


def read(source: Source, limits: Limits) -> Delivered:
    """The report in a row; `data` is the header and the row."""
    text = decode(source.data, source.declared).text.removeprefix("\ufeff")
    header_line, _, row_lines = text.partition("\n")
    delimiter = max(_DELIMITERS, key=header_line.count)
    try:
        header, row = _cells(header_line, delimiter, limits), _cells(row_lines, delimiter, limits)
    except csv.Error as error:
        return refused(source, ProblemCode.FORMAT, f"the row cannot be read: {error}")
    if len(row) > len(header):
        return refused(source, ProblemCode.FORMAT, f"the row has {len(row)} cells under {len(header)} columns")
    mapping = dict(source.mapping)
    line: dict[str, object] = {}
    for column, cell in zip(header, row, strict=False):
        key = mapping.get(column) or (column if mapping else _COLUMNS.get(column.strip().lower(), column))
        if cell:
            line.setdefault(key, cell)
    if "text" not in line:
        named = ", ".join(header)[:200]
        known = "text" in mapping.values() or "text" in (_COLUMNS.get(c.strip().lower()) for c in header)
        why = (
            "its text is empty"
            if known
            else f"no column is its text among {named}: name one with a map, as in text=COLUMN"
        )
        return refused(source, ProblemCode.EMPTY if known else ProblemCode.FORMAT, why)
    return jsonline.made(source, line, limits)


def _cells(line: str, delimiter: str, limits: Limits) -> list[str]:
    csv.field_size_limit(limits.report_bytes)
    rows = list(csv.reader(io.StringIO(line, newline=""), delimiter=delimiter, strict=True))
    if len(rows) != 1:
        message = f"{len(rows)} rows in place of one"
        raise csv.Error(message)
    return rows[0]
