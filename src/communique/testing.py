"""Factories for tests, the project's own and those of programs that use it: reports, spans and claims in one line."""

from communique.model import ids
from communique.model.claims import Claim, Modality
from communique.model.reports import Furniture, Head, PublishedFrom, Report
from communique.model.spans import Span


def report(
    text: str,
    name: str = "report.txt",
    *,
    published: str | None = None,
    outlet: str | None = None,
    furniture: tuple[Furniture, ...] = (),
) -> Report:
    """A report with an id of its own content, as `ingest` would make it."""
    sha256 = ids.sha256_hex(text.encode())
    head = Head(
        id=ids.report_id(sha256, outlet, None, None),
        name=name,
        sha256=sha256,
        chars=len(text),
        language="en",
        outlet=outlet,
        published=published,
        published_from=PublishedFrom.GIVEN if published else None,
        furniture=furniture,
    )
    return Report(head, text)


def span(of: Report, words: str, nth: int = 0) -> Span:
    """The span of the nth occurrence of some words in a report.

    Raises:
        ValueError: the words do not occur so often.
    """
    at = -1
    for _ in range(nth + 1):
        at = of.text.index(words, at + 1)
    return of.span(at, at + len(words))


def mention(of: Report, letter: str, words: str, nth: int = 0) -> str:
    """The id of the mention that stands where some words do."""
    place = span(of, words, nth)
    return ids.mention_id(of.id, letter, place.start, place.end)


def claim(
    of: Report,
    subject: str,
    field: str,
    value: str,
    words: str,
    *,
    modality: Modality = Modality.STATED,
    qualifier: str = "",
) -> Claim:
    """A claim about a mention of a report, resting on some of its words."""
    return Claim(subject, field, value, span(of, words), modality, qualifier)
