"""What waits for a person, and what follows from a ruling."""
