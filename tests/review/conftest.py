"""A database in which every kind of question waits."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from communique import api

ROWS = [
    {
        "id": "one",
        "source": "Sarn Gazette",
        "published": "2029-03-06",
        "text": "The 7th session of the Velmark-Ostia Joint Fisheries Commission was held in Sarn on 5 March 2029. It "
        "was co-chaired by Ada Brenn and Ivo Talmar. “We will count every cod in the strait before the summer ends,” "
        "a minister said.",
    },
    {
        "id": "two",
        "source": "Ostia Today",
        "published": "2029-03-06",
        "text": "Fisheries Minister Ivo Talmar co-chaired the 7th session of the Velmark-Ostia Joint Fisheries "
        "Commission in Sarn on 4 March 2029. Eve Talmar signed the minutes. “We will count every cod in the strait "
        "before the summer ends,” Ivo Talmar said.",
    },
    {
        "id": "three",
        "source": "Quill Courier",
        "published": "2030-09-12",
        "text": "Prime Minister Lena Okoro met Ada Brenn in Bremma on 11 September 2030. Minister Talmar stayed away, "
        "and Talmar said nothing.",
    },
]


@pytest.fixture(scope="session")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database: copy it, never change it."""
    path = tmp_path_factory.mktemp("waiting") / "x.db"
    with api.open(path) as c:
        assert c.add(ROWS, workers=0).added.new == len(ROWS)
    return path


@pytest.fixture
def c(waiting: Path, tmp_path: Path) -> Iterator[api.Communique]:
    """A copy that a test may change."""
    (tmp_path / "c.db").write_bytes(waiting.read_bytes())
    with api.open(tmp_path / "c.db") as opened:
        yield opened
