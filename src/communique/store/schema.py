"""The tables, plain enough to be read with any SQLite browser.

Columns marked `covered` are not part of a row's seal (`ledger`): a hash of their content stands in the same row.
Change a table only together with a new migration; a test compares the two.
"""

from typing import Final

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)

#: Schema versions, oldest first; the last one is what this program reads and writes.
REVISIONS: Final = ("0001", "0002", "0003")
#: Value of `meta.program` in every database of ours.
PROGRAM: Final = "communique"
_COVERED: Final = {"covered": True}

#: Texts are ordered by their characters on every engine, whatever the server's language is.
_TEXT: Final = Text().with_variant(Text(collation="C"), "postgresql")

metadata = MetaData()

alembic_version = Table(
    "alembic_version",
    metadata,
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)

meta = Table(
    "meta",
    metadata,
    Column("key", _TEXT, primary_key=True),
    Column("value", _TEXT, nullable=False),
    comment="What the database is: the program that made it",
)

seals = Table(
    "seals",
    metadata,
    Column("name", _TEXT, primary_key=True),
    Column("rows", Integer, nullable=False, comment="how many rows the table has"),
    Column("sum", _TEXT, nullable=False, comment="sum of the hashes of its rows, modulo 2**128, in hex"),
    comment="Per table the number of rows and the sum of their seals: a row that changes or vanishes is noticed",
)

reports = Table(
    "reports",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False, comment="order of arrival"),
    Column(
        "id",
        _TEXT,
        nullable=False,
        unique=True,
        comment="r and 16 hex digits, from the hash of the bytes and what they are known by",
    ),
    Column("name", _TEXT, nullable=False, comment="name of the input"),
    Column("sha256", _TEXT, nullable=False, comment="hash of raw"),
    Column("raw", LargeBinary, nullable=False, info=_COVERED, comment="the bytes as delivered"),
    Column(
        "text",
        _TEXT,
        nullable=False,
        info=_COVERED,
        comment="what is read in them; all places count its characters from 0",
    ),
    Column("text_sha256", _TEXT, nullable=False, comment="hash of text in UTF-8"),
    Column("head", _TEXT, nullable=False, comment="JSON: outlet, address, published, language, furniture"),
    Index("reports_by_sha256", "sha256"),
    comment="Reports as they were delivered (raw) and as they read (text); head is the fold of all arrivals",
)

arrivals = Table(
    "arrivals",
    metadata,
    Column("report", _TEXT, ForeignKey("reports.id"), nullable=False),
    Column("head_sha256", _TEXT, nullable=False),
    Column("text_sha256", _TEXT, nullable=False),
    Column("head", _TEXT, nullable=False),
    PrimaryKeyConstraint("report", "head_sha256"),
    comment="Every different head under which a report arrived",
)

annotated = Table(
    "annotated",
    metadata,
    Column("report", _TEXT, ForeignKey("reports.id"), primary_key=True),
    Column(
        "key",
        _TEXT,
        nullable=False,
        comment="digest of program, model and caps; a report with another one is read again by the next build",
    ),
    Column("claims", Integer, nullable=False),
    comment="Which reports are annotated, and by what (key names program, model and settings)",
)

