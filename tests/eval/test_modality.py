"""Figures of how sentences put their happenings."""

from pathlib import Path

import marks
import modality
import pytest

HERE = Path(modality.__file__).parent


def pair(wanted: str, read: str = "", *told: str) -> modality.Pair:
    return modality.Pair("text", tuple(wanted.split("|")), read, told)


def test_marks_are_taken_out_and_kept() -> None:
    """Offsets point into the plain text."""
    text, found = marks.unmarked("They {p|will meet} and {h|met}.")
    assert text == "They will meet and met."
    assert [(text[m.start : m.end], m.note) for m in found] == [("will meet", "p"), ("met", "h")]


def test_what_is_left_open_costs_recall() -> None:
    """One of two plans read, none wrongly: two thirds."""
    pairs = [pair("planned", "planned"), pair("planned")]
    assert modality.f1(pairs, "planned", modality.read_of) == pytest.approx(2 / 3)


def test_any_status_that_a_careful_reader_may_give_is_right() -> None:
    """Of two that fit, the one given is taken as wanted."""
    pairs = [pair("cancelled|planned", "planned"), pair("cancelled", "cancelled")]
    assert modality.f1(pairs, "planned", modality.read_of) == 1.0
    assert modality.f1(pairs, "cancelled", modality.read_of) == 1.0


def test_a_wrong_status_costs_both_sides() -> None:
    """A plan told as done is a miss of the one and a false find of the other."""
    pairs = [pair("planned", "happened"), pair("happened", "happened")]
    assert modality.f1(pairs, "planned", modality.read_of) == 0.0
    assert modality.f1(pairs, "happened", modality.read_of) == pytest.approx(2 / 3)


@pytest.mark.parametrize("half", ["seen", "held"])
def test_each_half_holds_every_status(half: str) -> None:
    """A hundred sentences and more in each half, at least ten happenings of each status, every mark readable."""
    lines = (HERE / f"modality_{half}.toml").read_text(encoding="utf-8").splitlines()
    sentences = [line for line in lines if line.startswith('    "')]
    notes = [m.note[0] for line in sentences for m in marks.unmarked(line)[1]]
    assert len(sentences) >= 100
    assert all(notes.count(letter) >= 10 for letter in modality.STATUSES)
    assert all("{" not in marks.unmarked(line)[0] for line in sentences)


def test_no_sentence_stands_in_both_halves() -> None:
    """What is held out was not looked at."""
    halves = [set((HERE / f"modality_{h}.toml").read_text(encoding="utf-8").splitlines()) for h in ("seen", "held")]
    assert not [line for line in halves[0] & halves[1] if line.startswith('    "')]


def test_a_file_is_read_to_figures(tmp_path: Path) -> None:
    """From marked sentences to figures: a plan is read as a plan, a headline's present as past."""
    path = tmp_path / "own.toml"
    texts = ["The envoy will {p|visit} Oslo in May.", "Envoy {h|meets} Norwegian minister in Oslo"]
    path.write_text(f'published = "2031-03-03"\ntexts = {texts!r}\n', encoding="utf-8")
    pairs = modality.compared(path)
    assert [p.read for p in pairs] == ["planned", "happened"]
    assert modality.figures(path)["planned_as_happened"] == 0.0
