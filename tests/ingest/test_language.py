"""The check of the language."""

import pytest

from communique.ingest import language
from communique.model.problems import ProblemCode
from communique.model.reports import Head


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The two ministers met in Suva on Monday and signed a protocol on the coastal trade.", "en"),
        ("Die beiden Minister trafen sich am Montag in Suva und unterzeichneten ein Protokoll.", None),
        ("Les deux ministres se sont rencontrés lundi à Suva et ont signé un protocole sur le commerce.", None),
        ("Оба министра встретились в понедельник в столице и подписали протокол о торговле.", None),
        ("Brief words", "en"),
        ("Кратко", None),
    ],
)
def test_english_is_told_from_others(text: str, found: str | None) -> None:
    """Common words decide; a few ASCII words are given the benefit of the doubt."""
    assert language.of(text) == found


@pytest.mark.parametrize(("code", "problems"), [("en", 0), ("en-GB", 0), ("EN_us", 0), ("fr", 1), (None, 1)])
def test_other_languages_are_told(code: str | None, problems: int) -> None:
    """A report in another language, or an unknown one, has a Problem and stays."""
    head = Head(id="r" + "0" * 16, name="a", sha256="", chars=1, language=code)
    told = language.problems(head)
    assert [p.code for p in told] == [ProblemCode.LANGUAGE] * problems
