"""What a request asks for, and what a page gives: plain values, checked on the way in."""

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, urlencode

import msgspec

from communique.errors import NotFoundError, UsageError
from communique.model.dates import Date, Precision
from communique.web.archive import Archive
from communique.web.index import Index

#: An address of a fact, a report or a mention.
ADDRESS = re.compile(r"[a-z0-9][a-z0-9.-]{0,239}\Z")
#: Rows of a page, where nobody asks for another number, and the most.
ROWS, MOST_ROWS = 50, 200
#: Most fields of a question or form.
FIELDS = 40
#: Longest search, in code points.
LONGEST_SEARCH = 200


class Paging(msgspec.Struct, frozen=True):
    """One page of a list: rows `start` to `stop` of `total`, page numbers from 1."""

    number: int
    rows: int
    total: int

    @property
    def start(self) -> int:
        """First row, from 0."""
        return (self.number - 1) * self.rows

    @property
    def stop(self) -> int:
        """First row of the next page."""
        return min(self.start + self.rows, self.total)

    @property
    def last(self) -> int:
        """Number of the last page; 1 where there is nothing."""
        return max(1, -(-self.total // self.rows))

    def of[T](self, facts: "tuple[T, ...] | list[T]") -> "tuple[T, ...]":
        """The rows of this page."""
        return tuple(facts[self.start : self.stop])


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """One request: the record that it is about, and what it wants of it."""

    archive: Archive
    index: Index
    path: Mapping[str, str]
    query: Mapping[str, str]
    form: Mapping[str, str] = {}
    by: str = ""
    today: str = ""

    @property
    def as_of(self) -> str | None:
        """The day as known on which the record is shown; None: now."""
        return self.query.get("as_of")

    def address(self, name: str = "id") -> str:
        """An address out of the path.

        Raises:
            NotFoundError: it does not look like one.
        """
        return address(self.path[name])

    def page(self, total: int) -> Paging:
        """The page of a list that is asked for.

        Raises:
            UsageError: that is no page number.
        """
        rows = min(self.number("rows", ROWS), MOST_ROWS)
        return Paging(self.number("page", 1), rows, total)

    def number(self, name: str, default: int) -> int:
        """A whole number from 1 out of the question.

        Raises:
            UsageError: it is none.
        """
        given = self.query.get(name, str(default))
        if not re.fullmatch(r"[1-9][0-9]{0,6}", given):
            message = f"{name} takes a whole number from 1"
            raise UsageError(message)
        return int(given)

    def url(self, path: str, **more: str | int | None) -> str:
        """An address of ours that keeps the day: an id, a page; what is None or empty is left out."""
        path, hash_, fragment = path.partition("#")
        path, _, given = path.partition("?")
        fields = {**dict(parse_qsl(given)), **{k: str(v) for k, v in more.items() if v}}
        if self.as_of and "as_of" not in more:
            fields["as_of"] = self.as_of
        return path + ("?" + urlencode(fields) if fields else "") + hash_ + fragment

    def again(self, **changed: str | int | None) -> str:
        """The same question with some fields changed; None drops one."""
        fields = {**self.query, **{k: "" if v is None else str(v) for k, v in changed.items()}}
        return "?" + urlencode({k: v for k, v in fields.items() if v})


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """An answer that a template makes."""

    template: str
    context: dict[str, Any]
    status: HTTPStatus = HTTPStatus.OK


class Data(msgspec.Struct, frozen=True, kw_only=True):
    """An answer that is data; with a `name` it is a download."""

    body: bytes
    kind: str = "application/json; charset=utf-8"
    name: str = ""


class Moved(msgspec.Struct, frozen=True):
    """An answer that sends the visitor to another page of ours."""

    to: str
    cookie: str = ""


type Answer = Page | Data | Moved


def fields_of(text: str) -> dict[str, str]:
    """The fields of a question or form, the last where one comes twice.

    Raises:
        UsageError: there are too many.
    """
    try:
        pairs = parse_qsl(text, max_num_fields=FIELDS, encoding="utf-8", errors="replace")
    except ValueError:
        message = f"a question has at most {FIELDS} fields"
        raise UsageError(message) from None
    return {name: value.replace("\0", "\ufffd") for name, value in pairs}


def address(text: str) -> str:
    """A text that has the form of an address.

    Raises:
        NotFoundError: it has not.
    """
    if not ADDRESS.match(text):
        message = "there is no such page"
        raise NotFoundError(message)
    return text


def day_of(query: Mapping[str, str]) -> str | None:
    """The day that a question names with `as_of`.

    Raises:
        UsageError: that is no day.
    """
    given = query.get("as_of")
    if given is None:
        return None
    try:
        date = Date.of(given)
    except ValueError:
        date = None
    if date is None or date.precision is not Precision.DAY:
        message = "as_of takes a day, YYYY-MM-DD"
        raise UsageError(message)
    return given
