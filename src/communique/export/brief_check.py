"""Whether a brief still says what the record says: every sentence of ours is worded anew and compared.

A sentence is ours where a footnote stands behind it. Its footnotes name one fact; the sentence has to be one of those
that the record gives for that fact today, and each footnote has to name a place that the fact rests on, with the words
that stand there. What has no footnote, stands in the officer's section or begins with `[own]` is the officer's own, and
is counted apart; but a sentence that is all but one of ours, with another word in it, is ours with its footnotes lost.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property

import msgspec
from rapidfuzz import fuzz, process

from communique.errors import NotFoundError
from communique.export.brief import (
    FOR_THE_OFFICER,
    TITLES,
    Brief,
    Stamp,
    compose,
    span_note,
    stamp_note,
)
from communique.export.brief_blocks import Block, folded
from communique.export.brief_lines import Line, renderings
from communique.export.brief_subject import Subject, subject_of
from communique.export.phrases import visible
from communique.export.surer import surer
from communique.model.record import Record

#: How a line of the officer begins that is to be counted as such wherever it stands.
OWN = "[own]"
#: Likeness, of a hundred, from which on a sentence without footnotes is taken for one of ours that was changed.
LIKE_OURS = 85

_FACT = re.compile(r"\(([a-z]+/[^()\s]+)\)\Z")
_STAMP = re.compile(
    r"Made by Communiqué from record ([0-9a-f]{0,16}) as of (now|\d{4}-\d\d-\d\d): "
    r"(\d{1,9}) reports, (\d{1,9}) rulings, (\d{1,9}) undated left out"
    r"(?:, confidence (0\.\d{1,6}|1) or more)? \(((?:series|stories)/[^()\s]+)\)\Z"
)
_HEADINGS = frozenset(title for title, _ in TITLES)


class Unsupported(msgspec.Struct, frozen=True):
    """A sentence that the record does not bear out: what it says, why, and what the record says, where it does."""

    text: str
    reason: str
    record: tuple[str, ...] = ()


class Checked(msgspec.Struct, frozen=True):
    """What became of a brief: sentences of ours that hold, those that do not, and the officer's own.

    `older` says that the brief was made of another record than the one that it was held against.
    """

    supported: int
    unsupported: tuple[Unsupported, ...]
    own: tuple[str, ...]
    older: bool = False


def stamp_of(blocks: Sequence[Block]) -> Stamp | None:
    """What a brief says that it was made of; None where it does not say so, or says two things."""
    found = {m.groups() for b in blocks for note in b.notes if (m := _STAMP.match(note))}
    if len(found) != 1:
        return None
    record, day, reports, decisions, undated, least, subject = found.pop()
    as_of = None if day == "now" else day
    return Stamp(subject, record, as_of, int(reports), int(decisions), int(undated), float(least or 0))


def check(blocks: Sequence[Block], record: Record, today: Stamp, texts: Mapping[str, str]) -> Checked:
    """Hold a brief against a record.

    Args:
        blocks: the brief as read from its file.
        record: the record that it is held against.
        today: what that record was made of.
        texts: the text of each report, by id.
    """
    given = stamp_of(blocks)
    expected = _Expected(record, given, today, texts)
    good, own = 0, []
    bad: list[Unsupported] = []
    under, section = True, ""
    for block in blocks:
        ours = [note for note in block.notes if not note or _STAMP.match(note) or _FACT.search(note)]
        section = block.text if block.heading else section
        if ours and not block.text.startswith(OWN):
            wrong = expected.wrong(block.text, ours)
            if wrong is None and not under and not block.heading:
                # Under another heading the same words say another thing.
                wrong = Unsupported(block.text, "it stands under a heading that is not ours")
            bad += [wrong] if wrong else []
            good += wrong is None
        elif block.text not in (FOR_THE_OFFICER, *_HEADINGS):
            theirs = block.heading or section == TITLES[-1][0] or block.text.startswith(OWN)
            wrong = None if theirs else expected.altered(block.text)
            bad += [wrong] if wrong else []
            own += [] if wrong else [block.text]
        under = (bool(ours) or block.text in _HEADINGS) if block.heading else under
    return Checked(good, tuple(bad), tuple(own), given is not None and given.record != today.record)


class _Expected:
    """What the record says, worded once for each fact that is asked for."""

    def __init__(self, record: Record, given: Stamp | None, today: Stamp, texts: Mapping[str, str]) -> None:
        self._names = {r.id: r.name for r in record.reports}
        self._record = surer(record, given.least if given else 0.0)
        self._given = given
        self._today = today
        self._texts = texts
        self._lines: dict[str, tuple[Line, ...]] = {}

    def wrong(self, text: str, notes: Sequence[str]) -> Unsupported | None:
        """Why a sentence with its footnotes does not hold; None where it does."""
        if "" in notes:
            return Unsupported(text, "a footnote is missing")
        if self._brief is None:
            return Unsupported(text, "the brief does not say what it was made of, or that is not in the record")
        if all(_STAMP.match(note) for note in notes):
            return self._general_wrong(text, self._brief)
        facts = {found[1] if (found := _FACT.search(note)) else "" for note in notes}
        if len(facts) != 1:
            return Unsupported(text, "its footnotes do not name one fact")
        return self._fact_wrong(text, notes, facts.pop())

    def altered(self, text: str) -> Unsupported | None:
        """Whether a sentence without footnotes is one of ours with another word in it; None where it is not."""
        if text in self._printed:
            return None
        near = process.extractOne(text, self._printed, scorer=fuzz.ratio, score_cutoff=LIKE_OURS)
        return Unsupported(text, "one of ours without its footnotes, and changed", (near[0],)) if near else None

    def _fact_wrong(self, text: str, notes: Sequence[str], fact: str) -> Unsupported | None:
        lines = self._of(fact)
        worded = tuple(_seen(line.text) for line in lines)
        if text not in worded:
            return Unsupported(text, "the record says otherwise" if lines else f"the record has no {fact} here", worded)
        spans = [s for line in lines for s in line.evidence]
        known = {_seen(span_note(self._names.get(s.report, s.report), s, fact)): s for s in spans}
        if not known.keys() >= set(notes):
            return Unsupported(text, "a footnote does not say what the record says")
        if not all(known[note].holds(self._texts.get(known[note].report, "")) for note in notes):
            return Unsupported(text, "a report does not say so where the footnote says")
        return None

    def _general_wrong(self, text: str, brief: Brief) -> Unsupported | None:
        """Title, foot, and what is said where there is nothing."""
        said = [brief.title, *brief.foot, *(s.empty for s in brief.sections if s.empty and not s.lines)]
        worded = tuple(_seen(words) for words in said)
        if text not in worded:
            return Unsupported(text, "the record says otherwise", worded)
        if self._given != brief.stamp and self._given and self._given.record == self._today.record:
            right = stamp_note(brief.stamp)
            return Unsupported(text, "its footnote does not say what the brief was made of", (right,))
        return None

    def _of(self, fact: str) -> tuple[Line, ...]:
        if fact not in self._lines:
            self._lines[fact] = renderings(self._subject, fact) if self._subject else ()
        return self._lines[fact]

    @cached_property
    def _printed(self) -> tuple[str, ...]:
        """Every sentence of the brief as it would be made of the record."""
        brief = self._brief
        lines = [line.text for section in brief.sections for line in section.lines] if brief else []
        return tuple(_seen(text) for text in (*lines, *(brief.foot if brief else ())))

    @cached_property
    def _subject(self) -> Subject | None:
        """What the brief is about, as the record has it."""
        try:
            return subject_of(self._record, self._given.subject) if self._given else None
        except NotFoundError:
            return None

    @cached_property
    def _brief(self) -> Brief | None:
        """The brief as it would be made of the record."""
        return compose(self._record, self._given.subject, self._today) if self._given and self._subject else None


def _seen(text: str) -> str:
    """A text as a reader sees it in any form."""
    return folded(visible(text))
