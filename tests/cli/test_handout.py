"""What a person takes away, and brings back."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def folder(example_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database of the example reports."""
    made = tmp_path_factory.mktemp("handout")
    shutil.copy(example_database, made / "communique.db")
    return made


def communique(folder: Path, *arguments: str, code: int = 0) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "communique", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=120)
    assert done.returncode == code, done.stderr
    assert b"Traceback" not in done.stderr
    return done


def test_a_brief_takes_the_form_that_its_file_is_named_for_and_verifies(folder: Path, tmp_path: Path) -> None:
    """Word by its ending; nothing is unsupported, and the numbers are printed."""
    path = tmp_path / "brief.docx"
    communique(folder, "brief", "-o", str(path))
    assert path.read_bytes().startswith(b"PK")
    said = communique(folder, "verify", str(path)).stdout.decode()
    assert "0 unsupported, 0 of the officer's own" in said


def test_a_changed_brief_ends_with_code_1_and_says_what_the_record_says(folder: Path, tmp_path: Path) -> None:
    """The sentence, the reason, and the sentence that the record gives."""
    path = tmp_path / "brief.md"
    printed = communique(folder, "brief").stdout.decode()
    path.write_text(printed.replace("- 20 May 2025, Lindhaven: 8th", "- 20 May 2025, Lindhaven: 9th"), encoding="utf-8")
    said = communique(folder, "verify", str(path), code=1).stdout.decode()
    assert "the record says otherwise" in said
    assert "Lindhaven: 8th session" in said
    assert "1 unsupported" in said


def test_own_lines_are_no_reason_for_code_1(folder: Path, tmp_path: Path) -> None:
    """They are counted and that is all."""
    path = tmp_path / "brief.html"
    communique(folder, "brief", "--format", "html", "-o", str(path))
    path.write_bytes(path.read_bytes().replace(b"(for the officer)", b"Ask for a date."))
    assert b"0 unsupported, 1 of the officer's own" in communique(folder, "verify", str(path)).stdout


def test_tables_are_a_folder(folder: Path, tmp_path: Path) -> None:
    """It needs a name, and then holds one file a table."""
    assert b"-o FOLDER" in communique(folder, "export", "--format", "csv", code=2).stderr
    communique(folder, "export", "--format", "csv", "-o", str(tmp_path / "tables"))
    assert {"events.csv", "evidence.csv"} <= {p.name for p in (tmp_path / "tables").iterdir()}
    communique(folder, "export", "--raw", code=2)
    communique(folder, "brief", "--format", "odt", code=2)


def test_a_packet_is_opened_where_its_reports_are(folder: Path, tmp_path: Path) -> None:
    """It verifies, and gives the record back to the byte; elsewhere it says that the reports are not there."""
    packet, back = tmp_path / "packet.json", tmp_path / "back.json"
    communique(folder, "export", "--format", "packet", "-o", str(packet))
    assert b" 0 unsupported" in communique(folder, "verify", str(packet)).stdout
    communique(folder, "packet", "open", str(packet), "-o", str(back))
    assert back.read_bytes() == communique(folder, "export").stdout


def test_what_cannot_be_read_is_said_in_one_line(folder: Path, tmp_path: Path) -> None:
    """A file that is missing, and one that is no brief."""
    (tmp_path / "x.json").write_text("{}", encoding="utf-8")
    for path in (tmp_path / "missing.md", tmp_path / "x.json"):
        assert len(communique(folder, "verify", str(path), code=2).stderr.strip().splitlines()) == 1


def test_a_search_shows_the_words_that_it_found(folder: Path) -> None:
    """With what stands around them, in every form of a table."""
    table = communique(folder, "search", "bridge", "freight").stdout.decode().splitlines()
    assert all("bridge" in line.casefold() or "freight" in line.casefold() for line in table[2:])
    rows = json.loads(communique(folder, "search", "bridge", "freight", "--json").stdout)
    assert len(rows) == len(table) - 2 > 3
    assert (
        len(communique(folder, "search", "bridge", "freight", "--format", "csv").stdout.splitlines()) == len(rows) + 1
    )


def test_the_timeline_takes_the_options_of_a_table(folder: Path) -> None:
    """Forms, a limit and conditions; two forms at once are wrong usage."""
    rows = [
        json.loads(x)
        for x in communique(folder, "timeline", "--jsonl", "--where", "status=planned").stdout.splitlines()
    ]
    assert rows
    assert {r["status"] for r in rows} == {"planned"}
    assert len(communique(folder, "timeline", "--csv", "--limit", "2").stdout.splitlines()) == 3
    communique(folder, "timeline", "--csv", "--json", code=2)
    communique(folder, "events", "--format", "xlsx", code=2)


def test_facts_below_a_confidence_are_left_out_of_tables_and_exports(folder: Path) -> None:
    """Tables, the timeline and exports keep what says enough; what is no share ends with code 2 and says what is."""
    whole = json.loads(communique(folder, "export").stdout)
    kept = json.loads(communique(folder, "export", "--min-confidence", "0.93").stdout)
    wanted = [e["id"] for e in whole["events"] if e["confidence"] >= 0.93]
    assert 0 < len(wanted) < len(whole["events"])
    assert [e["id"] for e in kept["events"]] == wanted
    rows = communique(folder, "events", "--min-confidence", "0.93", "--jsonl").stdout.splitlines()
    assert [json.loads(r)["id"] for r in rows] == wanted
    dated = {r["id"] for r in json.loads(communique(folder, "timeline", "--min-confidence", "0.93", "--json").stdout)}
    assert dated <= {*wanted, *(c["id"] for c in kept["commitments"])}
    said = communique(folder, "events", "--min-confidence", "80", code=2).stderr.decode()
    assert "from 0 to 1" in said
