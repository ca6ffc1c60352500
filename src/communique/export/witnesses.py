"""Who attests a fact, who did so first, and who only prints another's text; as rows for a table."""

from collections.abc import Iterable, Iterator, Mapping

from communique.export.phrases import listed, shortened
from communique.export.tables import Row
from communique.model.record import Record
from communique.model.reports import Head
from communique.model.spans import Span, in_order

_UNDATED = "9999"


def first_rows(record: Record, spans: Iterable[Span]) -> list[Row]:
    """One row a report that states a fact, by its time of publication; those without one last.

    Args:
        record: the record.
        spans: the words that state the fact.
    """
    words: dict[str, str] = {}
    for span in in_order(spans):
        words.setdefault(span.report, span.text)
    heads = sorted((h for h in record.reports if h.id in words), key=_moment)
    text = {report: number for number, group in enumerate(_groups(record)) for report in group}
    earliest: dict[int, Head] = {}
    for head in heads:
        earliest.setdefault(text.get(head.id, -1), head)
    return [
        {
            "published": head.published or "",
            "outlet": head.outlet or "",
            "report": head.name,
            "same text as": "" if (origin := earliest[text.get(head.id, -1)]) is head else origin.name,
            "words": shortened(words[head.id], 120),
            "id": head.id,
        }
        for head in heads
    ]


def origin_rows(record: Record) -> list[Row]:
    """One row a newsroom text: those that most reports share first, then by their first report."""
    heads = {h.id: h for h in record.reports}
    made = [_origin(story.id, group, heads) for story in record.stories for group in story.origins]
    return sorted(made, key=lambda r: (-int(r["reports"]), r["published"] or _UNDATED, r["first"]))


def _origin(story: str, group: Iterable[str], heads: Mapping[str, Head]) -> Row:
    reports = sorted((heads[r] for r in group), key=_moment)
    outlets = list(dict.fromkeys(h.outlet for h in reports if h.outlet))
    return {
        "reports": str(len(reports)),
        "published": reports[0].published or "",
        "first": reports[0].name,
        "outlets": listed(outlets),
        "names": ", ".join(h.name for h in reports),
        "story": story,
    }


def _groups(record: Record) -> Iterator[tuple[str, ...]]:
    return (group for story in record.stories for group in story.origins)


def _moment(head: Head) -> tuple[str, str]:
    """When a report was out: a day without a time counts as its beginning."""
    return head.published or _UNDATED, head.name
