"""Pure helpers on strings: no report, no database, no language model."""
