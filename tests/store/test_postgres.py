"""What is PostgreSQL's own: the other store tests hold on both engines."""

import threading
import time
from typing import TYPE_CHECKING

import pytest

from communique.errors import BusyError, StoreError, VersionError
from communique.model.decisions import Decision, Ruling
from communique.store.store import Store
from communique.store.verify import verify

if TYPE_CHECKING:
    from conftest import Server, World


@pytest.fixture
def url(server: "Server", world: "World") -> str:
    """A database that holds everything."""
    made = server.database()
    with Store.open(made) as store:
        world.fill(store)
        with store.writer("decide") as writer:
            writer.put_decision(Decision(ruling=Ruling.UNSURE, by="Ada", note="a"))
    return made


def schema_of(url: str) -> str:
    """Where the tables are."""
    return url.rpartition("%3D")[2]


@pytest.mark.parametrize(
    "statement", ["UPDATE decisions SET body = 'x'", "DELETE FROM decisions", "TRUNCATE decisions"]
)
def test_rulings_are_append_only(server: "Server", url: str, statement: str) -> None:
    """The server refuses to change a ruling, whoever asks."""
    with pytest.raises(Exception, match="exit status"):
        server.psql(statement, schema_of(url))
    with Store.open(url) as store:
        assert verify(store).sound


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE reports SET text = replace(text, 'Bergen', 'Narvik')", "text"),
        ("UPDATE reports SET raw = raw || 'x'::bytea", "raw"),
        ('UPDATE claims SET start = start + 1, "end" = "end" + 1 WHERE place = 0', "claim"),
        ("DELETE FROM evidence WHERE section = 'events'", "evidence"),
        ("UPDATE facts SET body = replace(body, '7th', '8th')", "fact"),
        ("DROP TRIGGER decisions_no_change ON decisions; DELETE FROM decisions", "rows"),
        ("ALTER TABLE decisions DISABLE TRIGGER decisions_no_change", "layout"),
        ("CREATE TABLE more (x int)", "layout"),
        ("DELETE FROM seals", "rows"),
    ],
)
def test_tampering_is_named(server: "Server", url: str, statement: str, kind: str) -> None:
    """Whoever changes a row by other means is found out, with what was changed."""
    server.psql(statement, schema_of(url))
    with Store.open(url) as store:
        assert kind in {finding.kind for finding in verify(store).findings}


def test_a_second_writer_is_told_who_is_in_the_way(url: str) -> None:
    """After its time of waiting it gives up, in one sentence; readers never wait."""
    with Store.open(url) as first, Store.open(url, busy_seconds=0.1) as second, first.writer():
        with pytest.raises(BusyError, match="another process is writing"), second.writer():
            pass
        with second.view() as view:
            assert view.decisions()


def test_a_writer_sees_what_the_one_before_it_wrote(url: str) -> None:
    """Waiting for another does not leave it with an old picture: rulings stay one chain."""

    def rule(store: Store, note: str) -> None:
        with store.writer() as writer:
            time.sleep(0.05)
            writer.put_decision(Decision(ruling=Ruling.UNSURE, by="Ada", note=note))

    with Store.open(url) as store:
        many = [threading.Thread(target=rule, args=(store, str(n))) for n in range(5)]
        for thread in many:
            thread.start()
        for thread in many:
            thread.join()
        with store.view() as view:
            assert len(view.decisions()) == 6
        assert verify(store).sound


def test_a_read_only_opening_writes_nothing(url: str) -> None:
    """The server itself is told to refuse."""
    with Store.open(url, read_only=True) as store, pytest.raises(StoreError, match="only to be read"), store.writer():
        pass


def test_a_server_that_is_not_there() -> None:
    """One sentence, no traceback, no password."""
    with pytest.raises(StoreError, match="cannot be reached") as told:
        Store.open("postgresql+psycopg://me:s3cret@/x?host=/nowhere")
    assert "s3cret" not in str(told.value)


def test_a_database_that_is_not_there(server: "Server") -> None:
    """The remedy is named."""
    with pytest.raises(StoreError, match="createdb"):
        Store.open(server.database().replace("/postgres?", "/nothing?"))


def test_a_database_of_another_program(server: "Server") -> None:
    """Tables of others are left alone."""
    made = server.database()
    server.psql("CREATE TABLE theirs (x int)", schema_of(made))
    with pytest.raises(VersionError, match="another program"):
        Store.open(made)


def test_a_newer_schema(server: "Server", url: str) -> None:
    """An older program refuses a newer store."""
    server.psql("UPDATE alembic_version SET version_num = '9999'", schema_of(url))
    with pytest.raises(VersionError, match="newer"):
        Store.open(url)


def test_words_are_found_whatever_their_accents(server: "Server", world: "World") -> None:
    """Letters decide, in any script; a word of enormous length does no harm."""
    text = "Straße, CAFÉ and संगठन. " + "x" * 300_000
    report = world.report(text, "long.txt")
    with Store.open(server.database()) as store:
        with store.writer() as writer:
            writer.put_report(report, text.encode())
        with store.view() as view:
            assert [hit.id for word in ("cafe", "straße", "x" * 300_000) for hit in view.search(word)] == [
                report.id
            ] * 3
