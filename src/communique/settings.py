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
    unpacked_bytes: int = 20 * MIB
    """Bytes of one input after unpacking; checked while it is unpacked, one level of packing and no more."""
    unpacked_ratio: int = 100
    """Most bytes after unpacking for each packed byte, once `unpacked_free_bytes` are out."""
    unpacked_free_bytes: int = MIB
    """Bytes after unpacking below which no ratio counts: short texts pack well."""
    tag_chars: int = 64 * 1024
    """Longest tag whose attributes are looked at; one tag with 200,000 attributes holds a tree builder for minutes."""
    nesting: int = 200
    """Open elements of a page beyond which no tree is built of it: libxml2 silently drops what is deeper than 256."""
    feed_entries: int = 10_000
    """Entries of one feed; 50,000 take its parser 11 s."""
    archive_records: int = 1_000_000
    """Records of one web archive."""
    record_bytes: int = 20 * MIB
    """Bytes of one record of a web archive, as it stands there."""
    header_bytes: int = 64 * 1024
    """Bytes of the header of one record of a web archive."""
    container_seconds: float = 600.0
    """Time to find the parts of one archive; of any smaller container, the time of one report."""
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
        """Seconds that ingest and annotate of a report of `chars` code points may take together.

        What is longer than a report may be is refused, not read: it gets no more time.
        """
        return self.base_seconds + self.seconds_per_char * min(chars, self.report_chars)


class Fetching(msgspec.Struct, frozen=True, kw_only=True):
    """How politely, how long and how much is fetched from the web, and from where. Sizes in bytes, times in seconds."""

    connect_seconds: float = 10.0
    """Time to open one connection."""
    total_seconds: float = 30.0
    """Time for one address with all its redirects and tries; waiting for a host's turn does not count."""
    redirects: int = 5
    """Redirects that are followed."""
    wire_bytes: int = 10 * MIB
    """Bytes of one answer as they come."""
    unpacked_bytes: int = 20 * MIB
    """Bytes of one answer after unpacking."""
    ports: tuple[int, ...] = (80, 443)
    """Ports that are asked."""
    tries: int = 3
    """Times that an address is asked where the network or the server fails for the moment."""
    host_delay: float = 1.0
    """Time between two requests to one host; its robots.txt may ask for more, up to `longest_delay`."""
    longest_delay: float = 30.0
    """Longest time that a robots.txt can ask for."""
    cache: str | None = None
    """File in which answers are kept, so that what has not changed is not fetched again; None: none are kept."""
    allow: frozenset[str] = frozenset()
    """Further `ADDRESS:PORT` that may be connected to. For tests, which serve on this machine."""


DEFAULT_FETCHING = Fetching()
AGENT = f"communique/{VERSION} (reads published reports into a record with sources; honours robots.txt)"
"""What we call ourselves when fetching."""
DEFAULT_LIMITS = Limits()
MODEL = "en_core_web_md-3.8.0"
ANNOTATION_VERSION = "1"
"""Part of the key under which annotations are kept: raise it when a reader changes what it reads."""
DEFAULT_DATABASE = "communique.db"
RECORD_FORMAT = "communique-record/1"
