"""Plain text files."""

import pytest

from communique.ingest.sources import Source
from communique.ingest.textfile import read
from communique.model.problems import ProblemCode
from communique.settings import DEFAULT_LIMITS, Limits


def test_the_file_is_the_text() -> None:
    """Newlines and byte order mark are kept, and the raw bytes are the file's."""
    data = "\ufeffOne.\r\n\r\nTwo.\n".encode()
    found = read(Source("a.txt", data), DEFAULT_LIMITS)
    assert (found.text, found.raw, found.problems) == ("\ufeffOne.\r\n\r\nTwo.\n", data, ())


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", ProblemCode.EMPTY),
        (b"%PDF-1.4", ProblemCode.BINARY),
        (b"\0\1\2\3\4\5\6", ProblemCode.BINARY),
        (b"\n<!DOCTYPE html><p>Words", ProblemCode.FORMAT),
        (b'<?xml version="1.0"?><rss/>', ProblemCode.FORMAT),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, code: ProblemCode) -> None:
    """Another kind of file under a text's name is one Problem and no text."""
    found = read(Source("a.txt", data), DEFAULT_LIMITS)
    assert found.text is None
    assert [p.code for p in found.problems] == [code]
    assert found.problems[0].sha256


def test_a_guessed_encoding_is_told() -> None:
    """A file that is no UTF-8 is read in a code page, and a Problem says which; nothing of it is lost."""
    data = "He said that the café was open all day. ".encode("cp1252") * 5
    found = read(Source("a.txt", data), DEFAULT_LIMITS)
    assert found.text == "He said that the café was open all day. " * 5
    assert [(p.code, "cp1252" in p.message) for p in found.problems] == [(ProblemCode.ENCODING, True)]


@pytest.mark.parametrize(("nuls", "told"), [(0, 0), (1, 0), (2, 1)])
def test_damage_is_told_above_the_share(nuls: int, told: int) -> None:
    """Up to the share of replaced characters nothing is said, above it one Problem, the text kept."""
    data = b"\0" * nuls + b"x" * (1000 - nuls)
    found = read(Source("a.txt", data), Limits(replaced_share=0.001))
    assert found.text == "\ufffd" * nuls + "x" * (1000 - nuls)
    assert [p.code for p in found.problems] == [ProblemCode.REPLACED] * told
