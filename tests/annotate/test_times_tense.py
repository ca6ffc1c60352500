"""Whether a clause looks back or ahead."""

import pytest

from communique.annotate import nlp
from communique.annotate.times_tense import Tenses


@pytest.mark.parametrize(
    ("text", "word", "direction"),
    [
        ("The envoy of Malta will arrive on Sunday.", "Sunday", "future"),
        ("The envoy of Malta arrived on Sunday.", "Sunday", "past"),
        ("The envoy of Malta has been there since Sunday.", "Sunday", "past"),
        ("The talks are scheduled for June.", "June", "future"),
        ("The sixth round is due in June.", "June", "future"),
        ("Belize agreed to open the road in June.", "June", "future"),
        ("The talks were called off in June.", "June", "past"),
        ("The talks have been postponed until June.", "June", "future"),
        ("The minister says in June it rained.", "rained", "past"),
        ("The visits of President Sipho Radebe in March served the peace.", "March", "past"),
        ("Sunday", "Sunday", ""),
    ],
)
def test_direction(text: str, word: str, direction: str) -> None:
    """The verb above a place, with its auxiliaries, says which way its clause looks."""
    assert Tenses(nlp.model()(text)).direction(text.index(word)) == direction
