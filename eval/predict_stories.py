"""Predictor of the task `stories`: which reports lead with the same happening."""

from collections.abc import Iterator

import rows

from communique.cluster.features import features
from communique.cluster.stories import partition


def predict(reports: Iterator[dict[str, str | None]]) -> Iterator[dict[str, str]]:
    """One line a report: `{"report", "story"}`; a story's label is the smallest id of its reports.

    Args:
        reports: rows with `id`, `text`, `title`, `published` and `source`.
    """
    for members in partition([features(rows.named(row)) for row in reports]):
        for member in members:
            yield {"report": member.report, "story": members[0].report}
