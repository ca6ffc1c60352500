"""Claims and Decisions in, the record out. A claim that loses is kept."""
