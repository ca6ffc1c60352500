"""Whether a happening took place, is under way, planned, asked for, offered, called off, denied or only supposed.

Read off the dependency parse: from the word that names the happening upwards, each verb, noun, preposition and
auxiliary on the way may say something about it; the most careful word wins. Where nothing says that it took place,
the answer is None, never `happened`.
"""

from collections.abc import Iterable, Iterator

import msgspec
from spacy.tokens import Token

from communique.annotate.modality_signs import (
    AUXILIARY,
    CLAUSAL,
    SHORT_OF,
    Sign,
    bids,
    denied,
    is_off,
    lemma_of,
    negates,
    nothing_done,
    phrasal,
    shortened,
    sign_of,
    supposed,
    words,
)
from communique.model.claims import Modality

_STEPS = 12
_VERBAL = ("VERB", "AUX")
_MARGINS = frozenset(
    {"sideline", "sidelines", "margin", "margins", "fringe", "fringes", "occasion", "framework", "course"}
)


class Reading(msgspec.Struct, frozen=True):
    """What the words say of a happening: `status`, None where they leave it open, and whether the words are plain.

    `firm` is True where words beside the happening itself say it, not only the frame it stands in.
    """

    status: Modality | None
    firm: bool = False


#: The most careful sign decides. PAST and PRESENT are what is left when nothing else was said.
_VERDICTS = (
    (Sign.CANCELLED, Modality.CANCELLED),
    (Sign.DENIED, Modality.DENIED),
    (Sign.HYPOTHETICAL, Modality.HYPOTHETICAL),
    (Sign.REQUESTED, Modality.REQUESTED),
    (Sign.OFFERED, Modality.OFFERED),
    (Sign.PLANNED, Modality.PLANNED),
)
_GOVERNED = (
    *CLAUSAL,
    *("prep", "pobj", "dobj", "nsubjpass", "attr", "appos", "acomp", "dep", "npadvmod", "agent", "dative"),
)
_CAREFUL = tuple(sign for sign, _ in _VERDICTS)


def of_verb(verb: Token, *, headline: bool = False) -> Reading:
    """What the words say of the happening that a verb names.

    Args:
        verb: the verb itself, not its auxiliary.
        headline: whether it stands in a headline, where the present tense tells of the past and "to" of the future.
    """
    undone = [Sign.DENIED] if nothing_done(verb) else []
    return _verdict([*undone, *_signs_of_verb(verb)], headline=headline)


def of_noun(noun: Token, carrier: Token | None = None, *, headline: bool = False) -> Reading:
    """What the words say of the happening that a noun names: those beside it first, then what governs it.

    Args:
        noun: the noun.
        carrier: the verb that only carries it, such as "held" in "held talks"; None where there is none.
        headline: as for `of_verb`.
    """
    beside = list(_beside(noun))
    reading = _verdict(beside, headline=headline)
    above = list(_carried(noun, carrier)) if carrier is not None else list(_framing(noun))
    if reading.status is Modality.PLANNED and carrier is not None and Sign.CANCELLED in above:
        return Reading(Modality.CANCELLED, firm=True)  # "the session, due in May, was called off"
    if reading.status not in (None, Modality.HAPPENED, Modality.ONGOING):
        return reading
    governed = _verdict([*beside, *above], headline=headline)
    if reading.status is Modality.HAPPENED and governed.status is None:
        return reading
    return governed


def _verdict(signs: list[Sign], *, headline: bool) -> Reading:
    for sign, modality in _VERDICTS:
        if sign in signs:
            return Reading(modality, firm=True)
    if Sign.CONDITIONAL in signs:
        said = Sign.SAID in signs and Sign.PAST in signs
        return Reading(Modality.PLANNED if said else Modality.HYPOTHETICAL, firm=True)
    if Sign.HAPPENED in signs and Sign.OPEN not in signs:
        return Reading(Modality.HAPPENED, firm=True)
    if Sign.ONGOING in signs or Sign.OPEN in signs:
        return Reading(None if Sign.OPEN in signs else Modality.ONGOING)
    return _by_tense(signs, headline=headline)


def _by_tense(signs: list[Sign], *, headline: bool) -> Reading:
    tense = next((s for s in signs if s in (Sign.PAST, Sign.PRESENT)), None)
    if tense is Sign.PAST or (tense is Sign.PRESENT and headline):
        return Reading(Modality.HAPPENED)
    return Reading(Modality.ONGOING if tense is Sign.PRESENT else None)


