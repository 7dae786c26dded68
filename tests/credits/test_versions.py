"""Which version applies, what is shipped, and the hash an award rests on."""

import hashlib
import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction

import pytest

from webinar.credits.rules.activity import CreditInput, ExtraMinutes, PresenceRow, SessionWindow
from webinar.credits.rules.canonical import canonical_input_hash, input_data
from webinar.credits.rules.reading import credit_input
from webinar.credits.rules.refused import CreditRefused
from webinar.credits.rules.versions import newest, valid_on
from webinar.credits.schemes import named, requirements, scheme_for, schemes
from webinar.timekeeping.zones import zone

LATE = SessionWindow("s", datetime(2024, 5, 8, 23, tzinfo=UTC), datetime(2024, 5, 9, 1, tzinfo=UTC))


def test_24_schemes_and_6_requirements_are_shipped():
    assert (len(schemes()), len(requirements())) == (24, 6)
    assert named("nmc_5y").total == 100


def test_the_first_day_is_a_local_day_of_the_activity():
    assert CreditInput(sessions=(LATE,)).first_day == date(2024, 5, 8)
    assert CreditInput(sessions=(LATE,), zone=zone("Europe/Berlin")).first_day == date(2024, 5, 9)
    assert CreditInput().first_day is None


def test_an_activity_uses_the_version_in_force_on_its_first_day():
    assert scheme_for("baek_A", date(2024, 5, 9)).version == "2024"
    with pytest.raises(CreditRefused) as refused:
        scheme_for("baek_A", date(2024, 5, 8))
    assert refused.value.sentence == "No version of the scheme “baek_A” was in force on 2024-05-08."


def test_both_ends_of_validity_belong_to_it_and_the_newest_wins():
    old = replace(named("ama_live"), version="9", valid_to=date(2025, 12, 31))
    new = replace(old, version="10", valid_from=date(2026, 1, 1), valid_to=None)
    assert [valid_on((new, old), day) for day in (date(2025, 12, 31), date(2026, 1, 1))] == [old, new]
    assert newest((replace(new, version="9"), new, replace(new, version="2"))) == new
    assert newest(()) is None


def test_the_hash_is_that_of_sorted_keys_without_spaces_in_utf_8():
    data = {"b": ["é", True, None], "a": Decimal("1.50")}
    assert canonical_input_hash(data) == hashlib.sha256('{"a":1.5,"b":["é",true,null]}'.encode()).hexdigest()
    with pytest.raises(CreditRefused):
        canonical_input_hash({"a": 0.5})


def test_an_activity_written_out_is_read_back_the_same_and_hashes_the_same():
    ada = CreditInput(
        sessions=(replace(LATE, presentation="p", presented_min=Fraction(1, 3), track="1"),),
        intervals=(PresenceRow(LATE.start_at, LATE.end_at, "s"), PresenceRow(LATE.start_at, LATE.end_at)),
        zone=zone("Asia/Kathmandu"),
        faculty_sessions=("s",),
        flags={"feedback": True, "quiz_pct": Fraction(80)},
        extra_minutes=(ExtraMinutes("evaluation", Fraction(10)),),
        stages=frozenset("AB"),
        designated_max=Fraction(5),
        claimed=Fraction(5, 4),
    )
    data = input_data(ada)
    assert credit_input(json.loads(json.dumps(data)), named("ama_live")) == ada
    assert canonical_input_hash(ada) == canonical_input_hash(data)
    moved = replace(
        ada, sessions=(replace(LATE, start_at=LATE.start_at.astimezone(timezone(timedelta(hours=9)))),)
    )
    assert input_data(moved)["sessions"][0]["start"] == "2024-05-08T23:00:00Z"


def test_the_command_needs_no_flask_and_no_database():
    code = (
        "import sys, webinar.credits.cli\n"
        "print([name for name in ('flask', 'sqlalchemy', 'pydantic') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
