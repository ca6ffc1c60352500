"""The room's one door: reports in, shared passages and stories out, the same whatever the order of arrival."""

from collections.abc import Mapping, Sequence

import msgspec

from communique.cluster.features import FURNITURE, Features
from communique.cluster.origins import origins
from communique.cluster.reuse import Shared, joined, shared
from communique.cluster.stories import partition
from communique.model.record import Reuse, Story

_TITLE_WORDS = 12


class Grouping(msgspec.Struct, frozen=True):
    """Stories sorted by id, each with its reports sorted; shared passages sorted by their first span."""

    stories: tuple[Story, ...] = ()
    reuse: tuple[Reuse, ...] = ()


def group(features: Sequence[Features], texts: Mapping[str, str]) -> Grouping:
    """Group reports by the happening that they lead with, and tell what they share word for word.

    A story's id is `s.` and the smallest id of its reports, so it changes only where that report comes or goes.

    Args:
        features: what is kept of each report, in any order; one for each report.
        texts: text of each report by id.

    Raises:
        KeyError: a report has no text.
    """
    reports = sorted(features, key=lambda f: f.report)
    found = shared(reports)
    groups = partition(reports, found)
    inside = _inside(groups, found)
    stories = [_story(members, rows, texts) for members, rows in zip(groups, inside, strict=True)]
    return Grouping(tuple(sorted(stories, key=lambda s: s.id)), joined(found, reports, texts))


def _inside(groups: Sequence[Sequence[Features]], found: Sequence[Shared]) -> list[list[Shared]]:
    """For each group the passages that its own reports share."""
    group_of = {m.report: n for n, members in enumerate(groups) for m in members}
    inside: list[list[Shared]] = [[] for _ in groups]
    for row in found:
        if group_of[row.a] == group_of[row.b]:
            inside[group_of[row.a]].append(row)
    return inside


def _story(members: Sequence[Features], found: Sequence[Shared], texts: Mapping[str, str]) -> Story:
    return Story(
        id=f"s.{members[0].report}",
        title=_title(members, texts),
        reports=tuple(m.report for m in members),
        origins=origins(members, found),
    )


def _title(members: Sequence[Features], texts: Mapping[str, str]) -> str:
    """The headline of the earliest report that has one, else the first words of the earliest."""
    dated = sorted(members, key=lambda m: (m.published is None, m.published or "", m.report))
    return next((m.title for m in dated if m.title), None) or _first_words(dated[0], texts[dated[0].report])


def _first_words(report: Features, text: str) -> str:
    telling = [n for n, flag in enumerate(report.flags) if not flag & FURNITURE][:_TITLE_WORDS]
    if not telling:
        return report.report
    return " ".join(text[report.starts[telling[0]] : report.ends[telling[-1]]].split())
