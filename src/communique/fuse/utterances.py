"""Quotations as `fuse` compares them: one for each mention, with whose words they are said to be."""

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from communique.fuse.dossiers import DECIDED, Dossier, Dossiers
from communique.fuse.wordings import Words
from communique.model.claims import Claim, Modality
from communique.model.spans import Span
from communique.model.words import Mode

_WHOLE = "whole"
_DIRECT = "direct"
_INDIRECT = "indirect"
#: Words of an indirect statement.
_LEAST = 4
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
#: Stance of what is attributed to somebody's mind; rule and form of a transcript's sentences and of its questions.
_ATTITUDE = "attitude"
_TRANSCRIPT = "transcript"
_PRONOUN = "pronoun"
#: Rule of what a report prints a second time, cut and without marks.
_REPEAT = "repeat"


class Said(msgspec.Struct, frozen=True):
    """One report's version of one thing said.

    Attributes:
        id: the quotation's mention id.
        content: the words, as printed; of words in several pieces the longest piece.
        whole: the span of the whole utterance, where this is its first sentence.
        direct: whether the report prints it as somebody's own words.
        speaker: actor who is named as the speaker, None where nobody is, or nobody known.
        by_pronoun: whether a pronoun stands for the speaker.
        utterance: what the sentences of one utterance share; None for what is an utterance of its own.
        channel: the channel chain.
        stance: stance of the reporting word.
        addressee: actor who is spoken to.
        words: the words for comparison.
        repeat: whether it repeats, cut short, what stands elsewhere in the report: no telling of its own.
        printed: actor whom the report itself names; the speaker, where it names nobody.
        decided: whether a person said who the speaker is.
    """

    id: str
    content: Span
    whole: Span | None
    direct: bool
    speaker: str | None
    by_pronoun: bool
    utterance: tuple[object, ...] | None
    channel: tuple[str, ...]
    stance: str | None
    addressee: str | None
    words: Words
    repeat: bool = False
    printed: str | None = None
    decided: bool = False

    @property
    def report(self) -> str:
        """Id of the report."""
        return self.content.report

    @property
    def mode(self) -> Mode:
        """How the report prints it."""
        return Mode.DIRECT if self.direct else Mode.INDIRECT


def said(dossiers: Dossiers, resolve: Mapping[str, str]) -> Iterator[Said]:
    """What was said, in the order of the mentions: no thoughts, nothing unsaid, no hearsay without a speaker."""
    for dossier in dossiers.of("q"):
        content = [c for c in dossier.all("content") if c.qualifier != _WHOLE]
        if not content or content[0].modality is not Modality.STATED or _silent(dossier) or _scrap(dossier, content):
            continue
        one = _said(dossiers, dossier, content, resolve)
        if one.direct or one.speaker is not None:
            yield one


def _scrap(dossier: Dossier, content: Sequence[Claim]) -> bool:
    """Too few words to say anything, none of them between marks: "river data"."""
    told = sum(len(_WORD.findall(c.span.text)) for c in content)
    return dossier.value("mode") == _INDIRECT and told < _LEAST


def _silent(dossier: Dossier) -> bool:
    """A thought, or a journalist's question: nobody's statement."""
    question = (
        dossier.claims[0].rule == _TRANSCRIPT and not dossier.all("speaker") and dossier.value("cue") == "question"
    )
    return question or dossier.value("stance") == _ATTITUDE


def _said(dossiers: Dossiers, dossier: Dossier, content: Sequence[Claim], resolve: Mapping[str, str]) -> Said:
    speaker = next((c for c in dossier.all("speaker") if not c.qualifier), None)
    whole = next((c.span for c in dossier.all("content") if c.qualifier == _WHOLE), None)
    own = next((c for c in dossier.claims if c.field == "speaker" and not c.qualifier and c.rule != DECIDED), speaker)
    direct = dossier.value("mode") == _DIRECT
    mention = dossiers.get(speaker.value) if speaker else None
    addressee = dossier.value("addressee")
    return Said(
        id=dossier.subject,
        content=max((c.span for c in content), key=lambda s: (s.end - s.start, -s.start)),
        whole=whole,
        direct=direct,
        speaker=resolve.get(speaker.value) if speaker else None,
        by_pronoun=mention is not None and mention.value("form") == _PRONOUN,
        utterance=_utterance(dossier, content[0].rule, speaker) if direct else None,
        repeat=content[0].rule == _REPEAT,
        printed=resolve.get(own.value) if own else None,
        decided=speaker is not None and speaker.rule == DECIDED,
        channel=dossier.values("channel"),
        stance=dossier.value("stance"),
        addressee=resolve.get(addressee) if addressee else None,
        words=Words.of(" ".join(c.span.text for c in content)),
    )


def _utterance(dossier: Dossier, rule: str, speaker: Claim | None) -> tuple[object, ...] | None:
    cue = dossier.first("cue")
    if cue is None or rule == _TRANSCRIPT:
        return None
    return (cue.span, speaker.span if speaker else None, rule == _REPEAT)
