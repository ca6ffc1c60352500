"""Communiqué as a library: open a database, add reports, build the record, ask it.

::

    import communique

    with communique.open("x.db") as c:
        c.add("reports/*.txt")
        for event in c.events(series="ATJC-TW"):
            for span in event.evidence:
                assert c.report(span.report).text[span.start : span.end] == span.text
        print(c.brief("ATJC-TW").markdown)

`read` and `record` do the same in memory, without a database. What a call needs is imported by that call: asking
never loads the language model.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from communique.api.asking import Found
from communique.api.database import AddResult, Communique
from communique.api.handing import is_packet, written
from communique.api.inputs import LINE_KEYS, Given, missing, report_of, sources
from communique.api.running import runner
from communique.model.claims import Annotations
from communique.model.record import Record
from communique.settings import DEFAULT_DATABASE, DEFAULT_LIMITS, Limits

__all__ = [
    "LINE_KEYS",
    "AddResult",
    "Communique",
    "Found",
    "Given",
    "copy",
    "examples",
    "is_packet",
    "missing",
    "model_hash",
    "open",
    "read",
    "record",
    "runner",
    "upgrade",
    "written",
]


def open(  # noqa: A001 - read as communique.open
    url: str | Path = DEFAULT_DATABASE, *, read_only: bool = False, limits: Limits = DEFAULT_LIMITS
) -> Communique:
    """Open a database, made where there is none.

    Args:
        url: a path, `sqlite:///PATH`, or `postgresql+psycopg://USER@HOST/NAME`.
        read_only: never write, and do not make it.
        limits: the caps.

    Raises:
        StoreError: it cannot be opened; the text says why and what to do.
    """
    from communique.store.store import Store

    return Communique(Store.open(url, read_only=read_only), limits)


def copy(source: str | Path, target: str | Path) -> dict[str, int]:
    """Copy a database into an empty one, of the same engine or another; the record stays the same to the byte.

    Returns:
        the number of rows of each table.

    Raises:
        StoreError: one of them cannot be opened, or the target is not empty.
    """
    from communique.store.copying import copy as copied
    from communique.store.store import Store

    with Store.open(source, read_only=True) as there, Store.open(target) as here:
        return copied(there, here)


def upgrade(url: str | Path = DEFAULT_DATABASE) -> bool:
    """Bring a database of an older version up to this one; says whether there was anything to do.

    Raises:
        StoreError: it cannot be opened or written, or it is newer than this program.
    """
    from communique.store.upgrade import upgrade as upgraded

    return upgraded(url)


def read(
    text: str, *, published: str | None = None, name: str = "text", limits: Limits = DEFAULT_LIMITS
) -> Annotations:
    """What one text says: its claims, each with its span.

    Raises:
        UsageError: the text cannot be a report; the text says why.
    """
    from communique.stages import annotate

    return annotate((report_of(text, published, name, limits), limits))[0]


def record(reports: Iterable[Mapping[str, object]], limits: Limits = DEFAULT_LIMITS) -> Record:
    """The record of some reports, in memory. Each is a mapping with the keys of a JSON line.

    What cannot be read is in the record's `problems`.
    """
    from communique import pipeline
    from communique.ingest.read import read as ingest
    from communique.stages import annotate

    delivered = [ingest(source, limits) for source in sources(reports)]
    problems = tuple(dict.fromkeys(p for r in delivered for p in r.problems))
    found = {r.report.id: r.report for r in delivered if r.report}
    made = [annotate((report, limits)) for report in found.values()]
    given = pipeline.Given(problems=problems, settings=pipeline.settings_of(limits))
    return pipeline.in_memory(list(found.values()), made, given)


def examples() -> tuple[str, ...]:
    """Paths of the example reports that come with Communiqué."""
    here = Path(__file__).parents[1]
    folder = next(f for f in (here / "data" / "examples", here.parents[1] / "examples") if f.is_dir())
    return tuple(sorted(str(p) for p in folder.iterdir() if p.suffix in (".txt", ".jsonl")))


def model_hash() -> str:
    """SHA-256 over the files of the language model, by name and content.

    Raises:
        NotFoundError: the model is not installed.
    """
    from communique.annotate import model_files

    return model_files.digest_of_files()
