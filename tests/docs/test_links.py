"""Every page is whole by itself: links, anchors, code blocks, tables."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "examples" / "README.md"])
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def prose(page: Path) -> str:
    return FENCE.sub("", page.read_text("utf-8"))


def anchors(page: Path) -> set[str]:
    """Anchors of a page's headings, as readers of Markdown make them."""
    heads = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.strip().lower()).replace(" ", "-") for head in heads}


def broken(page: Path) -> list[str]:
    """Links of a page that lead nowhere in the repository."""
    found = []
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        if not there.exists() or (anchor and anchor not in anchors(there)):
            found.append(target)
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    """To a file of the repository, and to a heading where it names one."""
    assert broken(page) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_page_is_well_formed(page: Path) -> None:
    """One title, every code block closed and of a named language, every row of a table as wide as its head."""
    text = page.read_text("utf-8")
    assert len(re.findall(r"^# ", prose(page), re.MULTILINE)) == 1
    assert re.search(r"^```\w* *\n", FENCE.sub("", text), re.MULTILINE) is None, "a code block stays open"
    rows = [line for line in prose(page).splitlines() if line.startswith("|")]
    ragged, width = [], 0
    for above, row in zip(["", *rows], rows, strict=False):
        cells = len(re.findall(r"(?<!\\)\|", re.sub(r"`[^`]*`", "", row)))
        width = cells if not above or re.match(r"\|[-| :]+\|$", row) else width
        ragged += [row] if cells != width and width and re.match(r"\|[-| :]+\|$", row) else []
    assert ragged == []


def reached(start: Path) -> set[Path]:
    """Pages that links lead to from one page on."""
    seen, waiting = set(), [start]
    while waiting:
        page = waiting.pop()
        if page in seen or page.suffix != ".md":
            continue
        seen.add(page)
        for target in re.findall(r"\]\(([^)\s#]+)[^)]*\)", prose(page)):
            there = (page.parent / target).resolve()
            if there.is_dir():
                waiting += sorted(there.glob("*.md"))
            elif there.exists():
                waiting.append(there)
    return seen


def test_every_page_is_reached_from_the_readme() -> None:
    """No page that nobody finds."""
    assert [p.relative_to(ROOT).as_posix() for p in PAGES if p not in reached(ROOT / "README.md")] == []


def test_a_broken_link_is_found(tmp_path: Path) -> None:
    """A missing file and a missing heading are; a web address is none of ours to follow."""
    page = tmp_path / "a.md"
    page.write_text("# A\n\n[b](b.md) [c](#nowhere) [d](#a) [e](https://e.example/)\n", encoding="utf-8")
    assert broken(page) == ["b.md", "#nowhere"]
