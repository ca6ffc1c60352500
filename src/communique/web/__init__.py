"""The local page: thin, every answer is one call of api."""
