"""Accounts of persons on sites of posts: "@givenname", spelled with the words of a name that the report prints."""

from collections.abc import Iterator, Mapping, Sequence

from communique.annotate.drafts import Draft, draft, written
from communique.annotate.names import People
from communique.annotate.words import Stretch, Word
from communique.model.words import ActorKind
from communique.text.names import ACCOUNT_WORD, name_parts, plain, spells

_MOST_NAMESAKES = 50
_LONGEST_ACCOUNT = 30


def known_words(people: People) -> dict[str, list[int]]:
    """The words of full names that an account may hold -> numbers of the persons, of so many at most."""
    known: dict[str, list[int]] = {}
    for number, person in enumerate(people.persons):
        for part in set(name_parts(person.name)):
            if len(part) >= ACCOUNT_WORD and len(known.setdefault(part, [])) < _MOST_NAMESAKES:
                known[part].append(number)
    return known


def handles(stretch: Stretch, people: People, known: Mapping[str, Sequence[int]]) -> Iterator[Draft]:
    """The accounts "@givenname" and the like of known persons; in furniture also the name right before them.

    Args:
        stretch: the words.
        people: the persons of the report.
        known: what `known_words` gives for them.
    """
    words = stretch.words
    for at, word in enumerate(words[:-1]):
        if word.text != "@" or not words[at + 1].glued:
            continue
        end = _account_end(words, at + 1)
        owner = _owner("".join(w.text for w in words[at + 1 : end]), people, known)
        if owner is None:
            continue
        name = people.persons[owner].name
        yield _account(stretch, at, end, name, owner)
        first = at - 1 - len(name.split())
        if stretch.number < 0 and first >= 0 and written(stretch, first, at - 1) == name:
            yield _account(stretch, first, at - 1, name, owner)


def _owner(account: str, people: People, known: Mapping[str, Sequence[int]]) -> int | None:
    """The one person whose name an account may be made of."""
    letters = plain(account)[:_LONGEST_ACCOUNT]
    pieces = {letters[i:j] for i in range(len(letters)) for j in range(i + ACCOUNT_WORD, len(letters) + 1)}
    near = sorted({n for piece in pieces for n in known.get(piece, ())})
    owners = [n for n in near if spells(account, people.persons[n].name)]
    return owners[0] if len(owners) == 1 else None


def _account_end(words: Sequence[Word], at: int) -> int:
    """Index after the name of an account, which may hold underscores and digits."""
    end = at + 1
    while end < len(words) and words[end].glued and (words[end].text == "_" or words[end - 1].text == "_"):
        end += 1
    return end


def _account(stretch: Stretch, first: int, last: int, name: str, number: int) -> Draft:
    found = draft(stretch, first, last, ActorKind.PERSON, name)
    found.entity, found.reach = f"person:{number}", (first, last)
    return found
