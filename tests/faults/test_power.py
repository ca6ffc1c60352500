"""Power cuts (promise R2): whatever became of the last writes, what is found is a moment of the past."""

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import older
import pytest

from communique import pipeline
from communique.ingest.sources import Source
from communique.store.store import Store
from communique.store.verify import verify

pytestmark = pytest.mark.promise("R2")

SECTOR = 512
PAGE = 4096
#: Where there is a disk of memory: the cuts are made by us, and wait for no other disk.
MEMORY = Path("/dev/shm")  # noqa: S108 - as above
FRESH = random.SystemRandom().randrange(1 << 32)


class Moment(NamedTuple):
    """The two files of a database at a commit: the main one and the log."""

    main: bytes
    log: bytes


class Past(NamedTuple):
    """Moments of a build, and every state that was ever committed, as its rows."""

    moments: list[Moment]
    states: list[object]


@pytest.fixture(scope="module")
def past(examples: tuple[Source, ...], remembering: Any, tmp_path_factory: pytest.TempPathFactory) -> Past:
    """A build of the examples, three inputs at a time, looked at before and after every commit."""
    path = tmp_path_factory.mktemp("past") / "x.db"
    found = Past([], [])

    def keep(_point: str) -> None:
        log = Path(f"{path}-wal")
        if log.exists() and log.stat().st_size:
            found.moments.append(Moment(path.read_bytes(), log.read_bytes()))
        found.states.append(older.rows(path))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "BATCH", 3)
        with Store.open(path, on_commit=keep) as store:
            found.states.append(older.rows(path))
            pipeline.add(store, examples, remembering)
            pipeline.build(store, remembering)
    return found


def harmed(data: bytes, chance: random.Random) -> bytes:
    """A file as a power cut may leave it: cut, or sectors of it never written, garbled, or written in another order."""
    at = chance.randrange(len(data) // SECTOR) * SECTOR
    kind = chance.choice(["shorter", "torn", "never written", "garbled", "one bit", "exchanged"])
    if kind == "shorter":
        return data[:at]
    if kind == "torn":
        return data[: chance.randrange(len(data))]
    if kind == "exchanged":
        other = chance.randrange(len(data) // SECTOR) * SECTOR
        one, two = sorted((at, other))
        first, second = data[one : one + SECTOR], data[two : two + SECTOR]
        return data[:one] + second + data[one + SECTOR : two] + first + data[two + SECTOR :] if one < two else data
    if kind == "one bit":
        place = chance.randrange(len(data))
        return data[:place] + bytes([data[place] ^ 1 << chance.randrange(8)]) + data[place + 1 :]
    sector = chance.randbytes(SECTOR) if kind == "garbled" else bytes(SECTOR)
    return data[:at] + sector + data[at + SECTOR :]


def laid(folder: Path, moment: Moment) -> Path:
    """The files of a moment in a folder of their own."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "x.db").write_bytes(moment.main)
    (folder / "x.db-wal").write_bytes(moment.log)
    return folder / "x.db"


def cut_again(folder: Path, moment: Moment, chance: random.Random) -> Moment:
    """The power goes once more while what the log holds is carried over: some pages are, some are not, one is torn."""
    path = laid(folder, moment)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
        raw.execute("PRAGMA wal_checkpoint(PASSIVE)")
        after = path.read_bytes()
    before = moment.main.ljust(len(after), b"\0")
    pages = []
    for at in range(0, len(after), PAGE):
        old, new = before[at : at + PAGE], after[at : at + PAGE]
        torn = chance.randrange(PAGE // SECTOR) * SECTOR
        pages.append(chance.choice([old, new, new[:torn] + old[torn:]]))
    return Moment(b"".join(pages), moment.log)


def test_a_power_cut_leaves_a_beginning(
    past: Past,
    examples: tuple[Source, ...],
    remembering: Any,
    record_bytes: bytes,
    tmp_path: Path,
    count: Callable[[int, int], int],
    figure: Callable[[str], None],
) -> None:
    """Never an error, and the rows are those of one commit; some are verified whole and gone on with."""
    chance = random.Random(FRESH)  # noqa: S311 - a sample, not a secret
    cuts, twice, gone_on = count(100, 20_000), 0, 0
    folder = Path(shutil.copytree(tmp_path, MEMORY / f"cuts-{FRESH}")) if MEMORY.is_dir() else tmp_path / "cuts"
    for number in range(cuts):
        moment = chance.choice(past.moments)
        moment = Moment(moment.main, harmed(moment.log, chance))
        if number % 100 == 0:
            moment = cut_again(folder, moment, chance)
            twice += 1
        path = laid(folder, moment)
        assert older.rows(path) in past.states, f"seed {FRESH}, cut {number}"
        if number % (cuts // 20) == 0:
            with Store.open(path) as store:
                assert verify(store).sound
                pipeline.add(store, examples, remembering)
                assert pipeline.build(store, remembering).encode() == record_bytes
            gone_on += 1
    shutil.rmtree(folder)
    figure(f"{cuts} cuts (seed {FRESH}), {twice} of them cut again: each a moment of the past; {gone_on} gone on with")
