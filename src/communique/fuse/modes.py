"""Direct against indirect: one report prints as its own words what another puts inside quotation marks."""

import re
from collections.abc import Iterator, Sequence

from communique.fuse.keys import words
from communique.model.record import Disagreement, Statement, Value, Wording
from communique.model.spans import in_order
from communique.model.words import DisagreementKind, Mode

#: Telling words that both must share, and their part of the shorter wording: fewer are anybody's words.
_LEAST, _SHARE = 6, 0.5
_QUOTED = re.compile(r"[“\"‘][^“”\"]{1,200}[”\"’]")


def modes(statement: Statement) -> Iterator[Disagreement]:
    """At most one disagreement of a statement, with every wording that bears it out.

    A report that also prints the words inside quotation marks is on nobody's side; what an indirect wording quotes
    itself does not count.
    """
    direct = [w for w in statement.quotations if w.mode is Mode.DIRECT]
    quoting = {w.evidence.report for w in direct}
    told = [w for w in statement.quotations if w.mode is Mode.INDIRECT and w.evidence.report not in quoting]
    pairs = [(mine, theirs) for mine in told for theirs in direct if _same_words(mine, theirs)]
    if pairs:
        yield Disagreement(
            id=f"{statement.id}-mode",
            kind=DisagreementKind.MODE,
            about=(statement.id,),
            values=(_value(Mode.INDIRECT, [a for a, _ in pairs]), _value(Mode.DIRECT, [b for _, b in pairs])),
            preferred=Mode.DIRECT.value,
            reason="One report tells in its own words what another prints inside quotation marks.",
        )


def _same_words(indirect: Wording, direct: Wording) -> bool:
    mine, theirs = words(_QUOTED.sub(" ", indirect.evidence.text)), words(direct.evidence.text)
    return len(mine & theirs) >= max(_LEAST, _SHARE * min(len(mine), len(theirs)))


def _value(mode: Mode, told: Sequence[Wording]) -> Value:
    evidence = in_order(w.evidence for w in told)
    return Value(value=mode.value, reports=tuple(sorted({s.report for s in evidence})), evidence=evidence)
