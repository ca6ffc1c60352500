"""Reports of about 120 words on sessions of commissions, as many as wanted, the same for the same number: invented.

One session is held each day, and ten newsrooms tell each: who met where for which session, what both sides said,
promised and signed, when they meet again. Five of them have words of their own for who met, five print what another
has; all add something of their own. Each of 365 bodies meets once a year, so that its numbers run on; ministers change
every four years.
"""

# ruff: noqa: SIM905 - lists of words read best as lines

import datetime as dt
import itertools
import random
from collections.abc import Iterator
from typing import NamedTuple

SEED = 20_260_101
NEWSROOMS = (
    "Northern Wire",
    "The Harbour Post",
    "Daily Compass",
    "Inland Tribune",
    "Agency Five",
    "Evening Ledger",
    "The Valley Star",
    "Coast Radio",
    "Weekly Globe",
    "Midland Times",
)
#: Sessions held each day.
A_DAY = 1
BEGUN = dt.date(2005, 3, 1)
YEAR = 365
TERM = 4
PLACES = {
    "Kenya": "Nairobi",
    "Norway": "Oslo",
    "Chile": "Santiago",
    "Vietnam": "Hanoi",
    "Poland": "Warsaw",
    "Morocco": "Rabat",
    "Jordan": "Amman",
    "Peru": "Lima",
    "Finland": "Helsinki",
    "Ghana": "Accra",
    "Mongolia": "Ulaanbaatar",
    "Portugal": "Lisbon",
    "Uruguay": "Montevideo",
    "Nepal": "Kathmandu",
    "Croatia": "Zagreb",
    "Tunisia": "Tunis",
    "Indonesia": "Jakarta",
    "Canada": "Ottawa",
    "Namibia": "Windhoek",
    "Estonia": "Tallinn",
}
FIRST = tuple(
    "Ada Bo Carla Dario Edda Farid Greta Hugo Ines Jonas Kira Lamin Mara Nils Olga Pavel Rosa Samir Tove Viktor".split()
)
LAST = tuple(
    (
        "Falk Lind Moreno Abara Okuda Berisha Castell Dahl Elgin Farkas Grau Hadid Ivers Jansky Kalu Lorca Mensah "
        "Novik Oduya Petrov Quist Rahal Sorel Tamm Ulvik Varga Wendt Yilmaz Zeman Arnott"
    ).split()
)
TOPICS = ("Trade", "Transport", "Fisheries", "Energy", "Health", "Science and Technology", "Agriculture", "Culture")
THINGS = (
    "ferries",
    "clinics",
    "bridges",
    "weather stations",
    "harbour cranes",
    "school buses",
    "laboratories",
    "silos",
    "water pumps",
    "ambulances",
    "locomotives",
    "greenhouses",
    "trawlers",
    "seed drills",
    "turbines",
    "lighthouses",
    "tractors",
    "printing presses",
    "microscopes",
    "dredgers",
)
DEEDS = (
    "crossings",
    "bus lines",
    "study places",
    "laboratories",
    "freight lanes",
    "training centres",
    "reading rooms",
    "ferry routes",
    "field schools",
    "depots",
    "workshops",
    "kindergartens",
    "fish markets",
    "repair yards",
)
ADJECTIVES = tuple(
    (
        "coastal rural shared nearby modern seasonal regional public local digital annual marine urban joint "
        "technical wooden distant mutual early late northern southern alpine tropical industrial commercial academic "
        "private municipal historic narrow broad cheap costly silent busy modest ancient fertile barren frozen shallow "
        "steep remote crowded empty electric solar mobile floating elevated buried covered inland tidal arid humid "
        "seaside mountain lowland veterinary dental surgical musical floral nautical postal fiscal civic rustic"
    ).split()
)
NOUNS = tuple(
    (
        "harbours roads schools orchards rivers markets railways hospitals villages libraries ports farms borders "
        "students nurses pilots customs forests islands valleys museums bakeries tariffs visas licences "
        "tunnels canals quarries mills breweries vineyards dairies theatres archives parks gardens stadiums hostels "
        "warehouses airfields lagoons reefs meadows pastures wells dams sluices cables pipelines refineries foundries "
        "shipyards looms potteries tanneries sawmills apiaries nurseries herds fleets barges trams buses bicycles "
        "stamps coins maps charts textbooks lectures scholarships apprentices surveyors foresters miners weavers "
        "sailors farmers teachers doctors engineers botanists geologists historians translators librarians chemists"
    ).split()
)
LINKS = tuple("with for near beside under between without beyond across around".split())
#: Bodies: two states and what they meet about, as many as days of a year hold sessions; in no order, so that no state
#: has all its sessions in one month.
BODIES = random.Random(SEED).sample(  # noqa: S311 - a sample, not a secret
    [(*pair, topic) for topic, pair in itertools.product(TOPICS, itertools.combinations(PLACES, 2))], A_DAY * YEAR
)


