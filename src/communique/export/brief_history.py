"""A brief and the record that it was made of, which may be an older one than that of today."""

from contextlib import suppress
from typing import Protocol

import msgspec

from communique.errors import NotFoundError
from communique.export.brief import Stamp
from communique.export.brief_check import Checked, check, stamp_of
from communique.export.brief_part import part_of, stamp
from communique.export.brief_read import read_brief
from communique.model import ids
from communique.model.record import Record
from communique.store.verify import arrived
from communique.store.view import View


class Rebuild(Protocol):
    """Makes the record of what a view holds, as it was known on a day, without some reports, of the first rulings."""

    def __call__(
        self, view: View, *, as_of: str | None, without: frozenset[str] = ..., decided: int | None = ...
    ) -> Record:
        """See `pipeline.record_of`."""


def checked(view: View, data: bytes, rebuild: Rebuild) -> Checked:
    """Whether a brief says what the record says that it was made of.

    Args:
        view: the database.
        data: the brief's file.
        rebuild: makes another record than the stored one.

    Raises:
        UsageError: it is no brief.
        NotFoundError: there is no record yet.
    """
    blocks = read_brief(data)
    given = stamp_of(blocks)
    as_of = given.as_of if given else None
    record = _of_today(view, given) if as_of is None else rebuild(view, as_of=as_of)
    if record is None:
        message = "there is no record yet: add reports, or build"
        raise NotFoundError(message)
    today = stamp(view, record, as_of)
    older = _older(view, given, today, rebuild) if given else None
    texts = view.texts(h.id for h in (older or record).reports)
    result = check(blocks, older or record, given if older and given else today, texts)
    return msgspec.structs.replace(result, older=given is not None and given.record != today.record)


def _of_today(view: View, given: Stamp | None) -> Record | None:
    """The part of the stored record that a brief speaks of; all of it where that is not there any more."""
    with suppress(NotFoundError):
        return part_of(view, given.subject) if given else view.record()
    return view.record()


def _older(view: View, given: Stamp, today: Stamp, rebuild: Rebuild) -> Record | None:
    """The record that a brief was made of, where it is not that of today and what it was made of is still there."""
    if given.record == today.record or given.reports > today.reports:
        return None
    later = frozenset(h.id for h in view.reports()) - arrived(view, given.reports)
    record = rebuild(view, as_of=given.as_of, without=later, decided=given.decisions)
    return record if ids.sha256_hex(record.encode())[:16] == given.record else None
