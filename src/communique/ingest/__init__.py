"""Bytes in, a Report or a Problem out. Text is never deleted: furniture is marked."""
