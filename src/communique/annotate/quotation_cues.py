"""The reporting words of `data/cues.toml`, ready for look-up by lemma."""

import functools
import importlib.resources
import tomllib

import msgspec
from spacy.tokens import Token

from communique.annotate.speakers import subject, under
from communique.model.claims import Modality

#: Stance of a quotation whose cue says what someone thinks or wants; nobody is recorded as having said it.
ATTITUDE = "attitude"


class Cues(msgspec.Struct, frozen=True):
    """What the table says, construction by construction; sets of lemmas."""

    stance: dict[str, str]
    clause: frozenset[str]
    object: frozenset[str]
    addressee: frozenset[str]
    description: frozenset[str]
    infinitive: frozenset[str]
    quote: frozenset[str]
    preposition: dict[str, frozenset[str]]
    attitude: dict[str, frozenset[str]]
    documents: frozenset[str]
    speech_nouns: frozenset[str]
    told_nouns: dict[str, str]
    issuing: frozenset[str]

    def reports(self, lemma: str) -> bool:
        """Whether a verb can introduce direct speech."""
        return lemma in self.clause or lemma in self.quote

    def stance_of(self, lemma: str) -> str:
        """Stance of a verb; `say` where the table has none."""
        return self.stance.get(lemma, "say")


@functools.cache
def cues() -> Cues:
    """The table, read once."""
    text = (importlib.resources.files("communique.data") / "cues.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    takes = {name: frozenset(lemmas) for name, lemmas in table["takes"].items()}
    return Cues(
        stance={lemma: stance for stance, lemmas in table["stance"].items() for lemma in lemmas},
        preposition={word: frozenset(lemmas) for word, lemmas in table["preposition"].items()},
        attitude={name: frozenset(lemmas) for name, lemmas in table["attitude"].items()},
        documents=frozenset(table["words"]["documents"]),
        speech_nouns=frozenset(table["words"]["speech_nouns"]),
        told_nouns={noun: stance for stance, nouns in table["nouns"].items() for noun in nouns},
        issuing=frozenset(table["words"]["issuing"]),
        **takes,
    )


_PLANNED = frozenset({"will", "shall", "wo", "'ll", "’ll"})
_UNSURE = frozenset({"would", "could", "might", "may", "should", "can", "must", "ca", "'d", "’d"})
_REALISED = frozenset(
    {"go", "continue", "come", "quote", "report", "like", "want", "proceed", "begin", "start", "keep", "use"}
)


def modality(verb: Token) -> Modality:
    """How a report puts an act of saying: said (`stated`), planned, denied, or merely possible."""
    helpers = [child for child in verb.children if child.dep_ in {"aux", "auxpass", "neg", "mark"}]
    if any(child.dep_ == "neg" for child in helpers):
        return Modality.DENIED
    words = {child.lower_ for child in helpers if child.dep_ != "mark"}
    if words & _PLANNED:
        return Modality.PLANNED
    if words & _UNSURE or any(child.lower_ in {"if", "unless"} for child in helpers if child.dep_ == "mark"):
        return Modality.HYPOTHETICAL
    if "to" in words and verb.dep_ in {"xcomp", "advcl", "acl", "relcl", "ccomp"}:
        return Modality.STATED if verb.head.lemma_ in _REALISED else Modality.PLANNED
    if verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"} and not any(c.dep_ == "nsubj" for c in verb.children):
        return modality(verb.head) if verb.head.i < verb.i and not helpers else Modality.STATED
    return Modality.STATED


_VERBAL = frozenset({"VERB", "AUX"})
_PRONOUNS = frozenset({"he", "she", "they", "it"})
#: Verbs whose subject may stand behind them; a name behind "told" is the one who is told.
_SAY = frozenset({"say", "note", "write", "add", "explain", "argue", "reply", "report"})
_HOPS = 8


def is_cue(token: Token) -> bool:
    """Whether a verb reports in a clause or an object."""
    return token.pos_ in _VERBAL and (token.lemma_ in cues().clause or token.lemma_ in cues().object)


def who(verb: Token) -> Token | None:
    """The subject of a reporting verb.

    A participle after a comma goes with the outermost reporting verb above it; a name that stands behind a verb
    between commas is its subject ("The plan, says Ana Kos, ..."); and a pronoun inside what somebody says, for a
    verb that goes on reporting, is that somebody ("Kos said he was glad and added").
    A document speaks for whoever issues it in the same clause.
    """
    behind = inverted(verb)
    return behind if behind is not None else _issuer(_subject(verb))


def _subject(verb: Token) -> Token | None:
    if verb.tag_ == "VBG" and verb.dep_ in {"advcl", "conj", "acl", "dep", "ccomp"}:
        for token in reversed(_above(verb)):
            found = subject(token)
            if found is not None:
                return found
    found = subject(verb)
    goes_on = found is not None and (found.lower_ in _PRONOUNS or verb.lemma_ == "add")
    if found is not None and goes_on and verb.dep_ == "conj" and found.head != verb:
        return next((s for s in map(subject, reversed(_above(verb))) if s is not None), found)
    return found


def _issuer(said_by: Token | None) -> Token | None:
    """Who issues a document that speaks: "the ministry released a statement saying ...", "... that read"."""
    if said_by is None:
        return None
    noun = said_by.head.head if said_by.tag_ in {"WDT", "WP"} and said_by.head.dep_ == "relcl" else said_by
    if noun.dep_ != "dobj" or noun.lemma_ not in cues().documents or noun.head.lemma_ not in cues().issuing:
        return said_by
    return subject(noun.head) or said_by


def _above(verb: Token) -> list[Token]:
    """The reporting verbs before a verb that it depends on, the nearest first."""
    above = zip(verb.ancestors, range(_HOPS), strict=False)
    return [a for a, _ in above if a.i < verb.i and a.sent == verb.sent and is_cue(a)]


def inverted(verb: Token) -> Token | None:
    """The name right behind a finite reporting verb that stands after a comma, up to the next mark."""
    doc, at = verb.doc, verb.i
    if verb.tag_ not in {"VBD", "VBZ"} or at == 0 or doc[at - 1].text != "," or verb.lemma_ not in _SAY:
        return None
    last = None
    for token in doc[at + 1 : at + 1 + _HOPS]:
        if token.pos_ != "PROPN":
            return last if token.is_punct else None
        last = token
    return None


def source(token: Token) -> Token | None:
    """Whose words a clause is given as: "according to Kos", "in the words of Kos", "in her words"."""
    if token.lower_ == "according":
        return next((t for t in under(token) if t.dep_ == "pobj" and t.head.lower_ == "to"), None)
    words = next((c for c in token.children if c.dep_ == "pobj" and c.lower_ == "words"), None)
    if token.lower_ != "in" or token.dep_ != "prep" or words is None:
        return None
    of = (t for c in words.children if c.lower_ == "of" for t in c.children if t.dep_ == "pobj")
    return next((c for c in words.children if c.dep_ == "poss"), next(of, None))
