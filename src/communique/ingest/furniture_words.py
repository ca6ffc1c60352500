"""The tables of words that mark furniture, loaded once."""

import tomllib
from collections.abc import Iterable, Mapping
from importlib import resources

import msgspec


class Words(msgspec.Struct, frozen=True):
    """Rows of `data/furniture.toml` and `data/dateline_places.toml`, all in lower case."""

    interface: frozenset[str]
    interface_patterns: tuple[str, ...]
    published: tuple[str, ...]
    updated: tuple[str, ...]
    bylines: tuple[str, ...]
    desks: frozenset[str]
    agencies: frozenset[str]
    issuers: tuple[str, ...]
    credits: tuple[str, ...]
    credit_marks: tuple[str, ...]
    promotions: tuple[str, ...]
    promotion_pairs: tuple[tuple[str, str], ...]
    disclaimers: tuple[str, ...]
    feed_things: tuple[str, ...]
    feed_words: tuple[str, ...]
    related: frozenset[str]
    tags: tuple[str, ...]
    no_places: frozenset[str]
    english: frozenset[str]
    zones: Mapping[str, str]
    places: frozenset[str]


def _load() -> Words:
    rows: dict[str, object] = {}
    for name in ("furniture.toml", "dateline_places.toml"):
        rows |= tomllib.loads(resources.files("communique.data").joinpath(name).read_text("utf-8"))
    return msgspec.convert(rows, Words)


def longest_first(words: Iterable[str]) -> list[str]:
    """Words in the order in which an alternation has to try them."""
    return sorted(words, key=lambda w: (-len(w), w))


WORDS = _load()
