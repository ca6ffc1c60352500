"""How many independent newsroom texts attest a fact, and which story a report belongs to."""

from collections.abc import Iterable, Sequence

from communique.model.record import Story


class Origins:
    """The stories of the reports, for look-up. Reports that copy one another's own words share an origin."""

    def __init__(self, stories: Sequence[Story]) -> None:
        """Index the stories by report."""
        self._story = {report: story.id for story in stories for report in story.reports}
        self._origin = {report: min(group) for story in stories for group in story.origins for report in group}

    def story(self, report: str) -> str:
        """Id of the story that holds a report; the report's own id where no story does."""
        return self._story.get(report, report)

    def origin(self, report: str) -> str:
        """Smallest report id of the origin group that holds a report."""
        return self._origin.get(report, report)

    def count(self, reports: Iterable[str]) -> int:
        """Number of independent newsroom texts among some reports."""
        return len({self.origin(r) for r in reports})
