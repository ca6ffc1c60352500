"""Slugs."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.text.slugs import slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Côte d’Ivoire", "cote-divoire"), ("Élan — Vital!", "elan-vital"), ("...", ""), ("A&B  c", "a-b-c")],
)
def test_slug(text: str, expected: str) -> None:
    """Accents go, apostrophes vanish, everything else between words is one hyphen."""
    assert slug(text) == expected


@given(st.text(max_size=40))
def test_form(text: str) -> None:
    """A slug has only small ASCII letters, digits and single inner hyphens, and is its own slug."""
    found = slug(text)
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", found)
    assert slug(found) == found
