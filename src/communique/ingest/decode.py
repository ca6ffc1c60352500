"""Bytes to text, one unstorable character for one: offsets stay true whatever was in the file.

The order is: byte order mark, what the file or its carrier declares, strict UTF-8, nearly UTF-8, UTF-16 without a mark,
charset-normalizer. A page that is UTF-8 and declares a Western code page, as many do by mistake, is UTF-8.
"""

import codecs
import re

import charset_normalizer
import msgspec

REPLACEMENT = "\ufffd"
#: Name of the error handler: each byte that cannot be decoded becomes one U+FFFD (`replace` merges several).
ONE_FOR_ONE = "communique-one-for-one"

#: UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: First bytes of files that are no text: PDF, zip (DOCX), gzip, PNG, JPEG, GIF, OLE (DOC), ELF, SQLite, bzip2, xz, 7z.
_MAGIC = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "an Office file or an archive",
    b"\x1f\x8b": "packed",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\xd0\xcf\x11\xe0": "",
    b"\x7fELF": "",
    b"SQLite format 3\0": "",
    b"BZh9": "",
    b"\xfd7zXZ": "",
    b"7z\xbc\xaf": "",
}
#: What charset-normalizer may answer: the encodings that news archives use. Without it short texts become EBCDIC.
_CANDIDATES = [
    "cp1252",
    "cp1251",
    "cp1250",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "iso8859_2",
    "iso8859_9",
    "koi8_r",
    "mac_roman",
    "shift_jis",
    "euc_jp",
    "gb18030",
    "big5",
    "euc_kr",
]
#: What a file may declare, as Python names it -> what it is read as; anything else, UTF-7 among it, is not believed.
_DECLARED = {name.replace("_", "-"): name for name in _CANDIDATES} | {
    "utf-8": "utf-8",
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-2": "iso8859_2",
    "iso8859-9": "cp1254",
    "koi8-r": "koi8_r",
    "koi8-u": "koi8_u",
    "iso8859-5": "iso8859_5",
    "iso8859-6": "iso8859_6",
    "iso8859-7": "iso8859_7",
    "iso8859-8": "iso8859_8",
    "iso8859-15": "iso8859_15",
    "cp1257": "cp1257",
    "cp1258": "cp1258",
    "cp874": "cp874",
    "tis-620": "cp874",
    "mac-roman": "mac_roman",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp949": "cp949",
    "cp932": "cp932",
}
_SAMPLE = 32 * 1024  # bytes shown to charset-normalizer: more only costs time
_BINARY_SHARE = 0.1  # of control characters, above which bytes are no text; prose has none, a damaged file a few
_FEW_ACCENTS = 0.03  # of bytes above ASCII: English with quotes and names, where code pages cannot be told apart
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_CONTROL = re.compile("[\0-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
_CONTROL_BYTES = bytes((*range(1, 9), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F))  # NUL is U+FFFD in a text
_WIDE = ("utf-16", "utf-32")
#: Whole characters of UTF-8 above ASCII: what only begins like one is no sign of it, as pairs of East Asian codes do.
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
_VISIBLE = re.compile("[^\\s\ufeff\u200b\u200c\u200d\u2060]")


class Decoded(msgspec.Struct, frozen=True):
    """Text of a file, the encoding that it was read in, and how many of its characters are U+FFFD."""

    text: str
    encoding: str
    replaced: int


def _one_for_one(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    if error.encoding.startswith("utf-") and not error.encoding.startswith("utf-8"):
        return REPLACEMENT, error.end
    return REPLACEMENT * (error.end - error.start), error.end


codecs.register_error(ONE_FOR_ONE, _one_for_one)


def storable(text: str) -> str:
    """The text with NUL and lone surrogates each as one U+FFFD, so that any store can hold it."""
    return _UNSTORABLE.sub(REPLACEMENT, text)


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of a file. A byte order mark stays in it as U+FEFF, and so do all newlines as they are.

    Args:
        data: the file.
        declared: the encoding that it, or what carried it, says that it has.
    """
    return decode_as(data, _encoding(data, _believed(declared)))


def decode_as(data: bytes, encoding: str) -> Decoded:
    """The text of a file in an encoding that `decode` found before."""
    wide = encoding.startswith(_WIDE)
    text = data.decode(encoding, "surrogatepass" if wide and _strict(data, encoding, "surrogatepass") else ONE_FOR_ONE)
    text = storable(text) if wide else text.replace("\0", REPLACEMENT)  # no other encoding can give a lone surrogate
    return Decoded(text, encoding, text.count(REPLACEMENT))


def is_binary(data: bytes, decoded: Decoded) -> bool:
    """Whether the bytes are plainly no text: a known file of another kind, or full of control characters."""
    if data.startswith(tuple(_MAGIC)):
        return True
    if decoded.encoding.startswith(_WIDE):
        controls = len(_CONTROL.findall(decoded.text))
    else:  # each is one byte, and no part of another character
        controls = len(data) - len(data.translate(None, _CONTROL_BYTES)) + decoded.replaced
    return controls > _BINARY_SHARE * len(decoded.text)


def no_text(data: bytes) -> str:
    """What a file that is no text is, as far as its first bytes tell, and what to do about it."""
    kind = next((name for start, name in _MAGIC.items() if data.startswith(start)), "")
    return f"the file is {f'{kind}, ' if kind else ''}no text: add its text as .txt or .html"


def is_blank(text: str) -> bool:
    """Whether a text holds nothing that can be seen."""
    return _VISIBLE.search(text) is None


def _believed(declared: str | None) -> str | None:
    """A declared encoding as it is read, None where there is none or it is not believed."""
    try:
        return _DECLARED.get(codecs.lookup((declared or "").strip().strip("\"'")).name.replace("_", "-").lower())
    except (LookupError, ValueError):
        return None


def _encoding(data: bytes, declared: str | None = None) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark) and (encoding != "utf-32-le" or _strict(data, encoding)):
            return encoding
    if declared and declared != "cp1252" and _strict(data, declared):
        return declared
    if _strict(data, "utf-8") and not _wide(data):
        return "utf-8"
    return _wide(data) or ("utf-8" if _nearly_utf8(data) else declared or _guess(data))


def _strict(data: bytes, encoding: str, errors: str = "strict") -> bool:
    try:
        data.decode(encoding, errors)
    except UnicodeDecodeError:
        return False
    return True


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of Western text is NUL."""
    half = len(data) // 2
    if not half or len(data) % 2:
        return None
    if data.count(0) <= half // 2:
        return None
    high, low = data[1::2].count(0), data[::2].count(0)
    for encoding, nulls, others in (("utf-16-le", high, low), ("utf-16-be", low, high)):
        if nulls > half // 2 and not others and _strict(data, encoding):
            return encoding
    return None


def _nearly_utf8(data: bytes) -> bool:
    """Whether UTF-8 with a few damaged places explains the bytes: most of those above ASCII are whole characters."""
    whole = sum(len(m) for m in _MULTIBYTE.findall(data))
    return whole > _above(data) // 2


def _above(data: bytes) -> int:
    """Number of bytes above ASCII."""
    return len(data) - len(data.translate(None, bytes(range(0x80, 0x100))))


def _guess(data: bytes) -> str:
    if _above(data) <= _FEW_ACCENTS * len(data) and _strict(data, "cp1252"):
        return "cp1252"
    first = re.search(rb"[\x80-\xff]", data)
    start = max(0, (first.start() if first else 0) - 1024)
    found = charset_normalizer.from_bytes(data[start : start + _SAMPLE], cp_isolation=_CANDIDATES).best()
    return found.encoding if found else "utf-8"
