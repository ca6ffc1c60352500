"""The table of cities: where it comes from, how large it is, and that persons named like cities stay persons."""

import importlib.resources

import pytest

from communique.annotate import entities, nlp
from communique.model.reports import Head, Report

TABLE = importlib.resources.files("communique.data").joinpath("cities.tsv").read_text("utf-8")
ROWS = [line.split("\t") for line in TABLE.splitlines() if not line.startswith("#")][1:]


def kinds(text: str) -> dict[str, str]:
    """Words and kinds of the entities of a text."""
    head = Head(id="r" + "0" * 16, name="t", sha256="", chars=len(text))
    found = entities.read(nlp.parse(Report(head, text))).mentions
    return {m.span.text: m.kind.value for m in found}


def test_the_table_says_where_it_is_from() -> None:
    """GeoNames asks for its name and its licence; the table says on which day and how it was made."""
    head = "\n".join(line for line in TABLE.splitlines() if line.startswith("#"))
    assert all(words in head for words in ("GeoNames", "CC BY 4.0", "Made on 20", "tools/make_gazetteer.py"))


def test_the_table_is_small() -> None:
    """At most 400 KB: it is loaded by every worker."""
    assert len(TABLE.encode()) <= 400_000


def test_every_row_names_a_known_country_once() -> None:
    """Each name stands once, with a country as the table of countries calls it."""
    names = [name for name, _ in ROWS]
    assert len(names) == len(set(names))
    countries = {line.split("\t")[0] for line in _countries().splitlines() if not line.startswith("#")}
    assert {country for _, country in ROWS} <= countries


def _countries() -> str:
    return importlib.resources.files("communique.data").joinpath("countries.tsv").read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Senator Sydney Harrow met the envoys of Vorrin. Harrow thanked them.", "Sydney Harrow"),
        ("Foreign Minister Milan Kovarik left. Kovarik gave no date.", "Milan Kovarik"),
        ("Defence Minister Florence Odell said she would come.", "Florence Odell"),
    ],
)
def test_a_persons_name_wins(text: str, person: str) -> None:
    """Behind a title or an office, a city's name is a person's."""
    assert kinds(text).get(person) == "person"


def test_cities_are_places() -> None:
    """A city of the table is a place, and not a person."""
    found = kinds("They met in Chengdu and flew on to Arequipa and Bulawayo.")
    found.pop("They", None)
    assert found == {"Chengdu": "place", "Arequipa": "place", "Bulawayo": "place"}
