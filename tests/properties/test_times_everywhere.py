"""Times are read alike under every clock, time zone and locale of the machine."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

SETTINGS = (
    ("1970-01-01", "UTC", "C"),
    ("2024-02-29", "Asia/Kolkata", "de_DE.UTF-8"),
    ("2099-12-31", "America/Los_Angeles", "tr_TR.UTF-8"),
    ("2000-06-15", "Pacific/Kiritimati", "ar_EG.UTF-8"),
    ("1999-12-31", "Europe/Moscow", "C.UTF-8"),
)
TEXT = (
    "On Monday the premier of Vorrin, who had met the envoys on 04/05/2031 and in May, flew in; she leaves on Friday. "
    "Next year, on 1 July and in the third quarter, the council will sit. It sat two days ago, in '98 and this week."
)
#: A machine whose clock shows another day: what asks for it gets that day.
CLOCK = """
import datetime, locale, sys, time
day = datetime.datetime.fromisoformat(sys.argv[1])
class Moment(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls(day.year, day.month, day.day, tzinfo=tz)
    utcnow = today = now
class Day(datetime.date):
    @classmethod
    def today(cls):
        return cls(day.year, day.month, day.day)
datetime.datetime, datetime.date = Moment, Day
time.time = lambda: (day - datetime.datetime(1970, 1, 1)).total_seconds()
try:
    locale.setlocale(locale.LC_ALL, "")
except locale.Error:
    pass
"""
GRAMMAR = """
from communique.text import timex_rules
from communique.text.timex import Context
for published in (datetime.date(2031, 5, 14), None):
    context = Context(published, narrative=False, direction=lambda at: "future" if at > 100 else "past")
    for found in timex_rules.read(sys.argv[2], context):
        print(found.start, found.end, found.sense.timex, found.sense.kind, found.sense.open, found.sense.rule)
"""
WHOLE = """
from communique.annotate import nlp, times
from communique.model.reports import Head, Report
head = Head(id="r" + "0" * 16, name="t", sha256="", chars=len(sys.argv[2]), published="2031-05-14")
for one in times.read(nlp.parse(Report(head, sys.argv[2]))):
    print(one.span.start, one.span.end, one.timex, one.timex_type, one.date_open, one.rule)
"""


def read(code: str, clock: str, zone: str, locale: str) -> bytes:
    """What a process under a clock, a time zone and a locale prints."""
    environment = {**os.environ, "TZ": zone, "LC_ALL": locale, "LANG": locale, "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", CLOCK + code, clock, TEXT]
    return subprocess.run(command, env=environment, capture_output=True, check=True).stdout


def test_the_grammar_reads_alike_everywhere() -> None:
    """Five clocks, time zones and locales give the same bytes, dated and undated."""
    with ThreadPoolExecutor(2) as pool:
        outputs = list(pool.map(lambda s: read(GRAMMAR, *s), SETTINGS))
    assert len(outputs[0].splitlines()) > 15
    assert len(set(outputs)) == 1


def test_the_parsed_reading_is_alike() -> None:
    """With the parser's tenses too, two machines far apart give the same bytes."""
    outputs = {read(WHOLE, *setting) for setting in SETTINGS[1:3]}
    assert len(outputs) == 1
    assert b"2031-05-12" in outputs.pop()
