"""Transcripts: paragraphs after a speaker's label are that speaker's words, sentence by sentence."""

import re
from collections.abc import Iterator
from functools import cached_property

import msgspec

from communique.annotate.entities import Entities
from communique.annotate.nlp import Parse, Piece
from communique.annotate.quotation_found import Cue, Found, Kind, sentences, words
from communique.annotate.speakers import SAYERS, Speaker
from communique.model.mentions import EntityMention, Form
from communique.model.words import ActorKind

_LABEL = re.compile(r"(?P<name>[A-Z][^:\n.!?\"“”]{0,90}?)(?:\s*\([^()\n]{1,60}\))?\s*:(?=\s|$)")
_ASKERS = r"(?:Q|QUESTION|Question|JOURNALIST|Journalist|REPORTER|Reporter|MODERATOR|Moderator|PRESS)"
_QUESTION = re.compile(rf"{_ASKERS}(?: ?\d{{1,3}})?(?: ?\([^()\n]{{1,60}}\))?(?::|\s{{2,}}|$)|Q\s(?=[A-Z])")
_SMALL = frozenset(
    {"of", "the", "and", "for", "de", "la", "le", "al", "el", "da", "di", "du", "von", "van", "bin", "ibn", "to"}
)
_ROLE = re.compile(
    r"\b(?:president|premier|prime minister|vice president|minister|secretary|chancellor|chair(?:man|woman|person)?"
    r"|ambassador|general|governor|king|queen|prince|director|commissioner|speaker|spokes(?:man|woman|person)|senator|mayor|pm|answer|a)\b",
    re.IGNORECASE,
)
_END = re.compile(r"\s*(?:\*\s*\*\s*\*|<[….]+>|\[[….]+\]|END\b|_{3,}|-{3,}|#{3})")
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]{1,60}[)\]]\s*")
_GREETING = 5
_LEAST = 6
_SHORT = 20
#: Rule of what a transcript says; its sentences stand for themselves.
TRANSCRIPT = "transcript"
_TURNS = 2
_MARKS = re.compile('["“”]')
#: Share of paragraphs with quotation marks above which a report is prose; transcripts of the development sets have
#: at most a ninth, news reports with labels in them about a half.
_MARKED = 0.2
_WORDS = 14


class Turns(msgspec.Struct, frozen=True):
    """The speech of a transcript, and what is left: a parse without the paragraphs that labels introduce."""

    speech: tuple[Found, ...]
    narration: Parse


class _Label(msgspec.Struct, frozen=True):
    start: int
    end: int
    rest: int
    question: bool


def read(parse: Parse, entities: Entities) -> Turns:
    """Part a report into labelled speech and narration; a report with fewer than two labels is all narration."""
    labels = [
        label for line in re.finditer(r"[^\r\n]+", parse.report.text) if (label := _label(line, entities)) is not None
    ]
    if len(labels) < _TURNS:
        return Turns((), parse)
    people = _People(parse.report.text, entities)
    speech: list[Found] = []
    narration: list[Piece] = []
    number, current, prose = 0, None, _is_prose(parse)
    for piece in parse.pieces:
        while number < len(labels) and labels[number].start < piece.end:
            current = labels[number]
            number += 1
        if current is None or piece.kind is not None or (prose and current.start < piece.start):
            narration.append(piece)
        elif _END.match(piece.doc.text):
            current = None
        else:
            speech += _turn(parse, people, current, piece)
    return Turns(tuple(speech), Parse(parse.report, tuple(narration)))


def _is_prose(parse: Parse) -> bool:
    """Whether a report prints much speech between marks: then a label stands over its own paragraph alone."""
    running = [p for p in parse.pieces if p.kind is None]
    return sum(_MARKS.search(p.doc.text) is not None for p in running) > _MARKED * len(running)


