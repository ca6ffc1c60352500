"""Bytes to text, one for one."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.ingest.decode import decode, is_binary, is_blank, storable

CAFE = (
    "The café in Tartu, said Mrs Õun, was where the “small” agreement was made, and it holds. "
    + "It was long ago. " * 9
)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_valid_utf8_is_taken_as_it_is(text: str) -> None:
    """Strict UTF-8 wins over every guess, newlines and byte order mark kept."""
    data = text.encode()
    expected = data.decode("utf-8")
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        assert decode(data).text == expected


@given(st.binary(max_size=300))
def test_any_bytes_decode(data: bytes) -> None:
    """No bytes raise, and what comes out can be stored as UTF-8 without NUL."""
    text = decode(data).text
    assert "\0" not in text
    assert bool(text.encode()) is bool(data)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides(encoding: str) -> None:
    """The mark names the encoding and stays in the text as one character."""
    assert decode(CAFE.encode(encoding)).text == "\ufeff" + CAFE


def test_the_big_end_first_marks_decide_too() -> None:
    """UTF-16 and UTF-32 with the big end first are read by their marks."""
    assert decode(codecs.BOM_UTF16_BE + "Õun".encode("utf-16-be")).text == "\ufeffÕun"
    assert decode(codecs.BOM_UTF32_BE + "Õun".encode("utf-32-be")).text == "\ufeffÕun"


def test_utf16_without_a_mark_is_seen() -> None:
    """Every other byte NUL means UTF-16, not a binary file."""
    assert decode("Talks in Gaborone".encode("utf-16-le")).text == "Talks in Gaborone"
    assert decode("Talks in Gaborone".encode("utf-16-be")).text == "Talks in Gaborone"


def test_an_old_western_file_is_guessed() -> None:
    """Windows-1252 with curly quotes and accents is read without loss."""
    assert decode(CAFE.encode("cp1252")).text == CAFE


def test_cyrillic_in_an_old_encoding_is_guessed() -> None:
    """Windows-1251 is read as Cyrillic, not as accented Latin."""
    text = "Министры обсудили торговлю и договорились встретиться снова в следующем году в Кишинёве."
    assert decode(text.encode("cp1251")).text == text


def test_each_damaged_byte_is_one_character() -> None:
    """In nearly valid UTF-8 every byte that cannot be read is one U+FFFD, so offsets hold."""
    data = "“Õun”".encode() + b"\xe2\x80" + "é".encode() + b"\xff" + "“ok”".encode()
    found = decode(data)
    assert found.text == "“Õun”\ufffd\ufffdé\ufffd“ok”"
    assert found.replaced == 3


def test_nul_and_lone_surrogates_are_replaced_one_for_one() -> None:
    """What no store can hold becomes U+FFFD, everything else stays."""
    assert storable("a\0b\ud800c\x07\u200e") == "a\ufffdb\ufffdc\x07\u200e"
    assert decode(codecs.BOM_UTF16_LE + b"a\x00\x00\xd8b\x00").text == "\ufeffa\ufffdb"
    assert decode(codecs.BOM_UTF16_LE + b"a\x00b").text == "\ufeffa\ufffd"


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7 plain words", b"PK\x03\x04abc", b"\x89PNG\r\n", bytes(range(256)) * 3, b"\x1f\x8b\x08words"],
)
def test_files_of_other_kinds_are_binary(data: bytes) -> None:
    """A known beginning or many control characters make a file no text."""
    assert is_binary(data, decode(data))


def test_a_text_with_few_odd_characters_is_text() -> None:
    """One NUL in a page of words is damage, not another kind of file."""
    data = b"The ministers met.\0" + b" They met again." * 20
    assert not is_binary(data, decode(data))


def test_blank_means_nothing_to_see() -> None:
    """Blanks, byte order marks and zero-width characters are nothing."""
    assert is_blank("\ufeff \n\xa0\u200b")
    assert not is_blank(".")
