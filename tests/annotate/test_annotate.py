"""The room as a whole: one report in, its claims out."""

from communique import testing
from communique.annotate.annotate import annotate
from communique.model import ids

TEXT = (
    "President Mary Okafor met Prime Minister Olli Halonen in Oslo on Friday. "
    '"We are committed to building three schools," President Mary Okafor said. '
    "She invited Mr Halonen to visit Accra next year."
)


def test_every_reader_is_heard() -> None:
    """Entities, times, quotations, happenings and promises all leave claims."""
    letters = {ids.mention_key(c.subject).letter for c in annotate(testing.report(TEXT, published="2031-05-12")).claims}
    assert letters == {"n", "t", "q", "e", "c"}


def test_every_claim_stands_in_the_text() -> None:
    """Each claim's words are found where it says, in its own report."""
    report = testing.report(TEXT, published="2031-05-12")
    for claim in annotate(report).claims:
        claim.span.check(report.text)
        assert claim.span.report == report.id


def test_references_lead_to_mentions() -> None:
    """A value that names a mention names one that left claims of its own."""
    claims = annotate(testing.report(TEXT, published="2031-05-12")).claims
    known = {c.subject for c in claims}
    assert {c.value for c in claims if ids.is_mention_id(c.value)} <= known
    assert {c.holder for c in claims if c.holder} <= known


def test_the_same_text_gives_the_same_claims() -> None:
    """Reading twice gives equal, sorted claims without repetition."""
    report = testing.report(TEXT, published="2031-05-12")
    claims = annotate(report).claims
    assert annotate(report).claims == claims
    assert list(claims) == sorted(set(claims))


def test_an_empty_report_claims_nothing() -> None:
    """A report of blanks is read without complaint."""
    assert annotate(testing.report(" \n\n ")).claims == ()