def _signs_of_verb(verb: Token) -> Iterator[Sign]:
    """The signs of a verb and of all that governs it, nearest first."""
    at, steps, tensed = verb, 0, False
    while True:
        if at.pos_ in _VERBAL or at.tag_.startswith("VB"):
            own = list(_own(at, tensed=tensed))
            tensed = tensed or Sign.PAST in own or Sign.PRESENT in own
            yield from own
        step = _step(at)
        steps += 1
        if step is None or steps > _STEPS:
            return
        at, signs = step
        yield from signs


def _own(verb: Token, *, tensed: bool) -> Iterator[Sign]:
    """What a verb's own auxiliaries, marks and adverbs say. `tensed`: a lower verb has its tense already."""
    table = words()
    helpers = [c for c in verb.children if c.dep_ in AUXILIARY]
    if supposed(verb, helpers):
        yield Sign.HYPOTHETICAL
    elif denied(verb, helpers) and table.verbs.get(phrasal(verb)) not in (Sign.DENIED, Sign.CANCELLED):
        yield Sign.DENIED
    for child in verb.children:
        low = child.lower_
        if negates(child):
            continue
        if child in helpers and low in table.modals:
            yield table.modals[low]
        elif child.dep_ == "mark" and low in table.marks:
            yield table.marks[low]
        elif child.dep_ == "advmod" and low in table.adverbs:
            yield table.adverbs[low]
    if not tensed:
        yield from _tense(verb, helpers)


def _tense(verb: Token, helpers: list[Token]) -> Iterator[Sign]:
    tags = {h.tag_ for h in helpers}
    lemmas = {h.lemma_ for h in helpers}
    if "MD" in tags or bids(verb, helpers):
        yield from () if "MD" in tags else (Sign.REQUESTED,)
    elif verb.tag_ == "VBG" and "be" in lemmas:
        yield Sign.PAST if "VBD" in tags and not _coming(verb) else Sign.ONGOING
    elif "TO" in tags and ("have" not in lemmas or verb.head.lemma_ == "be"):
        yield from _infinitive(verb)
    elif verb.tag_ == "VBD" or "VBD" in tags or "have" in lemmas or (verb.tag_ == "VBN" and not helpers):
        yield Sign.PAST
    elif verb.tag_ in ("VBZ", "VBP") or (verb.tag_ == "VBN" and "be" in lemmas):
        yield Sign.PRESENT


def _coming(verb: Token) -> bool:
    """Whether "was going" is the past of a plan."""
    return verb.lemma_ == "go" and any(c.dep_ == "xcomp" for c in verb.children)


def _infinitive(verb: Token) -> Iterator[Sign]:
    """An infinitive of purpose, or "is to visit", tells of what lay ahead."""
    above = verb.head
    predicate = any(c.dep_ in ("acomp", "attr") for c in above.children)
    if verb.dep_ in ("ROOT", "advcl", "relcl", "acl") or (above.lemma_ in ("be", "go") and not predicate):
        yield Sign.PLANNED


def _step(at: Token) -> tuple[Token, list[Sign]] | None:
    """The next word above, with what it says of what stands below it; None where a clause stands on its own."""
    head, dep = at.head, at.dep_
    own_clause = dep in ("relcl", "parataxis") or (dep == "advcl" and not _dependent(at))
    if head == at or own_clause or (dep != "conj" and head.dep_ in AUXILIARY):
        return None
    if dep == "conj":
        return _step_over_conjunct(at)
    if dep in _GOVERNED:
        return head, list(_governing(head, at))
    if dep in ("nsubj", "compound", "nmod", "poss"):
        return head, list(_copular(head)) if dep == "nsubj" else []
    return None


def _step_over_conjunct(at: Token) -> tuple[Token, list[Sign]] | None:
    """A verb without a subject of its own shares the auxiliaries of the verb it is joined to."""
    head = at.head
    if at.tag_.startswith("VB") and any(c.dep_ in ("nsubj", "nsubjpass") for c in at.children):
        shared = [words().marks[c.lower_] for c in head.children if c.dep_ == "mark" and c.lower_ in words().marks]
        return (head.head, shared) if head.head != head and shared else None
    return head, []


def _dependent(verb: Token) -> bool:
    """Whether an adverbial clause has no tense of its own: "by laying", "to visit"."""
    helpers = [c for c in verb.children if c.dep_ in AUXILIARY]
    return (verb.tag_ == "VBG" and not helpers) or any(h.tag_ == "TO" for h in helpers)


