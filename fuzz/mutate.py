"""Changes files as damage and malice do: by their structure, by their bytes, and with strings known to hurt."""

# ruff: noqa: E501 - files are written as others write them, and read better in one line

import gzip
import json
import random
import re
from collections.abc import Callable

_INSIDE = 0.7  # share of packed files and JSON that are changed inside: outside, one flipped bit ends them
_OFTEN, _SELDOM = 0.4, 0.05  # of texts, and of everything else inside JSON
_VALUES = (None, True, -1, 1e300, 10**30, "", "x", [], {}, [[]], {"value": 1}, ["x"], "2019-05-06", "&#x110000;", "\0")
LONGEST = 100_000  # bytes of a mutated input
_TOKEN = re.compile(rb"<[^>]{0,300}>|\"[^\"]{0,300}\"|&[^;\s]{1,12};|[\r\n]+|[^<\"&\r\n]{1,80}")
_NUMBER = re.compile(rb"\d{1,12}")
_HURTS = [
    b"&#x110000;", b"&#0;", b"&#xD800;", b"&a;", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<",
    b">", b'"', b"'", b"\0", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xff\xfe", "\u202e".encode(), "\u200b".encode(),
    "\u2028".encode(), "\U0001f600".encode(), b"<script>", b"</script>", b"<plaintext>", b"<textarea>", b"<svg><title>",
    b"<template>", b"<noscript>", b"<frameset>", b"<base href=//x>", b"{", b"[", b"}", b"]", b"\\u0000", b"\\ud800", b"\\", b",",
    b":", b"null", b"1e999", b"-1", b"99999999999999999999", b"\r\n\r\n", b"\r", b"WARC/1.0\r\n", b"Content-Length: 0\r\n",
    b"Transfer-Encoding: chunked\r\n", b"Content-Encoding: gzip\r\n", b"\x1f\x8b\x08", b"---\n", b"```", b"](", b"![", b"# ",
    b"encoding='utf-7'", b"charset=utf-16", b"xml:base='http://127.0.0.1:1/'", b"<item>", b"<entry>", b"<title>", b"</item>",
    b"May 6, 2019", b"\x0c", b"\x85", b"a" * 5000, b"(" * 3000, b"<b>" * 600, b"<a b='c' " + b"d=e " * 3000, b"&amp" * 2000,
]  # fmt: skip

type Change = Callable[[bytes, random.Random, list[bytes]], bytes]


def _place(data: bytes, chance: random.Random) -> int:
    return chance.randrange(len(data) + 1)


def flip(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:  # noqa: ARG001 - all changes are called alike
    """A few bytes are others."""
    out = bytearray(data)
    for _ in range(chance.randrange(1, 9)):
        if out:
            out[chance.randrange(len(out))] = chance.randrange(256)
    return bytes(out)


def cut(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:  # noqa: ARG001
    """The end is gone."""
    return data[: _place(data, chance)]


def drop(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:  # noqa: ARG001
    """A stretch is gone."""
    at = _place(data, chance)
    return data[:at] + data[at + chance.randrange(1, 200) :]


def hurt(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:  # noqa: ARG001
    """Strings known to hurt stand somewhere."""
    for _ in range(chance.randrange(1, 4)):
        at = _place(data, chance)
        data = data[:at] + chance.choice(_HURTS) + data[at:]
    return data


def tokens(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:  # noqa: ARG001
    """Tags, strings and lines are doubled, dropped, swapped or come many times."""
    parts = _TOKEN.findall(data)
    for _ in range(chance.randrange(1, 6)):
        if not parts:
            break
        one, other = chance.randrange(len(parts)), chance.randrange(len(parts))
        what = chance.randrange(4)
        if what == 0:
            parts[one : one + 1] = []
        elif what == 1:
            parts[one], parts[other] = parts[other], parts[one]
        else:
            parts[one:one] = [parts[other]] * (1 if what == 2 else chance.randrange(2, 400))  # noqa: PLR2004
    return b"".join(parts)


def numbers(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:  # noqa: ARG001
    """A number is another one: lengths, dates, references."""
    found = list(_NUMBER.finditer(data))
    if not found:
        return data
    place = chance.choice(found)
    new = chance.choice([b"0", b"-1", b"1", b"4294967296", b"999999999999", b"65536", b"9" * 30, b"1e9"])
    return data[: place.start()] + new + data[place.end() :]


def splice(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    """The head of one file and the tail of another."""
    other = chance.choice(others)
    return data[: _place(data, chance)] + other[_place(other, chance) :]


CHANGES: tuple[Change, ...] = (flip, cut, drop, hurt, hurt, tokens, tokens, numbers, splice)


def mutated(files: list[bytes], seed: str, number: int) -> bytes:
    """The input of a number: one to three changes of one file."""
    chance = random.Random(f"{seed} {number}")  # noqa: S311 - a sample, not a secret
    data = chance.choice(files)
    if data.startswith(b"\x1f\x8b") and chance.random() < _INSIDE:
        others = [gzip.decompress(f) for f in files[:9] if f.startswith(b"\x1f\x8b")]
        return gzip.compress(_changed(gzip.decompress(data), chance, others or [b""]), mtime=0)
    if data.startswith(b"{") and chance.random() < _INSIDE:
        lines = (json.dumps(_inside(json.loads(x), chance, files), ensure_ascii=False) for x in data.splitlines())
        return "\n".join(lines).encode("utf-8", "surrogatepass")[:LONGEST]
    return _changed(data, chance, files)


def _inside(value: object, chance: random.Random, files: list[bytes]) -> object:
    """A JSON value, changed inside: texts as files are, numbers and objects exchanged, members dropped or doubled."""
    if isinstance(value, str):
        return _changed(value.encode(), chance, files).decode("utf-8", "replace") if chance.random() < _OFTEN else value
    if isinstance(value, list):
        times = chance.choice([0, 1, 1, 1, 1, 2])
        return [_inside(v, chance, files) for v in value] * times
    if isinstance(value, dict):
        kept = {k: v for k, v in value.items() if chance.random() > _SELDOM}
        return {
            k: chance.choice(_VALUES) if chance.random() < _SELDOM else _inside(v, chance, files)
            for k, v in kept.items()
        }
    return chance.choice(_VALUES) if chance.random() < _SELDOM else value


def _changed(data: bytes, chance: random.Random, files: list[bytes]) -> bytes:
    for _ in range(chance.randrange(1, 4)):
        data = chance.choice(CHANGES)(data, chance, files)[:LONGEST]
    return data
