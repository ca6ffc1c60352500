"""Mentions with their ids, their representatives and their claims, out of drafts."""

from collections.abc import Iterator, Sequence

from communique.annotate.drafts import Draft, Note
from communique.model import ids
from communique.model.claims import Claim
from communique.model.mentions import EntityMention, Form
from communique.model.reports import Report
from communique.model.words import ActorKind


def build(report: Report, drafts: Sequence[Draft]) -> Iterator[EntityMention]:
    """The mentions of a report in order of start and end, one for a place; every one carries its claims."""
    unique = {(d.start, d.end): d for d in reversed(drafts)}
    chosen = [unique[place] for place in sorted(unique)]
    heads = _representatives(chosen)
    for found in chosen:
        entity = found.entity or f"at:{found.start}-{found.end}"
        yield _mention(report, found, heads[entity], heads)


def _representatives(drafts: Sequence[Draft]) -> dict[str, Draft]:
    """The mention that stands for each entity: its fullest name, the first on ties, else its first mention."""
    heads: dict[str, Draft] = {}
    for found in drafts:
        entity = found.entity or f"at:{found.start}-{found.end}"
        best = heads.get(entity)
        if best is None or _fullness(found) > _fullness(best):
            heads[entity] = found
    return heads


def _fullness(found: Draft) -> tuple[bool, bool, int]:
    text = found.end - found.start
    return found.form is Form.NAME, bool(found.short), text if found.form is Form.NAME else 0


def _id(report: Report, found: Draft) -> str:
    return ids.mention_id(report.id, "n", found.start, found.end)


def _mention(report: Report, found: Draft, head: Draft, heads: dict[str, Draft]) -> EntityMention:
    number = _id(report, found)
    members = tuple(_id(report, heads[m]) for m in found.members if m in heads)
    name = head.name
    offices = [n.value for n in found.notes if n.field == "office"]
    countries = [n.value for n in found.notes if n.field == "country"]
    notes = [
        Note("kind", head.kind.value, found.start, found.end, "kind"),
        Note("form", found.form.value, found.start, found.end, "form"),
        Note("name", name, found.start, found.end, "name"),
        *([Note("entity", m, found.start, found.end, "member", "member") for m in members]),
        *([] if members else [Note("entity", _id(report, head), found.start, found.end, "same-entity")]),
        *found.notes,
    ]
    return EntityMention(
        id=number,
        span=report.span(found.start, found.end),
        kind=head.kind,
        form=found.form,
        name=name,
        entity=_id(report, head),
        office=offices[0] if offices else None,
        country=found.country or (countries[0] if countries and found.kind is not ActorKind.BODY else None),
        members=members,
        claims=tuple(sorted({_claim(report, number, n) for n in notes})),
    )


def _claim(report: Report, subject: str, note: Note) -> Claim:
    span = report.span(note.start, note.end)
    return Claim(subject, note.field, note.value, span, qualifier=note.qualifier, rule=note.rule)