class Session(NamedTuple):
    """One session: its states, host first, its subject, number, day, and who leads the two sides."""

    host: str
    guest: str
    topic: str
    number: int
    day: dt.date
    heads: tuple[str, str]

    @property
    def body(self) -> str:
        """What meets: its states always in the same order."""
        one, two = sorted((self.host, self.guest))
        return f"{one}-{two} Joint Commission on {self.topic}"


def session(count: int) -> Session:
    """The session of this number, counted over all bodies."""
    one, two, topic = BODIES[count % len(BODIES)]
    round_ = count // len(BODIES)
    host, guest = (one, two) if round_ % 2 == 0 else (two, one)
    number = 3 + count % 7 + round_
    day = BEGUN + dt.timedelta(days=count // A_DAY)
    return Session(host, guest, topic, number, day, (_minister(host, topic, day), _minister(guest, topic, day)))


def _minister(state: str, topic: str, day: dt.date) -> str:
    chance = random.Random(f"{SEED} {state} {topic} {day.year // TERM}")  # noqa: S311 - a sample, not a secret
    return f"{chance.choice(FIRST)} {chance.choice(LAST)}"


def reports(count: int) -> Iterator[dict[str, str]]:
    """So many reports, as JSON lines want them, in the order of their days."""
    for number in range(count):
        held = session(number // len(NEWSROOMS))
        newsroom = number % len(NEWSROOMS)
        yield {
            "id": f"growth-{number}",
            "text": _text(held, newsroom, random.Random(SEED + number)),  # noqa: S311 - as above
            "source": NEWSROOMS[newsroom],
            "published": (held.day + dt.timedelta(days=newsroom % 2)).isoformat(),
        }


def _text(held: Session, newsroom: int, chance: random.Random) -> str:
    told = random.Random(f"{SEED} {held.body} {held.number}")  # noqa: S311 - what all newsrooms tell alike
    things, deeds, until = told.choice(THINGS), told.choice(DEEDS), held.day.year + told.randint(1, 3)
    one, two = held.heads
    quotes = (
        f"“We will open {told.randint(2, 90)} {deeds} for {_prose(told, 1)} before {until} ends,” {_last(one)} said.",
        f"“Our peoples have waited {told.randint(2, 30)} years for {_prose(told, 3)},” {_last(two)} told reporters.",
    )
    promised = f"{held.guest} promised to deliver {told.randint(2, 90)} {things} to {held.host}"
    rest = [
        f"{promised} for {_prose(told, 1)} by the end of {until}.",
        f"The two sides signed a memorandum of understanding on {_prose(told, 1)}.",
        quotes[1],
    ]
    chance.shuffle(rest)
    following = f"The next session will be held in {PLACES[held.guest]} in {held.day.year + 1}."
    paragraphs = (_lead(held, newsroom), quotes[0], _filler(chance), " ".join(rest), following)
    return "\n\n".join(paragraphs)


def _last(name: str) -> str:
    return name.rsplit(maxsplit=1)[-1]


def _filler(chance: random.Random) -> str:
    """A sentence of a newsroom's own."""
    return f"{_prose(chance, 9).capitalize()} were shown for {chance.randint(2, 90)} days."


def _prose(chance: random.Random, words: int) -> str:
    """Words that read like a noun phrase after another: no two texts share many in a row."""
    tables = itertools.islice(itertools.cycle((ADJECTIVES, NOUNS, LINKS)), words // 3 * 3 + 2)
    return " ".join(chance.choice(table) for table in tables)


def _lead(held: Session, newsroom: int) -> str:
    (one, two), city = held.heads, PLACES[held.host]
    first, second = f"Minister {one} of {held.host}", f"Minister {two} of {held.guest}"
    nth, date = f"the {_ordinal(held.number)} session", f"{held.day.day} {held.day:%B %Y}"
    opened = f"{first} and {second} opened {nth} of the {held.body} in {city} on {date}."
    hosted = (
        f"{held.host} hosted {nth} of the {held.body} on {date}. It was co-chaired by {first} and {second} in {city}."
    )
    met = f"The {held.body} met in {city} on {held.day:%A} for {nth}, {first} and {second} in the chair."
    came = f"{second} arrived in {city} for {nth} of the {held.body}, held on {date}. {first} welcomed the guests."
    led = f"Delegations led by {first} and {second} held {nth} of the {held.body} in {city} on {date}."
    forms = (opened, hosted, met, came, led)
    return forms[newsroom % len(forms)]


def _ordinal(number: int) -> str:
    teen = 10 <= number % 100 <= 20  # noqa: PLR2004 - eleventh to thirteenth
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
