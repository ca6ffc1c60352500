"""Views and comments for people: `reading.lay` makes them anew after every upgrade, so there is nothing to do here."""

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing."""
