"""Rulings as a file: JSON lines that another database can load, checked, and loaded twice to no effect.

The first line names the form; each further line is one ruling as stored, with its id. The ids form a chain, so a line
that was altered, lost or moved is noticed.
"""

from collections.abc import Iterator, Sequence

import msgspec

from communique import pipeline
from communique.errors import UsageError
from communique.model.decisions import Decision, Ruling
from communique.model.review import Loaded
from communique.review.rulings import check
from communique.settings import DEFAULT_LIMITS, Limits
from communique.store.store import Store
from communique.store.view import View

FORM = "communique-decisions/1"


class _Line(msgspec.Struct, frozen=True):
    id: str
    decision: Decision


def dump(decisions: Sequence[Decision]) -> bytes:
    """Rulings as JSON lines, UTF-8, in their order."""
    lines: list[object] = [{"format": FORM, "decisions": len(decisions)}]
    lines += [_Line(d.id, d) for d in decisions]
    return b"".join(msgspec.json.encode(line) + b"\n" for line in lines)


def parse(data: bytes) -> tuple[Decision, ...]:
    """The rulings of a file.

    Raises:
        UsageError: it is no such file, or a line of it was altered, lost or moved.
    """
    head, *lines = data.splitlines() or [b""]
    form = _decoded(head, dict[str, str | int], 1) if head.startswith(b"{") else {}
    if form.get("format") != FORM or form.get("decisions") != len(lines):
        message = f"this is no whole file of rulings: it has to begin with a line of {FORM} that counts its rulings"
        raise UsageError(message)
    found = [_decoded(line, _Line, n) for n, line in enumerate(lines, start=2)]
    previous = ""
    for n, line in enumerate(found, start=2):
        if line.decision.id != line.id or line.decision.previous != previous:
            message = f"line {n} was altered, or a ruling before it is missing"
            raise UsageError(message)
        previous = line.id
    return tuple(line.decision for line in found)


def _decoded[T](line: bytes, kind: type[T], number: int) -> T:
    try:
        return msgspec.json.decode(line, type=kind)
    except msgspec.DecodeError as error:
        message = f"line {number} is no ruling: {error}"
        raise UsageError(message) from error


def load(store: Store, data: bytes, limits: Limits = DEFAULT_LIMITS) -> Loaded:
    """Append the rulings of a file that are not there yet, and store the record that follows, in one step.

    A ruling is known where one with the same content is there, whatever stands before it in the chain; a withdrawal
    follows the ruling that it takes back.

    Raises:
        UsageError: see `parse`; nothing is loaded then.
    """
    given = parse(data)
    with store.writer("decide") as writer, store.view() as view:
        there, new = view.decisions(), []
        names: dict[str, str] = {}
        for decision, known in _matched(given, there):
            if known is None:
                taken = names.get(decision.withdraws or "", decision.withdraws)
                moved = msgspec.structs.replace(decision, withdraws=taken)
                _checked(moved, view, names)
                stored = writer.put_decision(moved)
                new.append(stored)
                names[decision.id] = stored.id
            else:
                names[decision.id] = known.id
        if new and view.record_sha256() is not None:
            writer.put_record(pipeline.record_of(view, limits, ruled=tuple(new)))
    return Loaded(len(new), len(given) - len(new))


def _checked(decision: Decision, view: View, names: dict[str, str]) -> None:
    if decision.ruling is not Ruling.WITHDRAW or decision.withdraws not in names.values():
        check(decision, view)


def _matched(given: Sequence[Decision], there: Sequence[Decision]) -> Iterator[tuple[Decision, Decision | None]]:
    """Each given ruling with the one of the same content that is there; the nth of equals with the nth."""
    names = _numbered(there)
    held = dict(zip(names, there, strict=True))
    for name, decision in zip(_numbered(given), given, strict=True):
        yield decision, held.get(name)


def _numbered(decisions: Sequence[Decision]) -> list[tuple[bytes, int]]:
    """Names of rulings that do not depend on the chain: content, and how many equal ones came before."""
    content: dict[str, bytes] = {}
    seen: dict[bytes, int] = {}
    out = []
    for decision in decisions:
        of = content.get(decision.withdraws or "", b"").decode() or decision.withdraws
        plain = msgspec.json.encode(msgspec.structs.replace(decision, previous="", withdraws=of))
        seen[plain] = seen.get(plain, 0) + 1
        content[decision.id] = plain
        out.append((plain, seen[plain]))
    return out
