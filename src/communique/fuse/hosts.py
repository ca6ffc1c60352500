"""Who hosts a session: the member country it is held in, else the country that presides over the bloc on one side."""

from collections.abc import Iterator

from communique.fuse.actors import Cast
from communique.fuse.dossiers import Dossiers
from communique.fuse.happening import Happening
from communique.fuse.keys import fold, words
from communique.model.words import ActorKind

_PRESIDENCY = "presidency of "
_HOSTED = "host"


class Hosts:
    """Knows which country each report says to preside over which organisation."""

    def __init__(self, dossiers: Dossiers, cast: Cast) -> None:
        """Collect the presidencies of all reports."""
        self._cast = cast
        self._presiding: dict[str, list[tuple[frozenset[str], str]]] = {}
        for dossier in dossiers.of("n"):
            for claim in dossier.all("office"):
                country = self._land(cast.resolve.get(dossier.subject))
                if claim.value.startswith(_PRESIDENCY) and country:
                    organisation = words(claim.value.removeprefix(_PRESIDENCY))
                    self._presiding.setdefault(dossier.report, []).append((organisation, country))

    def of(self, happening: Happening) -> str | None:
        """The host country of a session, as an actor id; None where nothing says who hosts.

        A session of a body of countries that is held outside all of them is nobody's by its place alone.
        """
        body = happening.cluster.body
        members = {self._id(name) for name in self._cast.countries.get(body or "", ())}
        land = self._land(happening.event.place)
        if land and (not members or land in members):
            return land
        presiding = set(self._presidencies(happening)) - members
        if len(presiding) == 1:
            return presiding.pop()
        return land if _is_hosted(happening) else None

    def _presidencies(self, happening: Happening) -> Iterator[str]:
        """The countries that the session's own reports say to preside over a side of its body."""
        body = happening.cluster.body
        called = words(" ".join(n.text for n in self._cast.actors[body].names)) if body else frozenset()
        for report in happening.cluster.reports:
            for organisation, country in self._presiding.get(report, ()):
                if organisation & called:
                    yield country

    def _land(self, actor: str | None) -> str | None:
        """The one country that an actor is, lies in or belongs to."""
        if actor is None:
            return None
        if self._cast.kind(actor) is ActorKind.COUNTRY:
            return actor
        lands = self._cast.countries.get(actor, ())
        return self._id(lands[0]) if len(lands) == 1 else None

    def _id(self, country: str) -> str | None:
        return self._cast.country_ids.get(fold(country))


def _is_hosted(happening: Happening) -> bool:
    """Whether a report says of the place that it hosted the session."""
    told = (v for t in happening.cluster.tellings for v in t.dossier.values("title_words"))
    return any(word.startswith(_HOSTED) for title in told for word in fold(title).split())
