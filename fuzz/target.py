"""What a worker does with one mutated input: reads it, and says what is not as promised."""

import tempfile
import time
from pathlib import Path

from communique.ingest import linear
from communique.ingest.feedscan import scan
from communique.ingest.read import Read
from communique.ingest.sources import Source, expand
from communique.ingest.stage import all_of
from communique.model.problems import ProblemCode
from communique.settings import DEFAULT_LIMITS

#: What a task gives back: what is wrong or "", CPU seconds, reports, inputs told as Problems, KiB of memory at most.
type Finding = tuple[str, float, int, int, int]


def check(payload: tuple[str, bytes]) -> Finding:
    """Read one file as `add` does, and check what came of it."""
    name, data = payload
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        begun = time.process_time()
        found: list[Read] = []
        for each in expand([str(path)]):
            found += all_of(each, DEFAULT_LIMITS) if isinstance(each, Source) else [Read(None, (each,), b"")]
        taken = time.process_time() - begun
    wrong = "; ".join(filter(None, (_wrong(read) for read in found))) or _lost(name, data, found)
    reports = sum(read.report is not None for read in found)
    told = sum(read.inputs for read in found if read.report is None)
    return wrong, taken, reports, told, _most_kib()


def _most_kib() -> int:
    """The most memory that this process has held; the figure of `getrusage` begins with what its parent held."""
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:"))
    return int(peak.split()[1])


def _wrong(read: Read) -> str:
    """What is not as promised about one outcome."""
    report = read.report
    if report is None:
        return "" if read.problems and all(p.message for p in read.problems) else "neither a report nor a reason"
    head, at = report.head, 0
    for mark in head.furniture:
        if not at <= mark.start < mark.end <= len(report.text):
            return f"furniture {mark} out of place"
        at = mark.end
    if head.published_evidence is not None and not head.published_evidence.holds(report.text):
        return "the evidence of the date does not hold"
    if head.chars != len(report.text) or "\0" in report.text:
        return "the text is not what the head says"
    report.text.encode()
    return _visible(read)


def _visible(read: Read) -> str:
    """Whether the characters that the bytes show are in the text, or a Problem says that they are not."""
    report = read.report
    if report is None or report.head.extra.get("format") not in ("html", "entry"):
        return ""
    source = read.raw.decode(report.head.extra.get("encoding", "utf-8"), "replace")
    shown = sum(not c.isspace() for c in linear.read(source, DEFAULT_LIMITS.tag_chars, text_only=True).text)
    kept = sum(not c.isspace() for c in report.text)
    told = any(p.code in (ProblemCode.CUT, ProblemCode.REPLACED) for p in read.problems)
    return "" if kept >= 0.999 * shown or told else f"{kept} of {shown} visible characters"


def _lost(name: str, data: bytes, found: list[Read]) -> str:
    """Whether every part that a file begins is a report or a Problem."""
    if not found and data.strip():
        return "no outcome at all"
    if name.endswith((".rss", ".atom")) and len(found) > 1:
        begun = scan(data.decode("utf-8", "replace"), DEFAULT_LIMITS.feed_entries).count
        counted = sum(read.inputs for read in found)
        return f"{counted} outcomes of {begun} entries" if counted < begun else ""
    return ""
