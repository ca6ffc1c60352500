"""The room's one door: reports in, shared passages and stories out, the same whatever the order of arrival."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from communique.cluster.features import FURNITURE, Features
from communique.cluster.joined import joined
from communique.cluster.origins import origins
from communique.cluster.reuse import Shared
from communique.cluster.rulings import Rulings, ruled
from communique.cluster.sweep import Item, Placed, Sweep, stories
from communique.model.record import Reuse, Story
from communique.model.reports import Furniture, FurnitureKind

_TITLE_WORDS = 12


class Grouping(msgspec.Struct, frozen=True):
    """Stories sorted by id, each with its reports sorted; shared passages sorted by their first span.

    `furniture` is what is learnt of each report, by id: lines that its outlet prints under many unrelated reports.
    """

    stories: tuple[Story, ...] = ()
    reuse: tuple[Reuse, ...] = ()
    furniture: dict[str, tuple[Furniture, ...]] = {}


def group(features: Sequence[Features], texts: Mapping[str, str], rulings: Rulings = ()) -> Grouping:
    """Group reports by the happening that they lead with, and tell what they share word for word.

    A story's id is `s.` and the smallest id of its reports, so it changes only where that report comes or goes.

    Args:
        features: what is kept of each report, in any order; one for each report.
        texts: text of each report by id.
        rulings: what people decided about stories, the newest first.

    Raises:
        KeyError: a report has no text.
    """
    by_id = {f.report: f for f in features}
    return told(by_id, list(place(by_id, {report: report for report in by_id}, {}).values()), texts, rulings)


def place(
    features: Mapping[str, Features], digests: Mapping[str, str], known: Mapping[str, Placed]
) -> dict[str, Placed]:
    """What each cell of a collection gives, by its name, cells by day.

    Args:
        features: what is kept of each report, by id.
        digests: a hash of that, by id.
        known: what cells gave before; taken over where nothing has changed.
    """
    items = {report: Item(features[report].published, digests[report]) for report in sorted(features)}
    return dict(Sweep(lambda wanted: [features[report] for report in wanted]).over(items, known))


def told(
    features: Mapping[str, Features], given: Sequence[Placed], texts: Mapping[str, str], rulings: Rulings = ()
) -> Grouping:
    """The grouping that the cells of a collection add up to.

    Args:
        features: what is kept of each report, by id.
        given: what each cell gave.
        texts: text of each report by id.
        rulings: what people decided about stories, the newest first.

    Raises:
        KeyError: a report has no text.
    """
    reports = sorted(features)
    found = sorted(row for cell in given for row in cell.shared)
    groups = ruled([[features[r] for r in group] for group in stories(reports, given)], found, rulings)
    inside = _inside(groups, found)
    rows = [_story(members, own, texts) for members, own in zip(groups, inside, strict=True)]
    lines = {report: ranges for cell in given for report, ranges in cell.learnt.items()}
    return Grouping(
        tuple(sorted(rows, key=lambda s: s.id)),
        joined(found, [features[r] for r in reports], texts),
        {report: _furniture(features[report], ranges) for report, ranges in sorted(lines.items())},
    )


def _furniture(report: Features, ranges: Iterable[tuple[int, int]]) -> tuple[Furniture, ...]:
    starts, ends = report.word_starts, report.word_ends
    return tuple(Furniture(int(starts[a]), int(ends[b - 1]), FurnitureKind.LEARNT) for a, b in ranges)


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
    return " ".join(text[report.word_starts[telling[0]] : report.word_ends[telling[-1]]].split())
