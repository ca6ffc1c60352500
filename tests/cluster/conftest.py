"""Short ways to make reports and their features from invented texts."""

from collections.abc import Callable, Sequence

import pytest

from communique.cluster.features import Features, features
from communique.model.claims import Claim
from communique.model.reports import Head, Report

type Make = Callable[..., Features]


def report(number: int, text: str, **head: object) -> Report:
    """A report whose id ends in a number."""
    known = Head(id=f"r{number:016x}", name=f"{number}.txt", sha256="", chars=len(text), **head)  # type: ignore[arg-type]
    return Report(known, text)


@pytest.fixture
def make() -> Make:
    """Features of a report with a number, a text and what its head knows."""

    def build(number: int, text: str, claims: Sequence[Claim] = (), **head: object) -> Features:
        return features(report(number, text, **head), claims)

    return build


NARRATION = (
    "the two delegations walked through the empty fish market before noon and promised the stall keepers that the old "
    "pier would be mended before the herring comes back next spring"
)
"""Invented newsroom narration, 31 words, no names."""

QUOTE = (
    "We have counted every boat in this harbour and we shall not leave until the last of them has a licence that both "
    "sides can read"
)
"""Invented words said, 26 words."""


@pytest.fixture
def narration() -> str:
    """Invented newsroom narration."""
    return NARRATION


@pytest.fixture
def quote() -> str:
    """Invented words said."""
    return QUOTE
