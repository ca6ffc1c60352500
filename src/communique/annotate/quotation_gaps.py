"""The words between a quotation and what reports it: which verb reports, whose verb it is, and what parts them."""

import bisect
import itertools
import re
from collections.abc import Sequence

from spacy.tokens import Token

from communique.annotate.nlp import Piece
from communique.annotate.quotation_cues import cues
from communique.annotate.speakers import subject, under

#: Words of neither speaker nor verb that may stand between a quotation and its reporting verb.
_LOOSE = 2
#: Words between a verb and a quotation that no comma parts from it; and of a label before a colon.
CLOSE = 5
_LABEL = 9
_OF_NAMES = frozenset({"of", "the", "for", "and", "from"})
#: Words that open what a label is about: "Kos on the quota:" names Kos, "On Kos:" names nobody.
_TOPICS = frozenset(
    {"on", "about", "in", "to", "at", "after", "with", "re", "regarding", "before", "during", "against"}
)
PERSONAL = frozenset({"he", "she", "they", "we", "i"})
_NOMINAL = frozenset({"PROPN", "NOUN", "PRON", "DET", "ADJ", "NUM"})
#: Words that open a clause about the quotation or beside it: a verb behind them does not report the quotation.
SUBORDINATE = frozenset(
    {"when", "after", "before", "if", "because", "that", "which", "who", "since", "until", "to", "for", "in", "at"}
)
#: Verbs that report only where no infinitive follows: "began to rise" does not.
_PHASES = frozenset({"begin", "continue", "go", "follow"})
DASHES = frozenset({"-", "–", "—", "--"})
_SIGNED = re.compile(r"(?:--?|[–—―~])\s*(?P<name>(?:(?:of|the|de|van|von|al|bin)\s|[A-Z][\w.'’-]*,?\s?){1,8})\.?")


def index_at(piece: Piece, offset: int) -> int:
    """Number of the first token of a piece that begins at an offset of the report or after it."""
    return bisect.bisect_left(piece.doc, offset - piece.start, key=lambda t: t.idx)


def reports(token: Token) -> bool:
    """Whether a word is a verb that can introduce direct speech."""
    if token.tag_[:1] != "V" or token.dep_ == "amod" or (token.tag_ == "VBN" and token.dep_ == "acl"):
        return False
    if token.lemma_ in _PHASES and any(c.dep_ in {"xcomp", "dobj"} for c in token.children):
        return False
    return cues().reports(token.lemma_)


def own(verb: Token) -> Token | None:
    """A verb's own subject."""
    return next((c for c in verb.children if c.dep_ == "nsubj"), None)


def first_conjunct(verb: Token) -> Token:
    """The first of the verbs that are joined with a verb which has a subject of its own."""
    for _ in range(CLOSE):
        if verb.dep_ != "conj":
            break
        verb = verb.head
    return verb


def aside(verb: Token) -> bool:
    """Whether a verb stands in a clause beside the one that reports: "once it goes on", "to counter", "so called"."""
    if any(c.dep_ in {"mark", "advmod"} and c.lower_ in SUBORDINATE and c.i < verb.i for c in verb.children):
        return verb.dep_ == "advcl"
    if verb.tag_ == "VBN":
        return not finite(verb)
    goes_on = verb.head.lemma_ in _PHASES and verb.head.i < verb.i  # "went on to say"
    return verb.tag_ == "VB" and any(c.lower_ == "to" for c in verb.lefts) and not goes_on


def stands_between(token: Token, verb: Token) -> bool:
    """Whether a word between a reporting verb and a quotation is a verb that reports nothing of it."""
    return (
        token.pos_ in {"VERB", "AUX"}
        and token.dep_ not in {"amod", "aux"}
        and not (aside(token) and verb.is_ancestor(token))
    )


