"""What a worker does with one input: read the report in it, or find its parts. Loaded without the language model."""

from communique.ingest import formats
from communique.ingest.delivered import Parts
from communique.ingest.read import Read, read
from communique.ingest.sources import Source
from communique.settings import Limits


def ingest(payload: tuple[Source, Limits]) -> Read | Parts:
    """Bytes to a report or to the problems that say why there is none; a file of many reports to its parts."""
    source, limits = payload
    opener = formats.opener(source.format)
    if opener is None or len(source.data) > limits.report_bytes:
        return read(source, limits)
    return opener(source, limits)


def all_of(source: Source, limits: Limits) -> list[Read]:
    """Every report of one input, read in this process. For tests and tools."""
    waiting, out = [source], []
    while waiting:
        found = ingest((waiting.pop(0), limits))
        if isinstance(found, Read):
            out.append(found)
            continue
        out += [Read(None, found.problems, b"", found.missing)] if found.problems else []
        out += [Read(None, (p,), b"") for p in found.parts if not isinstance(p, Source)]
        waiting[:0] = [p for p in found.parts if isinstance(p, Source)]
    return out
