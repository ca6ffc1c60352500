"""Model objects in and out of a database. Nothing is decided here."""
