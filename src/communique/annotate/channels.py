"""Through what a quotation came to the newsroom: a post, a statement, another body that quotes it, remarks."""

import bisect
import re
from collections.abc import Iterator, Sequence

import msgspec

_PLATFORM = (
    r"(?:X|Twitter|Facebook|Instagram|Telegram|Threads|Weibo|WeChat|LinkedIn|YouTube|TikTok|VK|Bluesky|Mastodon"
    r"|Truth Social|social media)"
)
_SITE = r"(?:(?:social media|microblogging) (?:platform|site|network) )?"
_WORD = r"[A-Z][\w'’&-]*"
_NAME = rf"(?:the )?{_WORD}(?: (?:of |for |the |and |& ){{0,2}}{_WORD}){{0,7}}"
_RELEASE = r"(?:(?:press|media) (?:release|statement)|(?:joint|official|written) statement|communiqu[eé])"
_TALK = (
    r"(?:meeting|talks|summit|session|discussions|conversation|phone call|telephone call|call|conference|ceremony"
    r"|forum|visit)"
)
#: What stands before talks: "the", "their second round of"; a press conference is a channel of its own.
_AT = r"(?:the|their|his|her|its|a) (?:(?!press|news|media)\w+[ -]){0,3}?"
#: How the value of a channel begins that is somebody told.
TOLD = "told "
_HEARERS = r"(?:reporters|journalists|lawmakers|parliament)"

#: A noun right after a name: who is told is "the Swedish ambassador".
_NOUN = (
    r"\s(?!(?:on|in|at|that|the|after|before|during|from|by|as|and|but|while|when|if|it|he|she|they|there|this|these"
    r"|last|late|early|over|of|for|to|via|about|with|through|under|ahead|how|why|what|his|her|their|its|a|an|we|i)\b)[a-z]"
)

_RULES = tuple(
    (re.compile(pattern), value)
    for pattern, value in (
        (rf"\bon (?:the )?{_SITE}({_PLATFORM})\b", "post on {}"),
        (rf"\b(?:to|via) (?:the )?{_SITE}({_PLATFORM})\b(?= (?:to|post|account)|,)", "post on {}"),
        (rf"\b({_PLATFORM}) (?:post|message|account|page|channel)\b", "post on {}"),
        (r"\b(?:a|his|her|its|the) (tweet|social media post)\b", "{}"),
        (rf"\b(?:quoted|cited) (?:\w+ ){{0,3}}?(?:by|in) ({_NAME})", "quoted by {}"),
        (rf"\bstatement (?:\w+ )?(?:by|from|of) ({_NAME})", "statement by {}"),
        (rf"\b({_RELEASE})\b", "{}"),
        (r"\b(?:a|the|that|this|his|her|its|their) (statement)\b", "{}"),
        (r"\b((?:press|news|media) (?:conference|briefing)|briefing)\b", "{}"),
        (rf"\b(?:interview|conversation) (?:to|with|for) ({_NAME})", "interview with {}"),
        (rf"\b(?:told|telling) ({_NAME}|{_HEARERS})\b(?!{_NOUN})", "told {}"),
        (rf"\b(?:at|during|in|after|before|following) {_AT}({_TALK})\b", "remarks at the {}"),
    )
)


class Channel(msgspec.Struct, frozen=True):
    """One link of the channel chain in plain words, and the characters that state it."""

    value: str
    start: int
    end: int


def channels(text: str, start: int, end: int, *, outside: Sequence[tuple[int, int]] = ()) -> Iterator[Channel]:
    """The channels that the words between two offsets name, each kind once, in the order of the rules.

    Args:
        text: the report's text.
        start: where the reporting sentence begins.
        end: where it ends.
        outside: ranges that do not count, sorted: the words said.
    """
    seen: set[str] = set()
    for pattern, value in _RULES:
        for found in pattern.finditer(text, start, end):
            if not _touches(outside, found.start(), found.end()):
                said = value.format(" ".join(found[1].split()))
                kind = "statement" if "statement" in said else value.split(maxsplit=1)[0]
                if kind not in seen:
                    seen.add(kind)
                    yield Channel(said, found.start(), found.end())
                break


def _touches(ranges: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a stretch shares characters with one of the last ranges that begin before its end."""
    until = bisect.bisect_left(ranges, (end, end))
    return any(b > start for _, b in ranges[max(0, until - 8) : until])
