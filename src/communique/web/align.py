"""Wordings side by side, word by word: what one of them has and the other leaves out."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

import msgspec

#: Longest wording that is aligned, in words; longer ones are shown as they are.
LONGEST = 400
#: Stands where words between two pieces of a wording are left out; it is no word of either side.
GAP = "…"
_WORD = re.compile(r"\S+")
_PUNCTUATION = re.compile(r"[\W_]+")


class Run(msgspec.Struct, frozen=True):
    """Neighbouring words that are all `same`, all `new` (not in the base) or all `gone` (only in the base)."""

    kind: str
    text: str


def runs(base: str, other: str) -> tuple[Run, ...]:
    """A wording as runs against another; letter case and punctuation make no difference."""
    left, right = _WORD.findall(base), _WORD.findall(other)
    if base == other or max(len(left), len(right)) > LONGEST:
        return (Run("same", other),)
    matcher = SequenceMatcher(None, _keys(left), _keys(right), autojunk=False)
    made: list[Run] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            made.append(Run("same", " ".join(right[c:d])))
            continue
        if b > a:
            made.append(Run("gone", " ".join(left[a:b])))
        if d > c:
            words = " ".join(right[c:d])
            made.append(Run("same" if words == GAP else "new", words))
    return tuple(made)


def likeness(row: Sequence[Run]) -> float:
    """Share of the words of a wording that stand in the base as well."""
    same, new = (sum(len(r.text.split()) for r in row if r.kind == kind) for kind in ("same", "new"))
    return same / (same + new) if same + new else 0.0


def _keys(words: Sequence[str]) -> list[str]:
    """Words as they are compared; a word that is nothing but marks stays itself."""
    return [_PUNCTUATION.sub("", word).casefold() or word for word in words]
