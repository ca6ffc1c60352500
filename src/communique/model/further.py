"""Further kinds of fact: each is a section of the record, and one file of its name in each room that works on it.

Add one to `record.FURTHER`; a room finds its file by name. What each file has to hold:

- `annotate`: `read(parse, who, when) -> mentions`, each with `claims` about mentions of the letter `x`, of which one
  gives `kind`, the section's name;
- `fuse`: `facts(dossiers, cast, times, origins) -> tuple of the section's struct`, which has `id` and `evidence`;
- `export`: `row(fact, actors) -> dict of text`, a row of its table: `id` first, then what it is called.

The command line, the page, the exports and the store need no file.
"""

import importlib
from collections.abc import Iterator
from typing import Any

from communique.model.record import FURTHER

#: Letter of the mentions that further kinds are made of.
LETTER = "x"


def files(room: str) -> Iterator[tuple[str, Any]]:
    """Each further section, with the file of its name in a room.

    Args:
        room: the room's own package, `__package__`: nobody looks into another's.

    Raises:
        ModuleNotFoundError: the room has no file for one of them.
    """
    return ((section, importlib.import_module(f"{room}.{section}")) for section in FURTHER)
