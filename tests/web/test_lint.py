"""What would open a hole is not written anywhere in the page."""

import re
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "src" / "communique" / "web"
TEMPLATES = sorted((WEB / "templates").glob("*.html"))
MODULES = sorted(WEB.rglob("*.py"))
SCRIPTS = sorted((WEB / "static").glob("*.js"))
#: In templates: what would make text markup, script or style.
IN_TEMPLATES = (
    r"\|\s*safe\b",
    r"\bautoescape\b",
    r"\bstyle\s*=",
    r"<style\b",
    r"\son\w+\s*=",
    r"javascript:",
    r"<script(?![^>]*\ssrc=\"/static/page\.js\")",
    r"<(?:iframe|object|embed|base)\b",
    r"(?:src|href|action)=[\"']?https?:",
    r"(?:href|src|action|value|id|class|title|aria-label)=\{",
)
IN_MODULES = (
    r"\bMarkup\b",
    r"\bautoescape\s*=\s*False",
    r"\beval\(",
    r"\bexec\(",
    r"\bpickle\b",
    r"\bsubprocess\b",
    r"from_string",
)
IN_SCRIPTS = (
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    r"document\.write",
    r"\beval\(",
    r"new Function",
    r"setAttribute\(\s*[\"']on",
    r"\.on\w+\s*=",
    r"https?:",
    "localStorage",
    "createContextualFragment",
    "DOMParser",
)


def found(paths: list[Path], patterns: tuple[str, ...]) -> list[tuple[str, str]]:
    texts = [(path, path.read_text(encoding="utf-8")) for path in paths]
    return [(path.name, pattern) for path, text in texts for pattern in patterns if re.search(pattern, text)]


def test_no_template_makes_text_markup() -> None:
    """No inline script, style or handler, no `safe`, no attribute without its quotation marks."""
    assert len(TEMPLATES) > 10
    assert found(TEMPLATES, IN_TEMPLATES) == []


def test_no_module_makes_text_markup() -> None:
    """No `Markup`, no template out of a text, escaping always on."""
    assert found(MODULES, IN_MODULES) == []


def test_the_script_makes_no_markup_and_calls_nobody() -> None:
    """The script builds no element from text, keeps nothing, and knows no other address."""
    assert found(SCRIPTS, IN_SCRIPTS) == []


def test_the_style_fetches_nothing() -> None:
    """No import, no address."""
    text = (WEB / "static" / "page.css").read_text(encoding="utf-8")
    assert re.findall(r"@import|url\(|@font-face|expression\(|https?:", text) == []


@pytest.mark.parametrize("path", sorted((WEB / "static").iterdir()), ids=lambda p: p.name)
def test_what_is_served_is_ours(path: Path) -> None:
    """Three small files of our own, and no other."""
    assert path.name in {"page.css", "page.js", "icon.svg"}
    assert path.stat().st_size < 40_000
