"""The first schema.

Frozen: later changes are migrations of their own. The tables are said again, and not taken from `schema`, because
`schema` moves on.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

EXTRAS = (
    (
        "CREATE TRIGGER decisions_no_update BEFORE UPDATE ON decisions "
        "BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END"
    ),
    (
        "CREATE TRIGGER decisions_no_delete BEFORE DELETE ON decisions "
        "BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END"
    ),
    (
        "CREATE TRIGGER decisions_no_replace BEFORE INSERT ON decisions "
        "WHEN EXISTS (SELECT 1 FROM decisions WHERE number = NEW.number OR id = NEW.id) "
        "BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END"
    ),
    (
        "CREATE VIRTUAL TABLE report_words USING fts5("
        "text, content='reports', content_rowid='number', tokenize='unicode61 remove_diacritics 2')"
    ),
    (
        "CREATE TRIGGER report_words_insert AFTER INSERT ON reports "
        "BEGIN INSERT INTO report_words(rowid, text) VALUES (NEW.number, NEW.text); END"
    ),
    (
        "CREATE TRIGGER report_words_delete AFTER DELETE ON reports "
        "BEGIN INSERT INTO report_words(report_words, rowid, text) VALUES ('delete', OLD.number, OLD.text); END"
    ),
    (
        "CREATE VIRTUAL TABLE fact_words USING fts5("
        "words, content='facts', content_rowid='number', tokenize='unicode61 remove_diacritics 2')"
    ),
    (
        "CREATE TRIGGER fact_words_insert AFTER INSERT ON facts "
        "BEGIN INSERT INTO fact_words(rowid, words) VALUES (NEW.number, NEW.words); END"
    ),
    (
        "CREATE TRIGGER fact_words_delete AFTER DELETE ON facts "
        "BEGIN INSERT INTO fact_words(fact_words, rowid, words) VALUES ('delete', OLD.number, OLD.words); END"
    ),
)


def upgrade() -> None:
    """Make every table, trigger and index."""
    _reports()
    _readings()
    _record()
    for statement in EXTRAS:
        op.execute(statement)
    meta = sa.table("meta", sa.column("key"), sa.column("value"))
    op.bulk_insert(meta, [{"key": "program", "value": "communique"}])


def _reports() -> None:
    """The database itself, and reports as they arrive."""
    op.create_table(
        "meta",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "reports",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("raw", sa.LargeBinary, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("text_sha256", sa.Text, nullable=False),
        sa.Column("head", sa.Text, nullable=False),
    )
    op.create_index("reports_by_sha256", "reports", ["sha256"])
    op.create_table(
        "seals",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("rows", sa.Integer, nullable=False),
        sa.Column("sum", sa.Text, nullable=False),
    )
    op.create_table(
        "annotated",
        sa.Column("report", sa.Text, sa.ForeignKey("reports.id"), primary_key=True),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("claims", sa.Integer, nullable=False),
    )
    op.create_table(
        "arrivals",
        sa.Column("report", sa.Text, sa.ForeignKey("reports.id"), nullable=False),
        sa.Column("head_sha256", sa.Text, nullable=False),
        sa.Column("text_sha256", sa.Text, nullable=False),
        sa.Column("head", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("report", "head_sha256"),
    )


def _readings() -> None:
    """What is read in reports, what cannot be read, what is ruled."""
    op.create_table(
        "decisions",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("previous", sa.Text, nullable=False),
        sa.Column("ruling", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "problems",
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("report", sa.Text),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("sha256", "source"),
    )
    op.create_index("problems_by_report", "problems", ["report"])
    op.create_table(
        "tombstones",
        sa.Column("report", sa.Text, primary_key=True),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_index("tombstones_by_sha256", "tombstones", ["sha256"])
    op.create_table(
        "claims",
        sa.Column("report", sa.Text, sa.ForeignKey("reports.id"), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("qualifier", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("modality", sa.Text, nullable=False),
        sa.Column("holder", sa.Text),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("rule", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("report", "place"),
    )
    op.create_table(
        "features",
        sa.Column("report", sa.Text, sa.ForeignKey("reports.id"), primary_key=True),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("blob", sa.LargeBinary, nullable=False),
    )


def _record() -> None:
    """The record."""
    op.create_table(
        "build",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("format", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
    )
    op.create_table(
        "evidence",
        sa.Column("section", sa.Text, nullable=False),
        sa.Column("fact", sa.Text, nullable=False),
        sa.Column("report", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("section", "fact", "report", "start", "end"),
    )
    op.create_index("evidence_by_place", "evidence", ["report", "start"])
    op.create_table(
        "facts",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("section", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
    )
    op.create_index("facts_by_id", "facts", ["id", "section"])
    op.create_index("facts_by_section", "facts", ["section", "number"])
    op.create_table(
        "mentions",
        sa.Column("mention", sa.Text, primary_key=True),
        sa.Column("section", sa.Text, nullable=False),
        sa.Column("fact", sa.Text, nullable=False),
    )
