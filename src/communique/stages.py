"""The stage that a worker with the language model carries out: one report to its claims and features.

It lives apart from `pipeline`, which names it by import path, so that a worker never loads the database, and a
process that only asks never loads the language model.
"""

import msgspec

from communique.annotate import annotate as reading
from communique.annotate import nlp
from communique.cluster.features import features
from communique.ingest.language import is_unread
from communique.model.claims import Annotations
from communique.model.reports import Report
from communique.settings import Limits


def warm() -> None:
    """Load the language model, once per worker and outside any report's time."""
    nlp.model()


def annotate(payload: tuple[Report, Limits]) -> tuple[Annotations, bytes]:
    """A report to its claims and its features, packed for the store; no claims in a language that is not read yet."""
    report, limits = payload
    if is_unread(report.head.language):
        return Annotations(report.id, (), ()), msgspec.msgpack.encode(features(report, ()))
    annotations = reading.annotate(report, limits)
    return annotations, msgspec.msgpack.encode(features(report, annotations.claims))
