"""Many Reports in; shared words, stories and newsroom texts out."""
