"""The status that words give a happening."""

import pathlib
import tomllib

import pytest
from spacy.tokens import Doc, Token

from communique.annotate import modality, nlp
from communique.model.claims import Modality

CASES = tomllib.loads((pathlib.Path(__file__).parent / "modality_cases.toml").read_text(encoding="utf-8"))["case"]


def token(doc: Doc, word: str) -> Token:
    """The first token that reads `word`."""
    return next(t for t in doc if t.text == word)


def reading(case: dict[str, str]) -> modality.Reading:
    """What the words of a case say of its happening."""
    doc = nlp.model()(case["text"])
    word, headline = token(doc, case["word"]), bool(case.get("headline"))
    if word.tag_.startswith("VB"):
        return modality.of_verb(word, headline=headline)
    carrier = token(doc, case["carrier"]) if "carrier" in case else None
    return modality.of_noun(word, carrier, headline=headline)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:60])
def test_status_follows_the_words(case: dict[str, str]) -> None:
    """A happening has the status that its own sentence gives it, and none where the sentence gives none."""
    status = reading(case).status
    assert (str(status) if status is not None else "open") == case["status"]


def test_there_are_enough_cases_of_each_status() -> None:
    """The table tries every status, most of all those that must not be told as happened."""
    counted = {m: sum(c["status"] == m for c in CASES) for m in Modality if m is not Modality.STATED}
    assert min(counted.values()) >= 2
    assert sum(counted.values()) - counted[Modality.HAPPENED] >= 40


def test_most_careful_claims_least() -> None:
    """Of several readings the one furthest from a fact is kept."""
    assert modality.most_careful([Modality.HAPPENED, Modality.PLANNED]) is Modality.PLANNED
    assert modality.most_careful([Modality.HAPPENED, Modality.ONGOING]) is Modality.ONGOING
    assert modality.most_careful([]) is None
