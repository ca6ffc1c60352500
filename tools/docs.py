"""./dev docs: check that the documentation is true; with --write, write anew what is made from the code.

./dev docs             run every page, compare the reference with the code, follow every link
./dev docs --write     write the reference, and what the pages show, anew; then look at what changed
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import pages
import reference


def write() -> None:
    """Write every page that differs from what it should say."""
    for path, text in reference.pages().items():
        _put(path, text)
    with tempfile.TemporaryDirectory(prefix="docs-") as folder:
        database = Path(folder) / "communique.db"
        examples = sorted(str(p) for p in (pages.ROOT / "examples").iterdir() if p.suffix in (".txt", ".jsonl"))
        subprocess.run(
            [sys.executable, "-m", "communique", "--db", str(database), "add", *examples],
            check=True,
            capture_output=True,
        )
        for number, page in enumerate(pages.pages()):
            with pages.prepared(page, Path(folder) / str(number), database):
                _put(page, pages.rewritten(page))


def _put(path: Path, text: str) -> None:
    if not path.exists() or path.read_text("utf-8") != text:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        print(f"wrote {path.relative_to(pages.ROOT)}")


if __name__ == "__main__":
    if "--write" in sys.argv[1:]:
        write()
    else:
        tests = ["tests/docs", "tests/house"]
        sys.exit(
            subprocess.run(
                [sys.executable, "-m", "pytest", *tests, *sys.argv[1:]], cwd=pages.ROOT, check=False
            ).returncode
        )
