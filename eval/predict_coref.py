"""Predictor of the task `coref`: which given mentions tell of one happening, across reports.

Two mentions are one happening where our own grouping puts their reports into one story and their head words have one
lemma. This is the plain first step; the merging of `fuse` works on richer mentions than those given here.
"""

from collections.abc import Iterator
from typing import Any

from communique.annotate import nlp
from communique.cluster.features import features
from communique.cluster.stories import partition
from communique.model.reports import Head, Report

_HEADS = ("VERB", "NOUN", "PROPN", "ADJ")


def predict(reports: Iterator[dict[str, Any]], mentions: Iterator[dict[str, Any]]) -> Iterator[dict[str, str]]:
    """One line a mention: `{"mention", "chain"}`.

    Args:
        reports: rows with `id`, `text`, `title`, `published` and `source`.
        mentions: rows with `mention`, `report`, `start` and `end`, in code points.
    """
    read = {row["id"]: _report(row) for row in reports}
    story = {m.report: group[0].report for group in partition([features(r) for r in read.values()]) for m in group}
    by_report: dict[str, list[dict[str, Any]]] = {}
    for mention in mentions:
        by_report.setdefault(mention["report"], []).append(mention)
    for name, given in by_report.items():
        parse = nlp.parse(read[name])
        for mention in given:
            yield {"mention": mention["mention"], "chain": f"{story[name]}:{_lemma(parse, mention)}"}


def _report(row: dict[str, Any]) -> Report:
    known = {"outlet": row.get("source"), "title": row.get("title"), "published": row.get("published")}
    return Report(Head(id=row["id"], name=row["id"], sha256="", chars=len(row["text"]), **known), row["text"])


def _lemma(parse: nlp.Parse, mention: dict[str, Any]) -> str:
    """Lemma of a mention's head word; its own words where the parse has none."""
    piece = parse.piece_at(mention["start"])
    start, end = mention["start"], mention["end"]
    words = [t for t in piece.doc if piece.bounds(t)[0] < end and piece.bounds(t)[1] > start] if piece else []
    inside = {t.i for t in words}
    heads = [t for t in words if t.head.i not in inside or t.head.i == t.i] or words
    telling = [t for t in heads if t.pos_ in _HEADS] or [t for t in words if t.pos_ in _HEADS] or heads
    return telling[0].lemma_.lower() if telling else mention["text"].lower()
