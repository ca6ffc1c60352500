"""The stages that a worker carries out: one input to a report, one report to its claims and features.

They live apart from `pipeline`, which names them by import path, so that a worker never loads the database, and a
process that only asks never loads the language model.
"""

import msgspec

from communique.annotate import annotate as reading
from communique.annotate import nlp
from communique.cluster.features import features
from communique.ingest.read import Read, read
from communique.ingest.sources import Source
from communique.model.claims import Annotations
from communique.model.reports import Report
from communique.settings import Limits


def warm() -> None:
    """Load the language model, once per worker and outside any report's time."""
    nlp.model()


def ingest(payload: tuple[Source, Limits]) -> Read:
    """Bytes to a report, or to the problems that say why there is none."""
    return read(*payload)


def annotate(payload: tuple[Report, Limits]) -> tuple[Annotations, bytes]:
    """A report to its claims and its features, the latter packed for the store."""
    report, limits = payload
    annotations = reading.annotate(report, limits)
    return annotations, msgspec.msgpack.encode(features(report, annotations.claims))
