"""What a page shows is what happens."""

from pathlib import Path

import pages
import pytest


@pytest.mark.parametrize("page", pages.pages(), ids=lambda p: p.relative_to(pages.DOCS).as_posix())
def test_a_page_shows_what_is_printed(page: Path, tmp_path: Path, example_database: Path) -> None:
    """Every command of the page ends as it says, and prints what it shows; `./dev docs --write` writes it anew."""
    with pages.prepared(page, tmp_path / "page", example_database):
        for step in pages.told(page):
            ran = pages.run(step.line)
            assert ran.code == pages.wanted_code(step.line), (step.line, ran.printed)
            assert pages.matches(step.shown, ran.printed), (
                f"$ {step.line}\n{ran.printed}\n--- the page shows\n{step.shown}"
            )


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\n", "a\nb\n", False),
        ("a\n…\nd\n", "a\nb\nc\nd\n", True),
        ("a\n…\n", "b\n", False),
        ("id d…\n", "id d0123\n", True),
        ("id d…\n", "id e0123\n", False),
        ("", "", True),
        ("", "a\n", False),
    ],
)
def test_an_ellipsis_stands_for_what_is_left_out(shown: str, printed: str, same: bool) -> None:  # noqa: FBT001 - a table
    """Alone on a line for lines, inside one for characters, and for nothing else."""
    assert pages.matches(shown, printed) is same


def test_every_job_has_its_page_and_something_to_run() -> None:
    """The list of pages names each of them, and every page on a job runs something."""
    folder = pages.DOCS / "how-to"
    listed = (folder / "README.md").read_text("utf-8")
    there = {p.name for p in folder.glob("*.md")} - {"README.md"}
    assert [name for name in sorted(there) if f"]({name})" not in listed] == []
    run = {p.name for p in pages.pages()}
    assert there - run <= {"page.md", "keep.md"}, "these two are run by tests of their own rooms"
