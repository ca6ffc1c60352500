"""Communiqué: the system of record for intergovernmental commissions and summits.

Reports go in, one record comes out, and every fact points to the characters that state it.
"""

__version__ = "0.1.0"