def _governing(head: Token, below: Token) -> Iterator[Sign]:
    table = words()
    lemma = lemma_of(head)
    if head.pos_ in _VERBAL or head.tag_.startswith("VB"):
        sign = sign_of(head, below) if _governed(below) else None
        finite = below.dep_ in ("ccomp", "nsubjpass") and below.tag_ in ("VBD", "VBN", "VBZ", "VBP")
        if sign and not (finite and lemma in table.neutral):
            yield sign
        if below.dep_ == "ccomp" and head.tag_ in ("VBD", "VBN"):
            yield Sign.SAID
        if below.dep_ in ("nsubjpass", "nsubj"):
            yield from _copular(head)
    elif lemma in table.nouns and below.dep_ in ("prep", "acl", "relcl", "pcomp", "nmod"):
        yield table.nouns[lemma]
    elif head.pos_ == "ADJ" and lemma in table.adjectives:
        yield table.adjectives[lemma]
    elif below.dep_ == "pcomp" and table.prepositions.get(head.lower_) is Sign.DENIED:
        yield Sign.DENIED
    elif below.dep_ == "pcomp" and head.i and (near := SHORT_OF.get(head.nbor(-1).lower_)):
        yield near


def _governed(below: Token) -> bool:
    """Whether a verb's meaning reaches what stands below it: its clauses and objects, not where and when it happens."""
    return below.dep_ in (*CLAUSAL, "dobj", "nsubjpass") or (
        below.dep_ == "prep" and below.lower_ in ("to", "for", "on")
    )


def _copular(head: Token) -> Iterator[Sign]:
    """What a form of "be" joins to its subject: "the visit is due in May", "the talks were productive"."""
    if head.lemma_ != "be":
        return
    table = words()
    for child in head.children:
        if child.dep_ == "acomp" and lemma_of(child) in table.adjectives:
            yield table.adjectives[lemma_of(child)]
        elif is_off(child):
            yield Sign.CANCELLED


def _beside(noun: Token) -> Iterator[Sign]:
    """What stands beside a noun: adjectives, participles, relative clauses."""
    table = words()
    for child in noun.children:
        lemma = lemma_of(child)
        if child.dep_ in ("amod", "compound", "nmod") and (
            lemma in table.adjectives or child.lower_ in table.adjectives
        ):
            yield table.adjectives.get(lemma) or table.adjectives[child.lower_]
        elif child.dep_ in ("acl", "relcl"):
            yield from _participle(child)
        elif child.dep_ == "det" and child.lower_ == "no":
            yield Sign.DENIED
        elif is_off(child):
            yield Sign.CANCELLED


def _participle(verb: Token) -> Iterator[Sign]:
    """What a clause after a noun says of it: "held in May", "to be held in May", "which will open in May"."""
    helpers = [c for c in verb.children if c.dep_ in AUXILIARY]
    signs = [s for s in _own(verb, tensed=False) if s is not Sign.PRESENT]
    sign = sign_of(verb)
    if sign is Sign.CANCELLED and (kept := _kept(verb)) is not None:
        yield kept
        return
    if any(h.tag_ == "TO" for h in helpers):
        yield Sign.PLANNED
    elif sign in (Sign.PLANNED, Sign.CANCELLED, Sign.OFFERED, Sign.REQUESTED) and verb.tag_ in ("VBN", "VBD"):
        yield sign
    elif verb.dep_ == "relcl" and not _about_subject(verb):
        return
    elif signs and verb.tag_ in ("VBN", "VBD", "VB"):
        yield from (Sign.HAPPENED if s is Sign.PAST else s for s in signs)


def _about_subject(verb: Token) -> bool:
    """Whether the noun itself is the subject of its relative clause."""
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    return subject is not None and subject.tag_ in ("WDT", "WP") and verb.lemma_ in _OCCURRING


_OCCURRING = frozenset(
    {"take", "hold", "open", "begin", "start", "conclude", "end", "happen", "occur", "host", "organise", "convene"}
)


def _carried(noun: Token, carrier: Token) -> Iterator[Sign]:
    """The signs of the verb that carries a noun; a verb such as "postpone" says its own of its object."""
    lead = _first_of(noun)
    sign = sign_of(carrier, lead)
    if sign is Sign.CANCELLED and (kept := _kept(carrier)) is not None:
        yield kept
        return
    called_for = lead.dep_ == "pobj" and lead.head.lower_ == "for" and lead.head.head == carrier
    if sign is not None and (lead.dep_ in ("dobj", "nsubjpass") or called_for or shortened(carrier)):
        yield sign
    yield from _signs_of_verb(carrier)
    yield from _copular(carrier)