def label_head(before: Sequence[Token]) -> Token | None:
    """The name before a colon, where the words since the sentence began, or since a dash, are nothing else."""
    dashes = [n for n, t in enumerate(before) if t.text in DASHES]
    words = [t for t in before[dashes[-1] + 1 if dashes else 0 :] if t.is_alpha]
    if not words or len(words) > _LABEL:
        return None
    if len(words) <= CLOSE and words[-1].lower_ in {"follows", "reads", "below"}:  # "Partial transcript as follows:"
        return next((t for t in words if t.lemma_ in cues().documents), None)
    if any(t.pos_ == "VERB" for t in words[1:]):
        return None
    if words[0].lower_ == "according":
        return next((t for t in words if t.dep_ == "pobj"), head_of_run(nouns(words)))
    if all(t.text[0].isupper() or t.lower_ in _OF_NAMES | _TOPICS for t in words):
        topic = next((n for n, t in enumerate(words) if t.lower_ in _TOPICS), len(words))
        return next(reversed(nouns(words[:topic])), None)
    return None


def finite(verb: Token) -> bool:
    """Whether a verb has a subject of its own to be told: no bare participle, no infinitive."""
    if verb.tag_ == "VBN" and own(verb) is not None:  # "Kos posted on X", where the parse takes it for a participle
        return True
    return verb.tag_ in {"VBD", "VBZ", "VBP"} or any(
        c.dep_ in {"aux", "auxpass"} and c.lower_ != "to" for c in verb.children
    )


def cue_at(near: list[Token]) -> bool:
    """Whether a gap begins with a reporting verb, or with a short name and one."""
    return any(reports(t) for t in near[:6])


def tag(after: Sequence[Token]) -> bool:
    """Whether what follows a full stop and closing mark is a name and a reporting verb, and nothing else."""
    said = [t for t in after if not (t.is_space or t.is_punct)]
    if not 1 < len(said) <= CLOSE or not reports(said[-1]) or not finite(said[-1]):
        return False
    return all(t.pos_ == "PROPN" or t.lower_ in PERSONAL for t in said[:-1])


def nominal(before: Sequence[Token]) -> Token | None:
    """Whose words a quotation is by a noun of speech: "her answer was: ...", "the minister's message to them: ..."."""
    verb = next((t for t in before if t.pos_ in {"VERB", "AUX"}), None)
    ahead = [t for t in before if verb is None or t.i < verb.i]
    noun = next((t for t in ahead if t.lemma_ in cues().speech_nouns and t.pos_ == "NOUN"), None)
    owner = next((c for c in noun.children if c.dep_ == "poss"), None) if noun is not None else None
    if noun is None or owner is None or before[-1].text not in {":", ","}:
        return None
    if verb is None:
        return owner if before[-1].text == ":" and noun.dep_ in {"ROOT", "nsubj", "dep"} else None
    rest = [t for t in before if t.i > verb.i and t.is_alpha]
    return owner if noun.dep_ == "nsubj" and verb.lemma_ in {"be", "read", "run"} and len(rest) <= CLOSE else None


def signed(text: str) -> str | None:
    """The name in a line of its own after a quotation: a dash and a name."""
    found = _SIGNED.fullmatch(text.strip())
    return found["name"] if found else None


def present(near: Sequence[Token]) -> Token | None:
    """A reporting verb in the present that the parse took for a noun: a name, it, and at most what it is said to."""
    for ahead, token in itertools.pairwise(near[: CLOSE + 1]):
        if ahead.pos_ not in {"PROPN", "PRON"}:
            return None
        noun = token.tag_ in {"NNS", "NNPS", "NN", "NNP"} and token.lower_.endswith("s")
        if noun and not cues().clause.isdisjoint((token.lower_[:-1], token.lower_[:-2])):
            return token
    return None


def nearest_name(verb: Token) -> Token | None:
    """The name right before a finite verb that no parsed subject holds: '"Judge," Kos said'."""
    if verb.i == 0 or verb.nbor(-1).pos_ != "PROPN" or verb.tag_ not in {"VBD", "VBZ"}:
        return None
    parsed = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"} and c.i < verb.i), None)
    held = parsed is not None and parsed.right_edge.i == verb.i - 1
    return None if held else verb.nbor(-1)


