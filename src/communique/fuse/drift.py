"""Wording drift: two reports print the same words inside quotation marks, but for one, or for some left out."""

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz.distance import Levenshtein

from communique.fuse.keys import fold
from communique.fuse.wordings import STOP
from communique.model.record import Disagreement, Statement, Value
from communique.model.spans import Span, in_order
from communique.model.words import DisagreementKind, Mode

_WORD = re.compile(r"[\w’']+")
_FRAGMENT = re.compile(r"[“\"]([^“”\"]{6,120})[”\"]")
_GAP = 3
#: Equal words on each side of a changed one; all told where the change stands near the end.
_SAME_AROUND, _SAME_IN_ALL = 3, 8
_LONG, _STEM, _SHORT = 8, 4, 3
#: Wordings of one statement that are compared.
_COMPARED = 8
#: Words that translators exchange without another sense.
_POINTING = frozenset(["this", "that", "these", "those", "which", "such", "there", "here"])


def drifts(statement: Statement) -> Iterator[Disagreement]:
    """At most one word exchanged, and at most one fragment that leaves words out."""
    yield from _exchanged(statement)
    yield from _shortened(statement)


def _exchanged(statement: Statement) -> Iterator[Disagreement]:
    """Two reports print the same words inside quotation marks, but one word differs in sense."""
    direct = sorted(
        (w.evidence for w in statement.quotations if w.mode is Mode.DIRECT), key=lambda s: (s.report, s.start)
    )
    firsts: dict[str, Span] = {}
    for span in direct:
        firsts.setdefault(" ".join(_words(span)), span)
    different = list(firsts.values())
    for n, one in enumerate(different[:_COMPARED]):
        for other in different[n + 1 : _COMPARED]:
            if one.report != other.report and (pair := changed(_words(one), _words(other))):
                yield Disagreement(
                    id=f"{statement.id}-wording-{one.start}-{other.start}",
                    kind=DisagreementKind.WORDING,
                    about=(statement.id,),
                    values=(_value(pair[0], [one]), _value(pair[1], [other])),
                    preferred=None,
                    reason=f"Inside the quotation marks one report prints “{pair[0]}”, the other “{pair[1]}”.",
                )
                return


def _shortened(statement: Statement) -> Iterator[Disagreement]:
    """Words in quotation marks that the same statement, printed at length, does not hold: some were dropped inside."""
    whole = [w.evidence for w in statement.quotations if w.mode is Mode.DIRECT]
    for wording in statement.quotations:
        for fragment in _FRAGMENT.findall(wording.evidence.text) if wording.mode is Mode.INDIRECT else ():
            cut = [fold(w) for w in _WORD.findall(fragment) if fold(w)]
            if not _SAME_AROUND <= len(cut) <= _LONG or any(_run(cut, _words(span)) for span in whole):
                continue
            found = [(full, span) for span in sorted(whole) if (full := _dropped(cut, span))]
            if found:
                yield _cut_short(statement, wording.evidence, fragment.strip(" ,.;:"), found)
                return


def _cut_short(statement: Statement, quoted: Span, fragment: str, found: Sequence[tuple[str, Span]]) -> Disagreement:
    full = found[0][0]
    return Disagreement(
        id=f"{statement.id}-cut-{quoted.start}",
        kind=DisagreementKind.WORDING,
        about=(statement.id,),
        values=(_value(fragment, [quoted]), _value(full, [span for _, span in found])),
        preferred=full,
        reason=f"Inside the quotation marks “{fragment}” leaves out words of “{full}”.",
    )


def _run(cut: Sequence[str], text: Sequence[str]) -> bool:
    """Whether words stand in a text in one run."""
    return any(list(text[i : i + len(cut)]) == list(cut) for i in range(len(text) - len(cut) + 1))


def _dropped(cut: Sequence[str], span: Span) -> str:
    """The words of a span, as printed, from which a few were dropped inside; "" where there are none."""
    places = [(fold(m[0]), m.start(), m.end()) for m in _WORD.finditer(span.text) if fold(m[0])]
    text = [word for word, _, _ in places]
    for extra in range(1, _GAP + 1):
        for i in range(len(text) - len(cut) - extra + 1):
            run = text[i : i + len(cut) + extra]
            if any([*run[:at], *run[at + extra :]] == list(cut) for at in range(1, len(cut))):
                return span.text[places[i][1] : places[i + len(run) - 1][2]]
    return ""


def _words(span: Span) -> list[str]:
    return [fold(w) for w in _WORD.findall(span.text) if fold(w)]


def changed(one: Sequence[str], other: Sequence[str]) -> tuple[str, str] | None:
    """The one word that was exchanged between equal words, where it is another word and not another spelling.

    Near the end of the words, more of them must be equal in front of it.
    """
    blocks = difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    for n, (tag, i, i_end, j, j_end) in enumerate(blocks):
        if tag != "replace" or i_end - i != 1 or j_end - j != 1:
            continue
        before = _equal(blocks[n - 1]) if n else 0
        after = _equal(blocks[n + 1]) if n + 1 < len(blocks) else 0
        close = before >= _SAME_AROUND and (after >= _SAME_AROUND or before + after >= _SAME_IN_ALL)
        if close and _other_word(one[i], other[j]):
            return one[i], other[j]
    return None


def _equal(block: tuple[str, int, int, int, int]) -> int:
    """How many words are equal in a block of a comparison."""
    return block[2] - block[1] if block[0] == "equal" else 0


def _other_word(one: str, other: str) -> bool:
    """Whether two words are neither forms nor spellings of one: their beginnings differ, or two letters inside do."""
    short = min(len(one), len(other))
    if short < _SHORT or one.isdigit() != other.isdigit() or {one, other} <= _POINTING:
        return False
    if short < _STEM and ({one, other} & STOP or one.isdigit()):
        return False
    return one[:_STEM] != other[:_STEM] and Levenshtein.distance(one, other) > 1


def _value(value: str, spans: Iterable[Span]) -> Value:
    evidence = in_order(spans)
    return Value(value=value, reports=tuple(sorted({s.report for s in evidence})), evidence=evidence)
