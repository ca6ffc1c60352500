"""How often facts that a person judged are right, against how sure the record is of them.

    judged.py             the table: by kind of fact and by score, how sure it said it was and how often it was right
    judged.py --open      facts that nobody has judged, as rows: `?` for the verdict, a report for the half
    judged.py --stale     the judgements that no told fact meets any more

`judged.tsv` holds a row for each fact: set, half, kind, verdict, what is told, words. The weights of
`data/confidence.toml` are fitted on half `a` alone; the other half is of other reports. A fact meets a row of its set
and kind where it tells the same and stands on the same words; what nobody judged is counted and left out, never taken
for right or wrong.
"""

import json
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

import marks
import names

from communique import api

type Row = dict[str, Any]

HERE = Path(__file__).parent
ROWS = HERE / "judged.tsv"
#: Sections of the record whose facts carry a score, by kind.
KINDS = {"event": "events", "statement": "statements", "commitment": "commitments"}
#: How many of a fact's words a row keeps.
_WORDS = 100
BINS = 10
#: The half that the weights are fitted on.
FITTED = "a"


class Fact(NamedTuple):
    """A told fact: its set and kind, what it tells, the words it stands on, its score, signs and first report."""

    where: str
    kind: str
    told: str
    words: tuple[str, ...]
    score: float
    signs: tuple[str, ...]
    report: str


class Verdict(NamedTuple):
    """A row of `judged.tsv`."""

    where: str
    half: str
    kind: str
    verdict: str
    told: str
    words: str


class Judged(NamedTuple):
    """A told fact, the half that it belongs to, and whether it is right; None where nobody judged it."""

    fact: Fact
    half: str
    right: bool | None


def _toml(name: str) -> Row:
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


def _numbered(texts: Iterable[str], published: str | None = None) -> list[Row]:
    return [{"id": f"{n}", "text": text, "published": published} for n, text in enumerate(texts)]


def _sentences(name: str) -> list[Row]:
    """The sentences of a set of modality; headlines, which end without a point, are none."""
    data = _toml(name)
    rows = _numbered((marks.unmarked(text)[0] for text in data["texts"]), data["published"])
    return [row for row in rows if row["text"][-1] in ".\"'"]


def _times() -> list[Row]:
    texts = _toml("times")["texts"]
    return [{"id": f"{n}", "text": marks.unmarked(t)[0], "published": day or None} for n, (day, t) in enumerate(texts)]


#: The sets whose told facts are judged, and their reports.
SETS: dict[str, Callable[[], list[Any]]] = {
    "examples": lambda: list(api.examples()),
    "sessions": lambda: _toml("sessions")["report"],
    "statements": lambda: _numbered(r["text"].strip() + "\n" for r in _toml("statements")["report"]),
    "names": lambda: _numbered(names.unmarked(text)[0] for text in _toml("names")["texts"]),
    "times": _times,
    "modality-seen": lambda: _sentences("modality_seen"),
    "modality-held": lambda: _sentences("modality_held"),
    "reports": lambda: _toml("judged_reports")["report"],
    "unseen": lambda: _toml("judged_unseen")["report"],
}


def told(where: str) -> Iterator[Fact]:
    """Every fact that the record of a set tells and scores."""
    with tempfile.TemporaryDirectory() as folder, api.open(Path(folder) / "x.db") as c:
        c.add(SETS[where]())
        record = json.loads(c.export())
    named = {a["id"]: a["name"] for a in record["actors"]}
    reports = {r["id"]: r["name"] for r in record["reports"]}
    for kind, section in KINDS.items():
        for fact in record[section]:
            spans = [q["evidence"] for q in fact["quotations"]] if kind == "statement" else fact["evidence"]
            words = dict.fromkeys(" ".join(s["text"].split())[:_WORDS] for s in spans)
            ordered = tuple(sorted(words, key=lambda w: (-len(w), w)))
            signs = tuple(s["sign"] for s in fact["signs"])
            first = reports[spans[0]["report"]]
            yield Fact(where, kind, _TELLS[kind](fact, named), ordered, fact["confidence"], signs, first)


def _event(event: Row, _: Row) -> str:
    return f"{event['type']} {event['status']} {(event['date'] or {}).get('value', '-')}"


def _statement(statement: Row, named: Row) -> str:
    return str(named.get(statement["speaker"], "-"))


def _commitment(owed: Row, named: Row) -> str:
    by, to = (", ".join(named[a] for a in owed[side]) or "-" for side in ("by", "to"))
    return f"{owed['kind']} {owed['status']['official']} {(owed['due'] or {}).get('value', '-')} {by} > {to}"


