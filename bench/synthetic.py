"""Synthetic reports that bring their features: as many as wanted, day by day, the same for the same seed.

Words are numbers drawn with the frequencies of a language (Zipf), half of them from the vocabulary of a topic. Stories
begin every day and are told for up to three days, by some three outlets each: in words of their own, with figures and
names of the story, one quotation, and now and then a copy of another outlet's narration with a word exchanged in ten.
Outlets print a line of their own under every report. No sentence of any real report is used.
"""

import datetime as dt
from collections.abc import Iterator

import numpy as np

from communique.cluster.features import NAME, OPENS, QUOTED, STOP, Features
from communique.cluster.terms import Kind

WORDS = 60_000
STOPS = 150
TOPICS, TOPIC_WORDS = 300, 600
OUTLETS, LINE = 60, 20
LENGTH = 300
STORY_WORDS, STORY_NAMES = 40, 12
QUOTE, COPY = 30, 120
LEAD = 60
#: Shares of words that are of the topic, of the story, and its names, one upon the other.
ON_TOPIC, OF_STORY, NAMED = 0.28, 0.40, 0.48
#: Shares of reports that copy, and that quote; of a copy's words that are exchanged.
COPYING, QUOTING, EXCHANGED = 0.2, 0.5, 0.1
EPOCH = dt.date(2015, 1, 1).toordinal()
_MIX = np.uint64(0x9E3779B97F4A7C15)

_rng = np.random.default_rng(7)
HASHES = _rng.integers(1, 2**63, WORDS, dtype=np.uint64)
_CHANCE = 1 / (np.arange(WORDS) + 2.7)
_CHANCE /= _CHANCE.sum()
_CUMULATED = np.cumsum(_CHANCE)
_TOPIC = _rng.integers(STOPS, WORDS, (TOPICS, TOPIC_WORDS))
_TOPIC_CUMULATED = np.cumsum((w := 1 / (np.arange(TOPIC_WORDS) + 5)) / w.sum())
_LINES = _rng.integers(STOPS, WORDS, (OUTLETS, LINE))


def day(number: int, rate: int, seed: int = 1) -> list[Features]:
    """The reports of one day.

    Args:
        number: the day, from 0.
        rate: reports a day, about.
        seed: another seed, other reports.
    """
    return [report for back in range(3) for report in _told(number - back, back, rate, seed)]


def days(count: int, rate: int, seed: int = 1) -> Iterator[list[Features]]:
    """The reports of some days, day by day."""
    for number in range(count):
        yield day(number, rate, seed)


def _told(begun: int, later: int, rate: int, seed: int) -> Iterator[Features]:
    """What is told on a day of the stories that began some days before."""
    if begun < 0:
        return
    for story in range(max(1, rate // 3)):
        rng = np.random.default_rng([seed, begun, story])
        topic = _TOPIC[rng.integers(TOPICS)]
        own = rng.integers(STOPS, WORDS, STORY_WORDS)
        names = rng.integers(STOPS, WORDS, STORY_NAMES)
        quote = _prose(rng, topic, own, names, QUOTE)
        tellers = rng.choice(OUTLETS, min(OUTLETS, 1 + rng.geometric(0.33)), replace=False)
        first = _prose(rng, topic, own, names, LENGTH)
        for n, outlet in enumerate(tellers.tolist()):
            when = int(rng.choice(3, p=(0.7, 0.2, 0.1))) if n else 0
            body = first if not n else _prose(rng, topic, own, names, int(rng.integers(LENGTH // 2, 3 * LENGTH // 2)))
            if n and rng.random() < COPYING:
                body = np.concatenate((body[:40], _edited(rng, first[:COPY]), body[40:]))
            quoted = rng.random() < QUOTING
            if when == later:
                yield _features(
                    (seed, begun, story, n), outlet, begun + later, (body, quote if quoted else None, names)
                )


def _prose(rng: np.random.Generator, topic: np.ndarray, own: np.ndarray, names: np.ndarray, size: int) -> np.ndarray:
    """Words: two in five function words and common ones, the rest of the topic, the story and anything."""
    words = np.searchsorted(_CUMULATED, rng.random(size))
    kind = rng.random(size)
    on = kind < ON_TOPIC
    words[on] = topic[np.searchsorted(_TOPIC_CUMULATED, rng.random(int(on.sum())))]
    on = (kind >= ON_TOPIC) & (kind < OF_STORY)
    words[on] = own[rng.integers(0, len(own), int(on.sum()))]
    on = (kind >= OF_STORY) & (kind < NAMED)
    words[on] = names[rng.integers(0, len(names), int(on.sum()))]
    return np.minimum(words, WORDS - 1)


def _edited(rng: np.random.Generator, words: np.ndarray) -> np.ndarray:
    out = words.copy()
    on = rng.random(len(out)) < EXCHANGED
    out[on] = rng.integers(STOPS, WORDS, int(on.sum()))
    return out


def _features(
    key: tuple[int, ...], outlet: int, number: int, parts: tuple[np.ndarray, np.ndarray | None, np.ndarray]
) -> Features:
    body, quote, names = parts
    said = np.zeros(0, dtype=body.dtype) if quote is None else quote
    words = np.concatenate((body[:LEAD], said, body[LEAD:], _LINES[outlet]))
    flags = np.where(words < STOPS, STOP, 0) | np.where(np.isin(words, names), NAME, 0)
    flags[LEAD : LEAD + len(said)] |= QUOTED
    flags[[*range(0, len(body) + len(said), 20), len(body) + len(said)]] |= OPENS
    starts = np.arange(len(words), dtype=np.uint32) * 7
    terms, counts, kinds = _terms(words[: len(words) - LINE], flags)
    return Features(
        report="r" + "".join(f"{part:06x}" for part in key[::-1])[:24],
        outlet=f"Outlet {outlet}",
        published=dt.date.fromordinal(EPOCH + number).isoformat(),
        starts=starts.tobytes(),
        ends=(starts + 6).tobytes(),
        hashes=HASHES[words].tobytes(),
        flags=flags.astype(np.uint8).tobytes(),
        terms=terms.tobytes(),
        counts=counts.astype(np.uint16).tobytes(),
        kinds=kinds.tobytes(),
    )


def _terms(words: np.ndarray, flags: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Words and pairs of words, as the readers of real reports give them."""
    single = HASHES[words]
    telling = words >= STOPS
    both = telling[1:] & telling[:-1]
    pairs = (single[:-1] * _MIX + single[1:])[both]
    name = (flags[: len(words)] & NAME > 0)[telling]
    terms = np.concatenate((single[telling], pairs))
    kinds = np.concatenate((np.where(name, Kind.NAME, Kind.WORD), np.full(len(pairs), Kind.PAIR))).astype(np.uint8)
    weight = np.concatenate(
        (np.where(np.flatnonzero(telling) < LEAD, 2, 1), np.where(np.flatnonzero(both) < LEAD, 2, 1))
    )
    order = np.argsort(terms, kind="stable")
    terms, kinds, weight = terms[order], kinds[order], weight[order]
    begins = np.flatnonzero(np.concatenate(([True], terms[1:] != terms[:-1])))
    return terms[begins], np.add.reduceat(weight, begins), kinds[begins]
