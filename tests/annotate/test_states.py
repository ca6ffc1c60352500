"""Countries that no table knows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique import testing
from communique.annotate import entities, lexicon, nlp, states


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Transport Minister Ada Brenn of Norvania spoke.", ("Norvania",)),
        ("Quessa's Foreign Minister arrived.", ("Quessa",)),
        ("The Norvania-Quessa Joint Commission met.", ("Norvania", "Quessa")),
        ("He praised the government of Tarvia. Tarvia's parliament agreed.", ("Tarvia",)),
    ],
)
def test_what_has_ministers_is_a_country(text: str, names: tuple[str, ...]) -> None:
    """One strong sign is enough, of weak ones it takes two."""
    assert states.unknown(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "The Minister of Defence spoke. Minister of Transport Ada Brenn agreed.",
        "She is President of Microsoft.",
        "France's Foreign Minister and the Republic of Kenya.",
        "The government of Tarvia fell.",
        "Oslo's Foreign Minister, as they call her.",
    ],
)
def test_in_doubt_a_name_is_no_country(text: str) -> None:
    """Portfolios, companies, known places and single weak signs make none."""
    assert states.unknown(text) == ()


def test_a_country_of_a_report_is_one_throughout_it() -> None:
    """Its later mentions, its minister and its body know it; the next report starts afresh."""
    text = "Norvania's Transport Minister Ada Brenn spoke. Norvania has paid."
    found = entities.read(nlp.parse(testing.report(text))).mentions
    assert [m.name for m in found if m.kind == "country"] == ["Norvania", "Norvania"]
    assert [m.country for m in found if m.name == "Ada Brenn"] == ["Norvania"]
    assert not lexicon.geography().begins("norvania")


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    """Whatever stands there, the answer is sorted and holds no name twice."""
    found = states.unknown(text)
    assert list(found) == sorted(set(found))
