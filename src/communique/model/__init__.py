"""The nouns of Communiqué: frozen, slotted, compared by value, independent of every library but msgspec.

Start with `claims.Claim`: everything in the record points to Claims, and a Claim cannot be made without its span.
"""