claims = Table(
    "claims",
    metadata,
    Column("report", _TEXT, ForeignKey("reports.id"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("subject", _TEXT, nullable=False, comment="id of the mention that the claim is about"),
    Column("field", _TEXT, nullable=False, comment="what is claimed of it: name, type, date, speaker"),
    Column("qualifier", _TEXT, nullable=False, comment="what the value is told under, such as a unit"),
    Column("value", _TEXT, nullable=False),
    Column(
        "modality",
        _TEXT,
        nullable=False,
        comment="happened, ongoing, planned, requested, offered, cancelled, denied, hypothetical or stated",
    ),
    Column("holder", _TEXT, comment="whose words these are, where not the report's own"),
    Column("start", Integer, nullable=False, comment="first character of the words in the report's text"),
    Column("end", Integer, nullable=False, comment="character after the last"),
    Column("text", _TEXT, nullable=False, comment="the words"),
    Column("rule", _TEXT, nullable=False, comment="what read it"),
    PrimaryKeyConstraint("report", "place"),
    comment="The claims of each report, in the order in which annotate gives them",
)

features = Table(
    "features",
    metadata,
    Column("report", _TEXT, ForeignKey("reports.id"), primary_key=True),
    Column("version", _TEXT, nullable=False),
    Column("blob", LargeBinary, nullable=False),
    comment="What cluster keeps of each report, as it packs it; version is a hash of that",
)

cells = Table(
    "cells",
    metadata,
    Column("name", Text, primary_key=True),
    Column("key", Text, nullable=False),
    Column("blob", LargeBinary, nullable=False),
    comment="What each cell of days gave when its reports were placed, as cluster packs it; taken over while key holds",
)

facts = Table(
    "facts",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False, comment="place in the record"),
    Column("section", _TEXT, nullable=False, comment="events, statements, commitments and so on"),
    Column("id", _TEXT, nullable=False),
    Column("body", _TEXT, nullable=False, comment="the fact as JSON, as the record contract has it"),
    Column("sha256", _TEXT, nullable=False),
    Column("words", _TEXT, nullable=False),
    Index("facts_by_id", "id", "section"),
    Index("facts_by_section", "section", "number"),
    comment="The record's rows, section by section in the record's order; words is what a search finds them by",
)

evidence = Table(
    "evidence",
    metadata,
    Column("section", _TEXT, nullable=False),
    Column("fact", _TEXT, nullable=False, comment="id in the section"),
    Column("report", _TEXT, nullable=False),
    Column("start", Integer, nullable=False, comment="first character in the report's text"),
    Column("end", Integer, nullable=False, comment="character after the last"),
    Column("sha256", _TEXT, nullable=False, comment="hash of the words"),
    PrimaryKeyConstraint("section", "fact", "report", "start", "end"),
    Index("evidence_by_place", "report", "start"),
    comment="Every place that a fact rests on, with the hash of the words there",
)

mentions = Table(
    "mentions",
    metadata,
    Column("mention", _TEXT, primary_key=True),
    Column("section", _TEXT, nullable=False),
    Column("fact", _TEXT, nullable=False),
    comment="Mention id -> the fact that holds it now",
)

decisions = Table(
    "decisions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", _TEXT, nullable=False, unique=True),
    Column("previous", _TEXT, nullable=False, comment="id of the ruling before: a chain"),
    Column("ruling", _TEXT, nullable=False),
    Column("body", _TEXT, nullable=False, comment="the ruling as JSON"),
    comment="Human rulings, append-only: triggers refuse every change, and each row seals the one before",
)

problems = Table(
    "problems",
    metadata,
    Column("sha256", _TEXT, nullable=False),
    Column("source", _TEXT, nullable=False),
    Column("report", _TEXT),
    Column("body", _TEXT, nullable=False),
    PrimaryKeyConstraint("sha256", "source"),
    Index("problems_by_report", "report"),
    comment="What could not be read; source is given, or annotate for what goes when its report is annotated again",
)

tombstones = Table(
    "tombstones",
    metadata,
    Column("report", _TEXT, primary_key=True),
    Column("sha256", _TEXT, nullable=False),
    Column("reason", _TEXT, nullable=False, comment="why it was removed"),
    Index("tombstones_by_sha256", "sha256"),
    comment="Reports that were removed on purpose: their hash and the reason, never their words",
)

build = Table(
    "build",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("format", _TEXT, nullable=False),
    Column("body", _TEXT, nullable=False),
    Column("sha256", _TEXT, nullable=False),
    comment="What made the stored record, and the hash of its bytes. One row, or none where nothing is built",
)

#: Tables whose rows are sealed.
SEALED: Final = (
    meta,
    reports,
    arrivals,
    annotated,
    claims,
    features,
    cells,
    facts,
    evidence,
    mentions,
    decisions,
    problems,
    tombstones,
    build,
)
