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
REVISIONS: Final = ("0001",)
#: Value of `meta.program` in every database of ours.
PROGRAM: Final = "communique"
_COVERED: Final = {"covered": True}

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
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

#: Per table the number of rows and the sum of their seals, so that a row that changes or vanishes is noticed.
seals = Table(
    "seals",
    metadata,
    Column("name", Text, primary_key=True),
    Column("rows", Integer, nullable=False),
    Column("sum", Text, nullable=False),
)

#: Reports as they were delivered (`raw`) and as they read (`text`); `head` is the fold of all arrivals.
reports = Table(
    "reports",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("raw", LargeBinary, nullable=False, info=_COVERED),
    Column("text", Text, nullable=False, info=_COVERED),
    Column("text_sha256", Text, nullable=False),
    Column("head", Text, nullable=False),
    Index("reports_by_sha256", "sha256"),
)

#: Every different head under which a report arrived.
arrivals = Table(
    "arrivals",
    metadata,
    Column("report", Text, ForeignKey("reports.id"), nullable=False),
    Column("head_sha256", Text, nullable=False),
    Column("text_sha256", Text, nullable=False),
    Column("head", Text, nullable=False),
    PrimaryKeyConstraint("report", "head_sha256"),
)

#: Which reports are annotated, and by what (`key` names program, model and settings).
annotated = Table(
    "annotated",
    metadata,
    Column("report", Text, ForeignKey("reports.id"), primary_key=True),
    Column("key", Text, nullable=False),
    Column("claims", Integer, nullable=False),
)

#: The claims of each report, in the order in which `annotate` gives them.
claims = Table(
    "claims",
    metadata,
    Column("report", Text, ForeignKey("reports.id"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("subject", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("qualifier", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("modality", Text, nullable=False),
    Column("holder", Text),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("rule", Text, nullable=False),
    PrimaryKeyConstraint("report", "place"),
)

#: What `cluster` keeps of each report, as it packs it.
features = Table(
    "features",
    metadata,
    Column("report", Text, ForeignKey("reports.id"), primary_key=True),
    Column("version", Text, nullable=False),
    Column("blob", LargeBinary, nullable=False),
)

#: The record's rows, section by section in the record's order; `words` is what a search finds them by.
facts = Table(
    "facts",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("section", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("words", Text, nullable=False),
    Index("facts_by_id", "id", "section"),
    Index("facts_by_section", "section", "number"),
)

#: Every place that a fact rests on, with the hash of the words there.
evidence = Table(
    "evidence",
    metadata,
    Column("section", Text, nullable=False),
    Column("fact", Text, nullable=False),
    Column("report", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    PrimaryKeyConstraint("section", "fact", "report", "start", "end"),
    Index("evidence_by_place", "report", "start"),
)

#: Mention id -> the fact that holds it now.
mentions = Table(
    "mentions",
    metadata,
    Column("mention", Text, primary_key=True),
    Column("section", Text, nullable=False),
    Column("fact", Text, nullable=False),
)

#: Human rulings, append-only: triggers refuse every change, and each row seals the one before.
decisions = Table(
    "decisions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("previous", Text, nullable=False),
    Column("ruling", Text, nullable=False),
    Column("body", Text, nullable=False),
)

#: What could not be read; `source` is `given`, or `annotate` for what goes when its report is annotated again.
problems = Table(
    "problems",
    metadata,
    Column("sha256", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("report", Text),
    Column("body", Text, nullable=False),
    PrimaryKeyConstraint("sha256", "source"),
    Index("problems_by_report", "report"),
)

#: Reports that were removed on purpose: their hash and the reason, never their words.
tombstones = Table(
    "tombstones",
    metadata,
    Column("report", Text, primary_key=True),
    Column("sha256", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Index("tombstones_by_sha256", "sha256"),
)

#: What made the stored record, and the hash of its bytes. One row, or none where nothing is built.
build = Table(
    "build",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("format", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("sha256", Text, nullable=False),
)

#: Tables whose rows are sealed.
SEALED: Final = (
    meta,
    reports,
    arrivals,
    annotated,
    claims,
    features,
    facts,
    evidence,
    mentions,
    decisions,
    problems,
    tombstones,
    build,
)
