"""Expressions of time of our own sentences: found, of the right cut, of the right value, contradictions flagged."""

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import predict_time

_MARK = re.compile(r"\{([^|}]+)\|([^}]*)\}")


class Told(NamedTuple):
    """An expression: text number, offsets, value, whether weekday and date are said to disagree."""

    text: int
    start: int
    end: int
    value: str
    clash: bool


def figures(path: Path) -> dict[str, float]:
    """F of exact spans, overlapping spans, values and contradictions, and the share of empty texts left empty.

    Args:
        path: TOML file with `texts`: pairs of a day of publication and a text with marks `{value|words}`.
    """
    texts = tomllib.loads(path.read_text(encoding="utf-8"))["texts"]
    plain, wanted = [], []
    for number, (day, marked) in enumerate(texts):
        text, found = unmarked(number, marked)
        plain.append({"id": str(number), "text": text, "title": None, "published": day or None, "source": None})
        wanted += found
    told = [
        Told(int(row["report"]), row["start"], row["end"], row["value"], row.get("contradiction", False))
        for row in predict_time.predict(iter(plain))
    ]
    pairs = [(w, t) for w in wanted for t in told if w.text == t.text and w.start < t.end and t.start < w.end]
    filled = {w.text for w in wanted}
    empty = [n for n in range(len(texts)) if n not in filled]
    return {
        "strict": _f(sum(w[1:3] == t[1:3] for w, t in pairs), wanted, told),
        "relaxed": _f(len({w for w, _ in pairs}), wanted, told),
        "value": _f(len({w for w, t in pairs if w.value == t.value}), wanted, told),
        "contradiction": _f(
            sum(w.clash and t.clash for w, t in pairs), [w for w in wanted if w.clash], [t for t in told if t.clash]
        ),
        "clean": sum(n not in {t.text for t in told} for n in empty) / len(empty),
    }


def unmarked(number: int, marked: str) -> tuple[str, list[Told]]:
    """A text without its marks, and the expressions that they marked."""
    text, found, at = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        value = mark[1].removesuffix("!")
        found.append(Told(number, len(text), len(text) + len(mark[2]), value, mark[1] != value))
        text += mark[2]
        at = mark.end()
    return text + marked[at:], found


def _f(right: int, wanted: Sequence[Told], told: Sequence[Told]) -> float:
    return 2 * right / (len(wanted) + len(told)) if wanted or told else 1.0


if __name__ == "__main__":
    print(figures(Path(__file__).parent / "times.toml"))
