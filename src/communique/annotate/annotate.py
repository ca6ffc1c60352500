"""The room's entry: everything that is read in one report, as its claims."""

from communique.annotate import lean  # noqa: F401 - before anything else imports spaCy

# isort: split
from communique.annotate import commitment_progress, commitments, entities, events, nlp, quotations, times
from communique.model import further
from communique.model.claims import Annotations, Claim
from communique.model.reports import Report
from communique.settings import DEFAULT_LIMITS, Limits


def annotate(report: Report, limits: Limits = DEFAULT_LIMITS) -> Annotations:
    """Read one report: who, when, what was said, what happened, what was promised.

    The same text and versions always give the same claims, sorted.

    Args:
        report: the report with its furniture marked.
        limits: the caps on what the parser sees at once.
    """
    parse = nlp.parse(report, limits)
    when = times.read(parse)
    who = entities.read(parse)
    said = quotations.read(parse, who)
    happened = events.read(parse, who, when, said)
    promised = commitments.read(parse, who, when, happened, said)
    progress = commitment_progress.read(parse, who, when, said, [p.span for p in promised])
    others = [m for _, file in further.files(__package__) for m in file.read(parse, who, when)]
    mentions = (*who.mentions, *when, *said, *happened, *promised, *progress, *others)
    return Annotations(report.id, tuple(sorted(_claims(mentions))), times.problems(parse, when))


def _claims(mentions: tuple[object, ...]) -> set[Claim]:
    return {claim for mention in mentions for claim in getattr(mention, "claims", ())}
