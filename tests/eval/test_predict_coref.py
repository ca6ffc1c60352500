"""Given mentions in groups of one happening each."""

import re
from typing import Any

import predict_coref
import pytest
import sketches

TEXTS = {
    "one": "Kenya's trade minister Wanja Oduor {signed} a port treaty in Mombasa. Oduor {thanked} the harbour crew.",
    "two": "The {signing} of the port treaty by Wanja Oduor in Mombasa took an hour, the Mombasa port said.",
    "three": "A volcano {erupted} near Hilo in Hawaii on Sunday, and villagers fled from the ash and the lava.",
}


def given(texts: dict[str, str]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows of reports and of mentions, from texts with the mentions in braces."""
    reports, mentions = [], []
    for name, marked in texts.items():
        for at, found in enumerate(re.finditer(r"\{(\w+)\}", marked)):
            start = found.start() - 2 * at
            row = {"report": name, "start": start, "end": start + len(found[1]), "text": found[1]}
            mentions.append({"mention": f"{name}:{at}", **row})
        text = marked.replace("{", "").replace("}", "")
        reports.append({"id": name, "text": text, "title": None, "published": None, "source": None})
    return reports, mentions


def chains(texts: dict[str, str]) -> set[frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for row in predict_coref.predict(*given(texts)):
        groups.setdefault(row["chain"], set()).add(row["mention"])
    return {frozenset(group) for group in groups.values()}


@pytest.fixture(scope="module")
def found() -> set[frozenset[str]]:
    return chains(TEXTS)


def test_a_verb_and_its_noun_are_one_happening(found: set[frozenset[str]]) -> None:
    """The signing in one report is what was signed in the other; other happenings stay apart."""
    assert found == {frozenset({"one:0", "two:0"}), frozenset({"one:1"}), frozenset({"three:0"})}


def test_every_mention_is_answered_once(found: set[frozenset[str]]) -> None:
    """No mention is lost, and none told twice."""
    assert sorted(m for group in found for m in group) == ["one:0", "one:1", "three:0", "two:0"]


def test_order_of_arrival_makes_no_difference(found: set[frozenset[str]]) -> None:
    """Reports and mentions in reverse give the same groups."""
    assert chains(dict(reversed(TEXTS.items()))) == found


def test_a_sketch_puts_names_for_pronouns() -> None:
    """The parties of a mention are names where the reader knows whom a word means."""
    reports, mentions = given({"r": "Wanja Oduor came to Mombasa. She {signed} the treaty with Uganda."})
    sketch, vector = sketches.Reader(predict_coref.rows.report(reports[0])).sketch(mentions[0])
    assert sketch.lemma == "sign"
    assert {"oduor", "treaty"} <= sketch.parties
    assert "treaty" in sketch.objects
    assert sketches.akin(vector, vector) == pytest.approx(1.0, abs=1e-5)


def test_a_mention_outside_the_text_keeps_its_own_words() -> None:
    """What no word of the parse covers is still answered, by the words given."""
    reports, _ = given({"r": "Nothing here."})
    row = {"start": 500, "end": 505, "text": "Ghost"}
    sketch, vector = sketches.Reader(predict_coref.rows.report(reports[0])).sketch(row)
    assert sketch.lemma == "ghost"
    assert sketches.akin(vector, vector) == 0.0


def test_linking_takes_the_mean() -> None:
    """Two groups are joined where their members are alike on the whole, not where one pair is."""
    pairs, scores = [(0, 1), (0, 2), (1, 2)], [0.9, 0.7, 0.05]
    assert [list(g) for g in predict_coref.linked(3, pairs, scores, 0.4)] == [[0, 1], [2]]
    assert [list(g) for g in predict_coref.linked(1, [], [], 0.4)] == [[0]]
