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
REVISIONS: Final = ("0001", "0002")
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

#: What the database is: the program that made it.
meta = Table(
    "meta",
    metadata,
    Column("key", _TEXT, primary_key=True),
    Column("value", _TEXT, nullable=False),
)

#: Per table the number of rows and the sum of their seals, so that a row that changes or vanishes is noticed.
seals = Table(
    "seals",
    metadata,
    Column("name", _TEXT, primary_key=True),
    Column("rows", Integer, nullable=False),
    Column("sum", _TEXT, nullable=False),
)

#: Reports as they were delivered (`raw`) and as they read (`text`); `head` is the fold of all arrivals.
reports = Table(
    "reports",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", _TEXT, nullable=False, unique=True),
    Column("name", _TEXT, nullable=False),
    Column("sha256", _TEXT, nullable=False),
    Column("raw", LargeBinary, nullable=False, info=_COVERED),
    Column("text", _TEXT, nullable=False, info=_COVERED),
    Column("text_sha256", _TEXT, nullable=False),
    Column("head", _TEXT, nullable=False),
    Index("reports_by_sha256", "sha256"),
)

#: Every different head under which a report arrived.
arrivals = Table(
    "arrivals",
    metadata,
    Column("report", _TEXT, ForeignKey("reports.id"), nullable=False),
    Column("head_sha256", _TEXT, nullable=False),
    Column("text_sha256", _TEXT, nullable=False),
    Column("head", _TEXT, nullable=False),
    PrimaryKeyConstraint("report", "head_sha256"),
)

#: Which reports are annotated, and by what (`key` names program, model and settings).
annotated = Table(
    "annotated",
    metadata,
    Column("report", _TEXT, ForeignKey("reports.id"), primary_key=True),
    Column("key", _TEXT, nullable=False),
    Column("claims", Integer, nullable=False),
)

#: The claims of each report, in the order in which `annotate` gives them.
claims = Table(
    "claims",
    metadata,
    Column("report", _TEXT, ForeignKey("reports.id"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("subject", _TEXT, nullable=False),
    Column("field", _TEXT, nullable=False),
    Column("qualifier", _TEXT, nullable=False),
    Column("value", _TEXT, nullable=False),
    Column("modality", _TEXT, nullable=False),
    Column("holder", _TEXT),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", _TEXT, nullable=False),
    Column("rule", _TEXT, nullable=False),
    PrimaryKeyConstraint("report", "place"),
)

#: What `cluster` keeps of each report, as it packs it; `version` is a hash of that.
features = Table(
    "features",
    metadata,
    Column("report", _TEXT, ForeignKey("reports.id"), primary_key=True),
    Column("version", _TEXT, nullable=False),
    Column("blob", LargeBinary, nullable=False),
)

#: What each cell of days gave when its reports were placed, as `cluster` packs it; taken over while `key` holds.
cells = Table(
    "cells",
    metadata,
    Column("name", Text, primary_key=True),
    Column("key", Text, nullable=False),
    Column("blob", LargeBinary, nullable=False),
)

#: The record's rows, section by section in the record's order; `words` is what a search finds them by.
facts = Table(
    "facts",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("section", _TEXT, nullable=False),
    Column("id", _TEXT, nullable=False),
    Column("body", _TEXT, nullable=False),
    Column("sha256", _TEXT, nullable=False),
    Column("words", _TEXT, nullable=False),
    Index("facts_by_id", "id", "section"),
    Index("facts_by_section", "section", "number"),
)

#: Every place that a fact rests on, with the hash of the words there.
evidence = Table(
    "evidence",
    metadata,
    Column("section", _TEXT, nullable=False),
    Column("fact", _TEXT, nullable=False),
    Column("report", _TEXT, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("sha256", _TEXT, nullable=False),
    PrimaryKeyConstraint("section", "fact", "report", "start", "end"),
    Index("evidence_by_place", "report", "start"),
)

#: Mention id -> the fact that holds it now.
mentions = Table(
    "mentions",
    metadata,
    Column("mention", _TEXT, primary_key=True),
    Column("section", _TEXT, nullable=False),
    Column("fact", _TEXT, nullable=False),
)

#: Human rulings, append-only: triggers refuse every change, and each row seals the one before.
decisions = Table(
    "decisions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", _TEXT, nullable=False, unique=True),
    Column("previous", _TEXT, nullable=False),
    Column("ruling", _TEXT, nullable=False),
    Column("body", _TEXT, nullable=False),
)

#: What could not be read; `source` is `given`, or `annotate` for what goes when its report is annotated again.
problems = Table(
    "problems",
    metadata,
    Column("sha256", _TEXT, nullable=False),
    Column("source", _TEXT, nullable=False),
    Column("report", _TEXT),
    Column("body", _TEXT, nullable=False),
    PrimaryKeyConstraint("sha256", "source"),
    Index("problems_by_report", "report"),
)

#: Reports that were removed on purpose: their hash and the reason, never their words.
tombstones = Table(
    "tombstones",
    metadata,
    Column("report", _TEXT, primary_key=True),
    Column("sha256", _TEXT, nullable=False),
    Column("reason", _TEXT, nullable=False),
    Index("tombstones_by_sha256", "sha256"),
)

#: What made the stored record, and the hash of its bytes. One row, or none where nothing is built.
build = Table(
    "build",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("format", _TEXT, nullable=False),
    Column("body", _TEXT, nullable=False),
    Column("sha256", _TEXT, nullable=False),
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
