"""The room's one door: reports in, shared passages and stories out, the same whatever the order of arrival."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from communique.cluster.cards import Card, headline
from communique.cluster.features import Features
from communique.cluster.joined import joined, places
from communique.cluster.origins import origins
from communique.cluster.paraphrase import told_again
from communique.cluster.reuse import Shared
from communique.cluster.rulings import Rulings, ruled
from communique.cluster.sweep import Item, Placed, Sweep, stories
from communique.model.record import Paraphrase, Reuse, Story
from communique.model.reports import Furniture, FurnitureKind
from communique.model.spans import Span


class Grouping(msgspec.Struct, frozen=True):
    """Stories sorted by id, each with its reports sorted; shared passages sorted by their first span.

    `furniture` is what is learnt of each report, by id: lines that its outlet prints under many unrelated reports.
    `paraphrases` are sorted by their spans.
    """

    stories: tuple[Story, ...] = ()
    reuse: tuple[Reuse, ...] = ()
    furniture: dict[str, tuple[Furniture, ...]] = {}
    paraphrases: tuple[Paraphrase, ...] = ()


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
    return told(list(place(features).values()), texts, rulings)


def place(features: Iterable[Features]) -> dict[str, Placed]:
    """What each cell of a collection gives, by its name, cells by day.

    Args:
        features: what is kept of each report, in any order.
    """
    by_id = {f.report: f for f in features}
    items = {report: Item(by_id[report].published, report) for report in sorted(by_id)}
    return dict(Sweep(lambda wanted: [by_id[report] for report in wanted]).over(items, {}))


def with_paraphrases(
    given: Mapping[str, Placed], known: Mapping[str, Placed], load: Callable[[Sequence[str]], Sequence[Features]]
) -> dict[str, Placed]:
    """Cells with the sentences of their reports that say the same as others of their stories.

    Args:
        given: what each cell gave, by its name.
        known: what cells gave before; those that were taken over have theirs already.
        load: gives the features of some reports, in any order.
    """
    return {name: cell if cell is known.get(name) else _paraphrased(cell, load) for name, cell in given.items()}


def _paraphrased(cell: Placed, load: Callable[[Sequence[str]], Sequence[Features]]) -> Placed:
    fresh = {card.report for card in cell.cards}
    stories = [group for group in cell.groups if not fresh.isdisjoint(group)]
    by_id = {f.report: f for f in load(sorted(report for group in stories for report in group))} if stories else {}
    rows = told_again([[by_id[report] for report in group] for group in stories], fresh, cell.shared)
    return msgspec.structs.replace(cell, again=list(zip(rows, places(rows, by_id), strict=True)))


def told(given: Sequence[Placed], texts: Mapping[str, str], rulings: Rulings = ()) -> Grouping:
    """The grouping that the cells of a collection add up to.

    Args:
        given: what each cell gave.
        texts: text of each report by id.
        rulings: what people decided about stories, the newest first.

    Raises:
        KeyError: a report has no text.
    """
    cards = {card.report: card for cell in given for card in cell.cards}
    found = sorted(row for cell in given for row in zip(cell.shared, cell.places, strict=True))
    shared = [row for row, _ in found]
    groups = ruled([[cards[r] for r in group] for group in stories(sorted(cards), given)], shared, rulings)
    inside = _inside(groups, shared)
    rows = [_story(members, own, texts) for members, own in zip(groups, inside, strict=True)]
    lines = {report: ranges for cell in given for report, ranges in cell.learnt.items()}
    return Grouping(
        tuple(sorted(rows, key=lambda s: s.id)),
        joined(found, texts),
        {report: tuple(Furniture(a, b, FurnitureKind.LEARNT) for a, b in lines[report]) for report in sorted(lines)},
        _paraphrases(given, groups, texts),
    )


def _paraphrases(
    given: Sequence[Placed], groups: Sequence[Sequence[Card]], texts: Mapping[str, str]
) -> tuple[Paraphrase, ...]:
    """Those within the stories as they stand at last."""
    story = {card.report: n for n, group in enumerate(groups) for card in group}
    rows = [pair for cell in given for pair in cell.again if story[pair[0].a] == story[pair[0].b]]
    made = [
        Paraphrase(
            score=row.score,
            spans=(Span.cut(row.a, texts[row.a], *where[:2]), Span.cut(row.b, texts[row.b], *where[2:])),
        )
        for row, where in rows
    ]
    return tuple(sorted(made, key=lambda p: p.spans))


def _inside(groups: Sequence[Sequence[Card]], found: Sequence[Shared]) -> list[list[Shared]]:
    """For each group the passages that its own reports share."""
    group_of = {m.report: n for n, members in enumerate(groups) for m in members}
    inside: list[list[Shared]] = [[] for _ in groups]
    for row in found:
        if group_of[row.a] == group_of[row.b]:
            inside[group_of[row.a]].append(row)
    return inside


def _story(members: Sequence[Card], found: Sequence[Shared], texts: Mapping[str, str]) -> Story:
    return Story(
        id=f"s.{members[0].report}",
        title=_title(members, texts),
        reports=tuple(m.report for m in members),
        origins=origins(members, found),
    )


def _title(members: Sequence[Card], texts: Mapping[str, str]) -> str:
    """The headline of the earliest report that has one, else the first words of the earliest."""
    dated = sorted(members, key=lambda m: (m.published is None, m.published or "", m.report))
    return next((m.title for m in dated if m.title), None) or headline(dated[0], texts[dated[0].report])
