"""Rows of a task's reports, as reports: the one reader that all predictors share."""

from collections.abc import Mapping
from typing import Any

import msgspec

from communique.model import ids
from communique.model.reports import Head, PublishedFrom, Report


def report(row: Mapping[str, Any]) -> Report:
    """The report of a row with `id`, `text`, `title`, `published` and `source`; nothing in it is furniture.

    The row's `id` is the report's name; its own id is made of the words and that name, as for any other report.
    """
    text, name, outlet = row["text"] or "", row["id"] or "", row.get("source")
    sha256 = ids.sha256_hex(text.encode("utf-8", "surrogatepass"))
    published = row.get("published")
    head = Head(
        id=ids.report_id(sha256, outlet, None, name),
        name=name,
        sha256=sha256,
        chars=len(text),
        outlet=outlet,
        title=row.get("title"),
        published=published,
        published_from=PublishedFrom.GIVEN if published else None,
    )
    return Report(head, text)


def named(row: Mapping[str, Any]) -> Report:
    """The same report under the row's own `id`, for tasks whose answers name reports by it and read no mentions."""
    read = report(row)
    return Report(msgspec.structs.replace(read.head, id=row["id"] or ""), read.text)
