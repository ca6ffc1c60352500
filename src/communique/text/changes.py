"""What was changed between two versions of a text, word by word."""

import difflib
import re
from collections.abc import Iterator, Sequence

import msgspec

_WORD = re.compile(r"\w+(?:['’-]\w+)*|[^\w\s]")
_SENTENCE = re.compile(r"(?<=[.!?…”\"])\s+|\n+")
#: Words shown before and after a change.
_AROUND = 4
#: Words of a passage up to which its words are compared; longer ones are told as taken out and put in.
_MOST = 4000


class Change(msgspec.Struct, frozen=True):
    """One change: the words that went, those that came, and a few before and after. Offsets are in the newer text."""

    start: int
    end: int
    removed: str
    added: str
    before: str = ""
    after: str = ""


class _Word(msgspec.Struct, frozen=True):
    text: str
    start: int
    end: int


def changes(old: str, new: str) -> tuple[Change, ...]:
    """The changes from an older version of a text to a newer one, in the order of the newer; blanks do not count.

    Sentences are compared first, then the words of those that differ, so that long texts take no longer than they must.
    """
    mine, theirs = _parts(old), _parts(new)
    found: list[Change] = []
    texts = [" ".join(w.text for w in part) for part in mine], [" ".join(w.text for w in part) for part in theirs]
    for tag, a, b, c, d in difflib.SequenceMatcher(None, *texts, autojunk=False).get_opcodes():
        if tag != "equal":
            left, right = ([w for part in side for w in part] for side in (mine[a:b], theirs[c:d]))
            at = _place(theirs, c, new)
            found += _within((old, left), (new, right), at)
    return tuple(found)


def _place(parts: Sequence[Sequence[_Word]], at: int, text: str) -> int:
    return parts[at][0].start if at < len(parts) else len(text)


def _parts(text: str) -> list[list[_Word]]:
    """The words of a text, sentence by sentence."""
    out, start = [], 0
    for end in [*(m.end() for m in _SENTENCE.finditer(text)), len(text)]:
        words = [_Word(m[0], m.start(), m.end()) for m in _WORD.finditer(text, start, end)]
        out += [words] if words else []
        start = end
    return out


def _within(old: tuple[str, Sequence[_Word]], new: tuple[str, Sequence[_Word]], at: int) -> Iterator[Change]:
    (before, left), (after, right) = old, new
    if max(len(left), len(right)) > _MOST:
        yield _change(old, new, (0, len(left), 0, len(right)), at)
        return
    pair = [w.text for w in left], [w.text for w in right]
    for tag, a, b, c, d in difflib.SequenceMatcher(None, *pair, autojunk=False).get_opcodes():
        if tag != "equal":
            yield _change((before, left), (after, right), (a, b, c, d), at)


def _change(
    old: tuple[str, Sequence[_Word]], new: tuple[str, Sequence[_Word]], place: tuple[int, int, int, int], at: int
) -> Change:
    a, b, c, d = place
    right = new[1]
    start = right[c].start if c < len(right) else right[-1].end if right else at
    end = right[d - 1].end if d > c else start
    return Change(
        start,
        end,
        _cut(old, a, b),
        _cut(new, c, d),
        _cut(new, max(0, c - _AROUND), c),
        _cut(new, d, d + _AROUND),
    )


def _cut(side: tuple[str, Sequence[_Word]], start: int, end: int) -> str:
    """The text from one word to another, on one line."""
    text, words = side
    chosen = words[start:end]
    return " ".join(text[chosen[0].start : chosen[-1].end].split()) if chosen else ""