def inverted_start(before: Sequence[Token]) -> Token | None:
    """The name after a reporting verb that begins a sentence and ends in a colon: "Said Ana Kos:"."""
    said = [t for t in before if not t.is_punct]
    verb, name = (said[0], said[1:]) if said else (None, [])
    if verb is None or verb.tag_ not in {"VBD", "VBZ", "VBN"} or not all(t.pos_ == "PROPN" for t in name):
        return None
    return name[-1] if name and cues().reports(verb.lemma_) else None


def subject_within(verb: Token, gap: Sequence[Token]) -> Token | None:
    """The subject of a verb inside a gap: as parsed, else the nearest noun on either side."""
    inside = {t.i for t in gap}
    parsed = subject(verb)
    if verb.i > gap[0].i and verb.nbor(-1).text[0].isupper() and verb.nbor(-1).is_alpha:
        whole = parsed is not None and parsed.left_edge.i == gap[0].i and parsed.right_edge.i == verb.i - 1
        return parsed if whole else verb.nbor(-1)  # "the Ministry of Trade said"; "Minister Kos said"
    if parsed is not None and parsed.i in inside:
        return parsed
    ahead = nouns([t for t in gap if t.i < verb.i])
    behind = nouns([t for t in gap if t.i > verb.i])
    if ahead:
        return ahead[-1]
    return head_of_run(behind)


def outside_relative(verbs: Sequence[Token]) -> list[Token]:
    """The verbs that stand in no relative clause, if there are any: "a source, who must not speak, said"."""
    return [v for v in verbs if not _relative(v)] or list(verbs)


def _relative(verb: Token) -> bool:
    """Whether a verb stands in a relative clause."""
    for _ in range(CLOSE):
        if verb.dep_ == "relcl":
            return True
        if verb.dep_ not in {"xcomp", "conj", "aux", "advcl"}:
            return False
        verb = verb.head
    return False


def person_before(verb: Token, before: Sequence[Token]) -> Token | None:
    """The nearest name ahead of a verb that can be its subject, where the parse gives the verb none."""
    able = [t for t in before if t.i < verb.i and (t.pos_ == "PROPN" or t.lower_ in PERSONAL)]
    near = [t for t in able if t.dep_ in {"nsubj", "appos"}] or [t for t in able if t.i >= verb.i - _LOOSE]
    return near[-1] if near else None


def noun_like(token: Token | None) -> Token | None:
    """A subject that is one: no preposition or verb that the parse took for it."""
    return token if token is not None and token.pos_ in _NOMINAL else None


def nouns(tokens: Sequence[Token]) -> list[Token]:
    """The nouns among some words."""
    return [t for t in tokens if t.pos_ in {"PROPN", "NOUN", "PRON"}]


def head_of_run(nouns: Sequence[Token]) -> Token | None:
    """The last noun of the first unbroken run of nouns."""
    last = None
    for token in nouns:
        if last is not None and token.i != last.i + 1:
            break
        last = token
    return last


def adjacent(near: Sequence[Token], verb: Token, head: Token) -> bool:
    """Whether nothing but the speaker and small words stands between a quotation and the reporting verb."""
    if head.i > verb.i:
        lead = [t for t in near if t.i < verb.i]
        return len(lead) <= _LOOSE + 1
    owned = under(head)
    if _parenthesis(verb, owned[-1]):
        return True
    mine = {t.i for t in owned}
    loose = [
        t for t in near if t.i < verb.i and t.i not in mine and t.pos_ not in {"ADV", "AUX", "PART", "CCONJ", "PUNCT"}
    ]
    return len(loose) <= _LOOSE


def _parenthesis(verb: Token, last: Token) -> bool:
    """Whether commas set off what stands between a speaker and the verb: "Kos, after a pause, said"."""
    doc, before = verb.doc, verb.i - 1
    while before > last.i and doc[before].pos_ in {"ADV", "AUX"}:
        before -= 1
    return last.i + 1 < before and doc[last.i + 1].text == "," and doc[before].text == ","
