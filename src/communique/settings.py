"""Every cap and every setting, in one place, each with the reason for its figure.

Nothing here reads the environment or the clock: `cli` does, and passes what it read.
"""

import msgspec

VERSION = "0.1.0"
MIB = 1024 * 1024


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How much of anything is accepted. Beyond a cap stands a `Problem` with the cap's name and both numbers.

    Sizes are in bytes or Unicode code points as named, times in seconds.
    """

    report_bytes: int = 10 * MIB
    """Bytes of one report as delivered."""
    report_chars: int = 500_000
    """Code points of one report's text; 500,000 take about 25 s to read."""
    doc_chars: int = 10_000
    """Code points given to the parser at once; longer paragraphs are cut at a sentence, then at a blank."""
    run_chars: int = 256
    """Longest unbroken run of characters the tokenizer sees whole; its time is quadratic in the run."""
    replaced_share: float = 0.001
    """Share of replaced characters (NUL, surrogates, undecodable bytes) above which a Problem is told."""
    base_seconds: float = 5.0
    """Time for one report, whatever its length."""
    seconds_per_char: float = 1 / 10_000
    """Further time per code point of text."""
    child_bytes: int = 2 * 1024 * MIB
    """Address space of a worker above what it holds once the model is loaded."""
    child_items: int = 2_000
    """Reports after which a worker is replaced."""
    child_growth_bytes: int = 1024 * MIB
    """Growth of a worker's resident memory after which it is replaced."""

    def seconds_for(self, chars: int) -> float:
        """Seconds that ingest and annotate of a report of `chars` code points may take together."""
        return self.base_seconds + self.seconds_per_char * chars


DEFAULT_LIMITS = Limits()
MODEL = "en_core_web_md-3.8.0"
ANNOTATION_VERSION = "1"
"""Part of the key under which annotations are kept: raise it when a reader changes what it reads."""
DEFAULT_DATABASE = "communique.db"
RECORD_FORMAT = "communique-record/1"
