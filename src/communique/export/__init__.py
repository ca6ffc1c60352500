"""The record, as other people need it: JSON, the brief."""
