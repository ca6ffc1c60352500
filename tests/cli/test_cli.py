"""The command line as a person meets it."""

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted(str(p) for p in (ROOT / "examples").iterdir() if p.suffix in (".txt", ".jsonl"))

type Run = Callable[..., subprocess.CompletedProcess[str]]


def communique(folder: Path, *arguments: str, code: int = 0, **environment: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "communique", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "NO_COLOR": "1", **environment},
        check=False,
        timeout=120,
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database of the example reports."""
    folder = tmp_path_factory.mktemp("built")
    communique(folder, "add", *EXAMPLES)
    return folder


def test_demo_prints_a_brief_whose_every_line_has_its_evidence(tmp_path: Path) -> None:
    """Each line of the brief carries a footnote, and each footnote names a report and characters."""
    printed = communique(tmp_path, "demo").stdout
    lines = [line for line in printed.splitlines() if line.startswith("- ")]
    assert len(lines) >= 10
    assert [line for line in lines if "[^" not in line] == []
    notes = [line for line in printed.splitlines() if line.startswith("[^")]
    assert all("characters " in note for note in notes[1:])
    assert "Made by Communiqué from record" in notes[0]
    assert list(tmp_path.iterdir()) == []


def test_adding_the_same_reports_again_changes_nothing(built: Path) -> None:
    """Duplicates are counted, exit code 0, and the record keeps its bytes."""
    before = communique(built, "export").stdout
    said = communique(built, "add", *EXAMPLES).stderr
    assert "0 new" in said
    assert communique(built, "export").stdout == before


@pytest.mark.parametrize(
    "verb", ["stories", "reports", "events", "statements", "series", "commitments", "disagreements", "actors", "copies"]
)
def test_every_section_has_a_table(built: Path, verb: str) -> None:
    """A table is printed aligned, as CSV and as JSON, with the same number of facts."""
    table = communique(built, verb).stdout.splitlines()[2:]
    facts = json.loads(communique(built, verb, "--json").stdout)
    assert len(facts) == len(table) > 0
    assert len(communique(built, verb, "--csv").stdout.splitlines()) == len(table) + 1
    assert len(communique(built, verb, "--jsonl", "--limit", "1").stdout.splitlines()) == 1


def test_a_table_without_facts_ends_with_code_3(built: Path) -> None:
    """Nothing found is told by the exit code."""
    communique(built, "events", "--where", "type=exercise", code=3)
    said = communique(built, "problems", code=3)
    assert said.stdout == ""
    assert "nothing found" in said.stderr


def test_as_of_today_is_the_one_way_to_ask_for_the_day_of_the_run(built: Path) -> None:
    """`today` is a day like any other: the record says which."""
    seen = json.loads(communique(built, "export", "--as-of", "today").stdout)["build"]["as_of"]
    assert dt.date.fromisoformat(seen) <= dt.datetime.now(dt.UTC).date()
    assert seen > "2025-05-21"


def test_the_timeline_shows_what_is_due(built: Path) -> None:
    """Besides the events with a date stands every commitment with one, on the day that it is due."""
    due = [json.loads(line) for line in communique(built, "commitments", "--jsonl").stdout.splitlines()]
    wanted = {(c["due"]["value"], c["id"]) for c in due if c["due"]}
    assert wanted
    lines = communique(built, "timeline").stdout.splitlines()[2:]
    days = [line.split()[0] for line in lines]
    assert days == sorted(days)
    assert wanted <= {(line.split()[0], line.split()[-1]) for line in lines}


def test_show_prints_the_words_around_every_span(built: Path) -> None:
    """A fact is shown with each report that states it, the span in brackets."""
    event = json.loads(communique(built, "events", "--jsonl", "--limit", "1").stdout)
    shown = communique(built, "show", event["id"]).stdout
    assert shown.count("characters ") == len({(s["report"], s["start"]) for s in event["evidence"]})
    assert f"[{event['evidence'][0]['text'].splitlines()[0][:20]}" in shown


def test_a_mention_is_an_address_too(built: Path) -> None:
    """Any place that a fact rests on leads to the fact."""
    events = [json.loads(line) for line in communique(built, "events", "--jsonl").stdout.splitlines()]
    event = max(events, key=lambda e: len(e["evidence"]))
    place = event["evidence"][-1]
    shown = communique(built, "show", f"{place['report']}.e{place['start']}-{place['end']}").stdout
    assert event["id"] in shown


def test_what_is_not_there_is_said_in_one_line_with_code_3(built: Path) -> None:
    """An address that nobody knows, words that nothing holds, a series that does not exist."""
    for arguments in (["show", "nobody"], ["search", "xylophone"], ["brief", "Xylophone Commission"]):
        said = communique(built, *arguments, code=3).stderr
        assert len(said.strip().splitlines()) == 1


def test_wrong_usage_ends_with_code_2(built: Path) -> None:
    """A condition without a value, a column and a format that do not exist."""
    communique(built, "events", "--where", "type", code=2)
    communique(built, "events", "--where", "colour=red", code=2)
    communique(built, "export", "--format", "xlsx", code=2)
    communique(built, "export", "--as-of", "yesterday", code=2)


def test_a_file_that_cannot_be_written_is_one_line(built: Path, tmp_path: Path) -> None:
    """A folder that is missing, a folder in the place of the file: no traceback, and nothing is left behind."""
    (tmp_path / "taken").mkdir()
    for place in (tmp_path / "missing" / "x.json", tmp_path / "taken"):
        said = communique(built, "export", "-o", str(place), code=2).stderr
        assert len(said.strip().splitlines()) == 1
    assert [p.name for p in tmp_path.iterdir()] == ["taken"]


def test_verify_finds_nothing_wrong_with_a_sound_database(built: Path) -> None:
    """Every text, span and fact is checked, and zero are unsupported."""
    assert "0 unsupported" in communique(built, "verify").stderr


def test_as_of_shows_the_record_as_it_was_known(built: Path) -> None:
    """Before the eighth session was reported, the record did not hold it."""
    early = communique(built, "export", "--as-of", "2024-12-31").stdout
    record = json.loads(early)
    assert {r["published"][:4] for r in record["reports"]} == {"2024"}
    assert not any(e["number"] == 8 and e["status"] == "happened" for e in record["events"])


@pytest.mark.parametrize("arguments", [["--help"], ["show", "ATJC-TW"], ["brief"], ["export"], ["events", "--csv"]])
def test_asking_never_loads_the_language_model(built: Path, arguments: list[str]) -> None:
    """Neither help, show, brief, export nor a table imports spaCy."""
    code = (
        "import sys\n"
        "from communique.cli.main import main\n"
        f"sys.argv = ['communique', *{arguments!r}]\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
        "assert 'spacy' not in sys.modules, 'spaCy was imported'\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=built, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_bad_input_costs_nothing_else(tmp_path: Path) -> None:
    """An empty file, a binary one, invalid bytes, a huge line and a missing path: one line each, the rest is read."""
    good = tmp_path / "good.txt"
    good.write_text("Transport Minister Ada Brenn met her counterpart in Lindhaven on 3 May 2024.\n", encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 64)
    (tmp_path / "latin.txt").write_bytes("Le ministre a visité Québec à l'été".encode("latin-1"))
    (tmp_path / "broken.txt").write_bytes(
        b"The minister met his counterpart. " * 20 + b"\xff\xfe\xfa" + b" It was late. " * 20
    )
    (tmp_path / "huge.txt").write_bytes(b"a" * 20_000_000)
    names = ["empty.txt", "binary.txt", "latin.txt", "broken.txt", "huge.txt", "missing.txt", "good.txt"]
    said = communique(tmp_path, "add", *names, code=4).stderr
    for name in ("empty.txt", "binary.txt", "huge.txt", "missing.txt"):
        assert sum(name in line for line in said.splitlines()) == 1, name
    told = {json.loads(p)["input"] for p in communique(tmp_path, "problems", "--jsonl").stdout.splitlines()}
    assert {"empty.txt", "binary.txt", "huge.txt"} <= told
    kept = {json.loads(r)["name"] for r in communique(tmp_path, "reports", "--jsonl").stdout.splitlines()}
    assert {"good.txt", "broken.txt"} <= kept


def test_a_bad_path_alone_is_wrong_usage(tmp_path: Path) -> None:
    """A path that does not exist, alone, is one line and exit code 2."""
    said = communique(tmp_path, "add", "missing.txt", code=2).stderr
    assert "missing.txt" in said


def test_a_removed_report_is_gone_until_it_is_taken_back(tmp_path: Path) -> None:
    """Remove leaves a tombstone; adding again needs --again, and then the record is what it was."""
    communique(tmp_path, "add", *EXAMPLES[:3])
    whole = communique(tmp_path, "export").stdout
    name = Path(EXAMPLES[0]).name
    communique(tmp_path, "remove", name, "--reason", "a test")
    assert name not in communique(tmp_path, "export").stdout
    refused = communique(tmp_path, "add", EXAMPLES[0], code=4).stderr
    assert "--again" in refused
    communique(tmp_path, "add", "--again", EXAMPLES[0])
    assert communique(tmp_path, "export").stdout == whole


def test_a_database_of_another_program_is_refused_in_one_line(tmp_path: Path) -> None:
    """Neither a traceback nor a changed file."""
    other = tmp_path / "other.db"
    other.write_bytes(b"not a database, but long enough to look at" * 100)
    before = other.read_bytes()
    said = communique(tmp_path, "--db", str(other), "export", code=1).stderr
    assert len(said.strip().splitlines()) == 1
    assert other.read_bytes() == before


def test_doctor_names_versions_and_the_models_hash(tmp_path: Path) -> None:
    """Everything that a bug report needs is on one screen."""
    printed = communique(tmp_path, "doctor").stdout
    assert "spacy 3.8" in printed
    assert "files 1436fcdc17808c54" in printed


def test_a_ruling_changes_the_record_and_its_withdrawal_brings_it_back(tmp_path: Path) -> None:
    """A rejected event is gone; withdrawing the ruling gives the old bytes, and both rulings stay listed."""
    communique(tmp_path, "add", *EXAMPLES[:2])
    before = communique(tmp_path, "export").stdout
    events = [json.loads(line) for line in communique(tmp_path, "events", "--jsonl").stdout.splitlines()]
    mention = next(e["id"] for e in events if ".e" in e["id"])
    ruling = communique(tmp_path, "decide", "reject", mention, "--by", "Ada").stdout.strip()
    assert mention not in {e["id"] for e in json.loads(communique(tmp_path, "export").stdout)["events"]}
    communique(tmp_path, "decide", "withdraw", "--decision", ruling, "--by", "Ada")
    assert communique(tmp_path, "export").stdout == before
    assert len(communique(tmp_path, "decisions").stdout.splitlines()) == 2


@pytest.mark.parametrize(
    "arguments",
    [["reject"], ["set", "r0123456789abcdef.e1-2"], ["same", "r0123456789abcdef.e1-2"], ["withdraw"], ["frobnicate"]],
)
def test_a_ruling_that_makes_no_sense_is_wrong_usage(built: Path, arguments: list[str]) -> None:
    """Too few mentions, no value, no such ruling: code 2."""
    communique(built, "decide", *arguments, code=2)