def _label(line: re.Match[str], entities: Entities) -> _Label | None:
    text = line.string
    at = line.start() + len(line[0]) - len(line[0].lstrip())
    question = _QUESTION.match(text, at, line.end())
    if question is not None:
        return _Label(at, question.end(), question.end(), question=True)
    found = _LABEL.match(text, at, line.end())
    if found is None or not _names_speaker(found["name"], at, entities):
        return None
    return _Label(at, at + len(found["name"]), found.end(), question=False)


def _names_speaker(name: str, at: int, entities: Entities) -> bool:
    """Whether the words before a colon name a person or an office, and nothing else."""
    parts = re.findall(r"[\w'’.-]+", name)
    if not parts or len(parts) > _WORDS or not all(p[0].isupper() or p in _SMALL for p in parts):
        return False
    mention = entities.at(at, at + len(name))
    person = mention is not None and mention.kind is ActorKind.PERSON
    return person or bool(_ROLE.search(name))


def _turn(parse: Parse, people: "_People", label: _Label, piece: Piece) -> Iterator[Found]:
    """The sentences of one paragraph of a turn; thanks, greetings and asides are left out."""
    text = parse.report.text
    who = None if label.question else people.speaker(label)
    start = max(piece.start, label.rest) if label.start >= piece.start else piece.start
    lemma, stance = ("question", "ask") if label.question else ("label", "say")
    cue = Cue(label.start, label.end, lemma, stance)
    for a, b in _groups(text, start, piece.end):
        yield Found(start=a, end=b, content=((a, b),), kind=Kind.DIRECT, speaker=who, cue=cue, rule=TRANSCRIPT)


def _groups(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of a paragraph, a short one together with the one before it."""
    groups: list[tuple[int, int]] = []
    for a, b in sentences(text, start, end):
        aside = _ASIDE.match(text, a, b)
        begin = aside.end() if aside else a
        begin += len(text[begin:b]) - len(text[begin:b].lstrip())
        count = words(text, begin, b) if begin < b else 0
        if groups and _GREETING <= count < _SHORT:
            groups[-1] = (groups[-1][0], b)
        elif count >= _GREETING:
            groups.append((begin, b))
    return [(a, b) for a, b in groups if words(text, a, b) >= _LEAST]


class _People:
    """Who is behind a label, looked up once for each label and each name."""

    def __init__(self, text: str, entities: Entities) -> None:
        self._text = text
        self._entities = entities
        self._speakers: dict[int, Speaker] = {}
        self._known: dict[str, EntityMention | None] = {}

    def speaker(self, label: _Label) -> Speaker:
        if label.start not in self._speakers:
            name = self._text[label.start : label.end]
            mention = self._at(label) or self._known.get(name) or self._by_surname.get(_surname(name))
            self._known.setdefault(name, mention)
            self._speakers[label.start] = Speaker(label.start, label.end, mention)
        return self._speakers[label.start]

    def _at(self, label: _Label) -> EntityMention | None:
        """The name or office at a label; a country in it is not who speaks."""
        mention = self._entities.at(label.start, label.end)
        if mention is not None and mention.kind is not ActorKind.PERSON:
            head = self._entities.at(label.start, label.start + 1)
            mention = head if head is not None and head.kind is ActorKind.PERSON else mention
        wrong = mention is None or mention.kind not in SAYERS or mention.kind in {ActorKind.PLACE, ActorKind.COUNTRY}
        return None if wrong else mention

    @cached_property
    def _by_surname(self) -> dict[str, EntityMention | None]:
        """First named mention of the one person with a surname; None where several have it."""
        out: dict[str, EntityMention | None] = {}
        for mention in self._entities.mentions:
            if mention.kind is ActorKind.PERSON and mention.form is Form.NAME:
                first = out.setdefault(_surname(mention.name), mention)
                if first is not None and first.entity != mention.entity:
                    out[_surname(mention.name)] = None
        return out


def _surname(name: str) -> str:
    return name.rsplit(maxsplit=1)[-1].casefold()
