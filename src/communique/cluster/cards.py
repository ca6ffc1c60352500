"""What a story shows of a report: kept with the cell that it stands in, so that nothing else of it is loaded again."""

import itertools

import msgspec

from communique.cluster.features import FURNITURE, Features

_LEAD_WORDS = 12


class Card(msgspec.Struct, frozen=True, array_like=True):
    """A report in a list of stories.

    Attributes:
        report: its id.
        title: its headline, where known.
        published: day of publication, `YYYY-MM-DD`, where known.
        lead: characters of its first words that are no furniture, end exclusive; empty where there are none.
        own: words that are a newsroom's own.
    """

    report: str
    title: str | None
    published: str | None
    lead: tuple[int, int]
    own: int


def card(report: Features) -> Card:
    """The card of a report."""
    words = (n for n, flag in enumerate(report.flags) if not flag & FURNITURE)
    telling = [] if report.title else list(itertools.islice(words, _LEAD_WORDS))
    lead = (int(report.word_starts[telling[0]]), int(report.word_ends[telling[-1]])) if telling else (0, 0)
    return Card(report.report, report.title, report.published, lead, report.own)


def headline(card: Card, text: str) -> str:
    """The first words of a report, in the place of a headline; its id where it has none.

    Args:
        card: its card.
        text: its text.
    """
    return " ".join(text[slice(*card.lead)].split()) or card.report