def _kept(verb: Token) -> Sign | None:
    """What is said of a happening that is told as not called off, None where it was: "has not cancelled the talks".

    What "has not been" or "may be" called off is still to come; what "was not" called off may have taken place.
    """
    helpers = [c for c in verb.children if c.dep_ in AUXILIARY]
    signs = list(_signs_of_verb(verb))
    refused = Sign.DENIED in signs
    if not denied(verb, helpers) and not refused:
        return Sign.PLANNED if Sign.HYPOTHETICAL in signs else None
    standing = any(h.tag_ in ("VBZ", "VBP", "MD") for h in helpers)
    return Sign.PLANNED if standing and not refused else Sign.OPEN


def _first_of(noun: Token) -> Token:
    """The first of the words that a noun is joined to: what is said of it is said of all."""
    for _ in range(_STEPS):
        if noun.dep_ not in ("conj", "appos"):
            break
        noun = noun.head
    return noun


def _framing(noun: Token) -> Iterator[Sign]:
    """The signs of what a noun stands in: phrases above it up to the verb of its clause."""
    at = noun
    for _ in range(_STEPS):
        head, dep = at.head, at.dep_
        if head == at:
            return
        if dep == "pobj" and lemma_of(at) in _MARGINS and (verb := _verb_above(at)) is not None:
            yield from _shared(verb)
            return
        if dep in ("pobj", "pcomp") and not _is_verb(head.head):
            signs = list(_noun_above(head))
            yield from signs
            if Sign.HAPPENED in signs:
                return
            at = head.head
        elif dep in ("pobj", "pcomp"):
            yield from _phrase_in_clause(head, margin=lemma_of(at) in _MARGINS)
            return
        elif _is_verb(head):
            yield from _argument_of(head, at)
            return
        else:
            at = head


def _verb_above(at: Token) -> Token | None:
    """The nearest verb above a word, within a few steps."""
    for _ in range(_STEPS):
        if at.head == at:
            return None
        at = at.head
        if _is_verb(at):
            return at
    return None


def _is_verb(token: Token) -> bool:
    return token.pos_ in _VERBAL or token.tag_.startswith("VB")


def _noun_above(preposition: Token) -> Iterator[Sign]:
    """What "plans for", "results of" or "ahead of" say of the noun that follows."""
    above, table = preposition.head, words()
    sign = table.prepositions.get(preposition.lower_)
    if above.lower_ in ("ahead", "prior", "instead"):
        yield Sign.DENIED if above.lower_ == "instead" else Sign.OPEN
    elif lemma_of(above) in table.nouns:
        yield table.nouns[lemma_of(above)]
    elif preposition.lower_ == "including":
        yield from (s for s in _beside(above))
    elif sign in (Sign.HAPPENED, Sign.DENIED):
        yield sign


def _phrase_in_clause(preposition: Token, *, margin: bool) -> Iterator[Sign]:
    """What a phrase with a preposition shares with the verb of its clause; `margin`: "on the sidelines of"."""
    verb, low, table = preposition.head, preposition.lower_, words()
    sign = table.prepositions.get(low)
    governs = sign_of(verb)
    if not margin and (sign in (Sign.OPEN, Sign.PLANNED) or low in ("on", "as")):
        yield governs if governs and low in ("on", "to", "for", "with") else Sign.OPEN
        return
    if sign is not None and sign is not Sign.PAST:
        yield sign
    yield from _shared(verb)


def _argument_of(verb: Token, below: Token) -> Iterator[Sign]:
    """What a verb that carries no happening says of one among its arguments."""
    table = words()
    sign = sign_of(verb, below) or Sign.OPEN
    if sign is Sign.CANCELLED and (kept := _kept(verb)) is not None:
        yield kept
        return
    if below.dep_ in ("nsubj", "csubj"):
        yield from (sign,) if shortened(verb) else ()
        yield from _shared(verb)
        yield from _copular(verb)
        return
    yield Sign.OPEN if lemma_of(verb) in table.discussing else sign
    if sign is not Sign.HAPPENED:
        yield from (s for s in _signs_of_verb(verb) if s in _CAREFUL)


def _shared(verb: Token) -> Iterator[Sign]:
    """What a clause says of a happening that only stands in it: that it is past, or still to come."""
    signs = list(_signs_of_verb(verb))
    doubtful = (Sign.HYPOTHETICAL, Sign.CONDITIONAL, Sign.REQUESTED, Sign.OFFERED)
    if any(s in signs for s in doubtful):
        yield Sign.OPEN
    yield from (s for s in signs if s in (Sign.PLANNED, Sign.PAST, Sign.PRESENT))


def most_careful(statuses: Iterable[Modality]) -> Modality | None:
    """Of several readings of one happening, the one that claims least; None for none."""
    order = [m for _, m in _VERDICTS] + [Modality.ONGOING, Modality.HAPPENED]
    return min((s for s in statuses if s in order), key=order.index, default=None)
