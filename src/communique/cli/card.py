"""One fact as lines for a person: names instead of ids, one row for each part, no nulls; JSON is for programs."""

from collections.abc import Mapping
from typing import Any

import msgspec

from communique.export.phrases import shortened, visible
from communique.text.changes import Change

#: Fields that `show` prints in another way: the words themselves.
_ELSEWHERE = frozenset({"evidence", "published_evidence", "quotations", "furniture"})
_DATE = {"value", "precision"}
_LONGEST = 400


def card(section: str, fact: msgspec.Struct, names: Mapping[str, str]) -> str:
    """The fields of a fact, one a line, and the rows of those that are lists.

    Args:
        section: its section of the record.
        fact: the fact.
        names: id of an actor or a report -> what it is called.
    """
    told = msgspec.json.decode(msgspec.json.encode(fact))
    ident = {"id": told.pop("id")} if "id" in told else {}
    lines = [f"{key}:{_line(value, names)}" for key, value in told.items() if _says(key, value)]
    return visible_lines([section, *(f"{key}: {value}" for key, value in ident.items()), *lines]) + "\n"


def visible_lines(lines: list[str]) -> str:
    """Lines with nothing that a terminal could take for an order; their own breaks stay."""
    return "".join(f"{visible(part)}\n" for line in lines for part in line.split("\n"))


def _says(key: str, value: Any) -> bool:  # noqa: ANN401 - JSON
    """Whether a field says something that is not printed elsewhere."""
    return value not in (None, "", [], {}) and (key not in _ELSEWHERE or isinstance(value, str))


def _line(value: Any, names: Mapping[str, str]) -> str:  # noqa: ANN401 - JSON
    """A value on the line of its field; a list of things with parts on a line for each."""
    if isinstance(value, list) and any(isinstance(v, (dict, list)) for v in value):
        return "".join(f"\n  {_plain(v, names)}" for v in value)
    return f" {_plain(value, names)}"


def _plain(value: Any, names: Mapping[str, str]) -> str:  # noqa: ANN401 - JSON
    if isinstance(value, dict):
        if value.keys() == _DATE:
            return str(value["value"])
        return ", ".join(_plain(v, names) for k, v in value.items() if _says(k, v))
    if isinstance(value, list):
        return ", ".join(_plain(v, names) for v in value)
    return names.get(value) or shortened(value, _LONGEST) if isinstance(value, str) else str(value)


def changed(change: Change) -> str:
    """A change of a report since the version before, as one line."""
    gone = f" [-{visible(change.removed)}-]" if change.removed else ""
    come = f" {{+{visible(change.added)}+}}" if change.added else ""
    return f"changed at {change.start}: …{visible(change.before)}{gone}{come} {visible(change.after)}…\n"
