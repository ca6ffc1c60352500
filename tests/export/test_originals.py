"""The way from a fact back to the files that were delivered."""

import hashlib
import html
import re
from pathlib import Path

import pytest

from communique import api
from communique.errors import NotFoundError
from communique.export.originals import Original, byte_rows

PAGE = (
    "<html><head><title>Joint commission meets in Dorrin</title></head><body><article>"
    "<h1>Joint commission meets in Dorrin</h1>"
    "<p>The 4th session of the Ostrava&ndash;Belmar Joint Commission on Fisheries was held in <b>Dorrin</b> "
    "on 3&nbsp;March 2021.</p>"
    "<p>Fisheries Minister Ana Ros\u00e9n said that the quota &quot;is fair to both shores&quot;.</p>"
    "</article></body></html>"
)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "dorrin.html"
    path.write_bytes(PAGE.encode())
    return path


def test_the_bytes_of_a_fact_are_its_words_in_the_page_as_delivered(page: Path, tmp_path: Path) -> None:
    """Markup and character references stand between the words; the hash is that of the file handed out."""
    with api.open(tmp_path / "x.db") as c:
        c.add([page])
        (session,) = (e for e in c.events() if e.type == "session")
        rows, raw = c.bytes_of(session.id), c.original("dorrin.html")
    assert raw == PAGE.encode()
    cut = [raw[int(r["first byte"]) : int(r["byte behind"])].decode() for r in rows]
    shown = [html.unescape(re.sub(r"<[^<>]{1,20}>", "", words)).replace("\xa0", " ") for words in cut]
    assert shown == [r["words"] for r in rows]
    assert any("&nbsp;" in words for words in cut)
    assert {r["sha256"] for r in rows} == {hashlib.sha256(raw).hexdigest()}
    assert {r["note"] for r in rows} == {""}


def test_bytes_that_give_another_text_are_told_and_not_guessed(page: Path, tmp_path: Path) -> None:
    """A report read from other bytes has no places: each row stays, empty, with the reason."""
    with api.open(tmp_path / "x.db") as c:
        c.add([page])
        report = c.report("dorrin.html")
        limits = c.limits
    span = report.span(0, 5)
    other = Original(report, b"<p>Another page</p>")
    (row,) = byte_rows([span], {report.head.id: other}, limits)
    assert (row["first byte"], row["byte behind"]) == ("", "")
    assert "another version" in row["note"]


def test_a_report_that_is_not_there_has_no_original(tmp_path: Path) -> None:
    """One clear error, as for every other question about a report."""
    with api.open(tmp_path / "x.db") as c, pytest.raises(NotFoundError):
        c.original("nowhere.html")
