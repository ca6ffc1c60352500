"""Claims: no fact without its words."""

import pytest

from communique.errors import SpanError
from communique.model import ids
from communique.model.claims import FIELDS, SUBJECTS, Claim, Modality
from communique.model.spans import Span

REPORT = "r0123456789abcdef"
EVENT = ids.mention_id(REPORT, "e", 0, 20)
SPAN = Span(REPORT, 4, 7, "8th")


def test_a_claim_names_its_subject_field_value_and_words() -> None:
    """A claim of a number rests on the ordinal that is printed."""
    claim = Claim(EVENT, "number", "8", SPAN)
    assert (claim.value, claim.span.text, claim.modality) == ("8", "8th", Modality.STATED)


def test_a_claim_cannot_rest_on_another_report() -> None:
    """Subject and evidence are of one report."""
    with pytest.raises(SpanError, match="another report"):
        Claim(EVENT, "number", "8", Span("r" + "f" * 16, 4, 7, "8th"))


@pytest.mark.parametrize(("field", "value"), [("speaker", "x"), ("calibre", "x"), ("number", "")])
def test_unknown_fields_and_empty_values_are_refused(field: str, value: str) -> None:
    """An event has no speaker, nothing has a calibre, and no value is no claim."""
    with pytest.raises(ValueError, match=r".+"):
        Claim(EVENT, field, value, SPAN)


def test_every_part_of_a_claim_makes_its_id() -> None:
    """Two claims that differ in anything but the rule that read them have different ids."""
    claim = Claim(EVENT, "number", "8", SPAN)
    others = [
        Claim(EVENT, "number", "9", SPAN),
        Claim(EVENT, "number", "8", SPAN, Modality.PLANNED),
        Claim(EVENT, "participant", "8", SPAN),
        Claim(EVENT, "number", "8", SPAN, qualifier="x"),
        Claim(EVENT, "number", "8", SPAN, holder=ids.mention_id(REPORT, "n", 0, 3)),
    ]
    assert len({claim.id, *(c.id for c in others)}) == 6
    assert Claim(EVENT, "number", "8", SPAN, rule="ordinal").id == claim.id


def test_every_field_belongs_to_a_known_subject() -> None:
    """The vocabulary names only subjects that exist."""
    assert {letter for letters, _ in FIELDS.values() for letter in letters} <= set(SUBJECTS)


def test_a_defence_item_has_a_name_a_count_and_a_delivery_status_only() -> None:
    """No field of the vocabulary tells anything else of an item."""
    told = {field for field, (_, meaning) in FIELDS.items() if meaning.startswith("item:")}
    assert told == {"count", "delivery"}
