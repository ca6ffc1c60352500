"""Predictor of the task `stories`: which reports lead with the same happening."""

from collections.abc import Iterator

from communique.cluster.features import features
from communique.cluster.stories import partition
from communique.model.reports import Head, Report


def predict(reports: Iterator[dict[str, str | None]]) -> Iterator[dict[str, str]]:
    """One line a report: `{"report", "story"}`; a story's label is the smallest id of its reports.

    Args:
        reports: rows with `id`, `text`, `title`, `published` and `source`.
    """
    rows = [features(_report(row)) for row in reports]
    for members in partition(rows):
        for member in members:
            yield {"report": member.report, "story": members[0].report}


def _report(row: dict[str, str | None]) -> Report:
    text, name = row["text"] or "", row["id"] or ""
    head = Head(
        id=name,
        name=name,
        sha256="",
        chars=len(text),
        outlet=row.get("source"),
        title=row.get("title"),
        published=row.get("published"),
    )
    return Report(head, text)
