"""JSON lines."""

import json

import pytest

from communique.ingest.delivered import Delivered
from communique.ingest.jsonline import read
from communique.ingest.sources import Hints, Source
from communique.model.problems import ProblemCode
from communique.settings import DEFAULT_LIMITS


def line(data: bytes | dict[str, object], hints: Hints | None = None) -> Delivered:
    """What a line gives."""
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    return read(Source("f:1", raw, "jsonl", hints or Hints()), DEFAULT_LIMITS)


def test_the_known_keys_are_hints() -> None:
    """`source` is the outlet, `lang` the language; the line wins over the caller."""
    found = line(
        {"id": "a", "url": "u", "source": "o", "published": "p", "title": "t", "text": "x", "lang": "en"},
        Hints(outlet="other"),
    )
    assert found.hints == Hints(given_id="a", url="u", outlet="o", published="p", title="t", language="en")
    assert found.extra == {}


def test_other_keys_are_kept_as_text() -> None:
    """Unknown keys stay: texts as they are, other values as JSON, empty ones not at all."""
    found = line({"text": "x", "desk": "foreign", "tags": ["a", "b"], "rank": 1, "none": None, "id": ["odd"]})
    assert found.extra == {"desk": "foreign", "id": '["odd"]', "rank": "1", "tags": '["a","b"]'}


def test_a_number_may_be_an_id() -> None:
    """An id given as a number is the number's digits."""
    assert line({"id": 12, "text": "x"}).hints.given_id == "12"


def test_raw_is_the_text_in_utf8() -> None:
    """The hash of a line is taken of its text, so the same text on two lines is the same text."""
    assert line({"text": "Õun\u2029"}).raw == "Õun\u2029".encode()


@pytest.mark.parametrize("data", [b"{", b"[1]", b"null", b'{"id": "a"}', b'{"text": 3}', b"[" * 100_000, b"\xff"])
def test_a_bad_line_is_one_problem(data: bytes) -> None:
    """A line without a text is one Problem, however it is broken."""
    found = line(data)
    assert found.text is None
    assert [p.code for p in found.problems] == [ProblemCode.FORMAT]


def test_unstorable_characters_are_replaced_one_for_one() -> None:
    """NUL and lone surrogates that JSON can spell become U+FFFD, and are told."""
    found = line(b'{"text": "a\\u0000b\\ud800c", "k\\u0000": "\\udfff"}')
    assert found.text == "a\ufffdb\ufffdc"
    assert found.extra == {"k\ufffd": "\ufffd"}
    assert [p.code for p in found.problems] == [ProblemCode.REPLACED]


def test_an_old_encoding_is_read() -> None:
    """A line that is no UTF-8 is decoded as a file would be."""
    assert line('{"text": "The café was open, and it is said that he was there."}'.encode("cp1252")).text == (
        "The café was open, and it is said that he was there."
    )
