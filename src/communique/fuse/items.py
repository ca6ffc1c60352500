"""Items: a ship or a system under contract, with the count stated and a delivery status. Nothing else."""

from communique.fuse.actors import Cast
from communique.fuse.dossiers import Dossiers
from communique.model.claims import Claim
from communique.model.record import Item
from communique.model.spans import in_order
from communique.model.words import ActorKind, Delivery

_FIELDS = ("count", "delivery")


def items(dossiers: Dossiers, cast: Cast) -> tuple[Item, ...]:
    """A row for every actor that is an item, by actor id."""
    told: dict[str, list[Claim]] = {a.id: [] for a in cast.actors.values() if a.kind is ActorKind.ITEM}
    for dossier in dossiers.of("n"):
        actor = cast.resolve.get(dossier.subject, "")
        if actor in told:
            told[actor] += [c for f in _FIELDS for c in dossier.all(f)]
    return tuple(_item(actor, claims, dossiers, cast) for actor, claims in sorted(told.items()))


def _item(actor: str, claims: list[Claim], dossiers: Dossiers, cast: Cast) -> Item:
    counts = _latest([c for c in claims if c.field == "count"], dossiers)
    states = _latest([c for c in claims if c.field == "delivery" and c.value != Delivery.NOT_STATED], dossiers)
    order = list(Delivery)
    return Item(
        actor=actor,
        count=min((c.value for c in counts), key=lambda v: (len(v), v), default=None),
        delivery=Delivery(
            min((c.value for c in states), key=lambda v: order.index(Delivery(v)), default=Delivery.NOT_STATED)
        ),
        evidence=in_order(c.span for c in claims) or cast.actors[actor].evidence,
    )


def _latest(claims: list[Claim], dossiers: Dossiers) -> list[Claim]:
    """The claims of the newest reports; of those that differ there, the least that is claimed is told."""
    days = {c.span.report: dossiers.heads[c.span.report].published_day or "" for c in claims}
    newest = max(days.values(), default="")
    return [c for c in claims if days[c.span.report] == newest]