#: What of a fact is right or wrong, by kind.
_TELLS: dict[str, Callable[[Row, Row], str]] = {"event": _event, "statement": _statement, "commitment": _commitment}


def verdicts() -> list[Verdict]:
    """The judgements."""
    return [Verdict(*line.split("\t")) for line in ROWS.read_text(encoding="utf-8").splitlines()]


def judged() -> list[Judged]:
    """Every told fact of every set with its judgement."""
    held = {(v.where, v.kind, v.told, v.words): v for v in verdicts()}
    out = []
    for fact in (fact for where in SETS for fact in told(where)):
        found = [v for words in fact.words if (v := held.get((*fact[:3], words)))]
        out.append(Judged(fact, found[0].half if found else "", found[0].verdict == "right" if found else None))
    return out


def ece(some: Iterable[Judged]) -> float:
    """Expected calibration error over ten equal bins of the score (Naeini, Cooper and Hauskrecht, 2015), 0 to 1."""
    rows = [(n, said, right) for n, said, right in bins(some) if n]
    return sum(n * abs(said - right) for n, said, right in rows) / max(1, sum(n for n, _, _ in rows))


def bins(some: Iterable[Judged]) -> list[tuple[int, float, float]]:
    """For each bin of the score: how many judged facts, their mean score, and the share that is right."""
    held: list[list[Judged]] = [[] for _ in range(BINS)]
    for each in some:
        held[min(BINS - 1, int(each.fact.score * BINS))].append(each)
    return [
        (len(b), fmean(j.fact.score for j in b), fmean(bool(j.right) for j in b)) if b else (0, 0.0, 0.0) for b in held
    ]


def figures() -> dict[str, float]:
    """How sure the record is against how right it is; prints the table.

    Returns:
        `held_out.ece` on facts that the weights were not fitted on, `all.ece` on every judged fact, and on those of
        each kind; `all.ranked` and `held_out.ranked`, how often of a right and a wrong fact the right one scores
        higher (the area under the ROC curve; the same score for all would give .5); `judged`, the share of the told
        facts that somebody judged.
    """
    every = judged()
    known = [j for j in every if j.right is not None]
    held = [j for j in known if j.half != FITTED]
    print(table(every))
    print(f"{len(every) - len(known)} of {len(every)} told facts are not judged")
    return {
        "held_out.ece": ece(held),
        "all.ece": ece(known),
        **{f"{kind}.ece": ece(j for j in known if j.fact.kind == kind) for kind in KINDS},
        "held_out.ranked": ranked(held),
        "all.ranked": ranked(known),
        "judged": len(known) / len(every),
    }


def ranked(some: Iterable[Judged]) -> float:
    """How often of a right and a wrong fact the right one has the higher score; ties count half."""
    held = list(some)
    right, wrong = ([j.fact.score for j in held if j.right is given] for given in (True, False))
    return sum((r > w) + 0.5 * (r == w) for r in right for w in wrong) / max(1, len(right) * len(wrong))


def table(every: Sequence[Judged]) -> str:
    """What was said and how often it was right, by kind and score, as Markdown."""
    lines = ["| kind | score | facts | said | right |", "|---|---|---|---|---|"]
    for kind in KINDS:
        known = [j for j in every if j.fact.kind == kind and j.right is not None]
        for at, row in enumerate(bins(known)):
            lines += [_line(kind, f"{at / BINS:.1f} to {(at + 1) / BINS:.1f}", row)] if row[0] else []
        row = len(known), fmean(j.fact.score for j in known), fmean(bool(j.right) for j in known)
        lines.append(_line(kind, f"all, ECE {ece(known):.3f}", row))
    return "\n".join(lines)


def _line(kind: str, score: str, row: tuple[int, float, float]) -> str:
    return f"| {kind} | {score} | {row[0]} | {row[1]:.2f} | {row[2]:.2f} |"


def _open() -> Iterator[str]:
    for each in judged():
        if each.right is None:
            yield "\t".join(
                (each.fact.where, each.fact.report, each.fact.kind, "?", each.fact.told, each.fact.words[0])
            )


def _stale() -> Iterator[str]:
    met = {(*f[:3], w) for where in SETS for f in told(where) for w in f.words}
    return ("\t".join(v) for v in verdicts() if (v.where, v.kind, v.told, v.words) not in met)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--open"]:
        print("\n".join(_open()))
    elif sys.argv[1:] == ["--stale"]:
        print("\n".join(_stale()))
    else:
        for name, value in figures().items():
            print(f"{name:28}{value:.3f}")
