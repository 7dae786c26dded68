"""The steps as plain sentences: "why 0.75?"."""

from fractions import Fraction

import pytest

from tests.factories.credits import award, row, scheme, window
from webinar.credits.rules.amount import short_text, value_text
from webinar.credits.rules.explain import explain


def told(terms, **activity):
    return explain(award(terms, **activity).steps)


def talk(minutes):
    return {"sessions": [window("s", "18:00", f"{18 + minutes // 60}:{minutes % 60:02}")]}


def test_67_minutes_of_70_are_explained_as_the_page_says_it():
    assert told("ama_live", **talk(70), intervals=[row("18:00", "19:07")]) == [
        "Present 67 min of 70",
        "1.1167",
        "nearest quarter 1.00",
    ]


def test_seconds_are_told_where_there_are_any():
    assert told("ama_live", **talk(60), intervals=[row("18:00", "18:37:30")]) == [
        "Present 37 min 30 s of 60 min",
        "0.625",
        "nearest quarter 0.75",
    ]


def test_a_shut_gate_says_what_is_needed():
    assert told("eaccme_2023", **talk(60)) == ["Blocked: feedback is not done"]
    assert told("ama_journal", flags={"quiz_pct": 69}) == ["Blocked: quiz_pct is 69, at least 70 needed"]
    assert told("baek_C", **talk(60)) == ["Blocked: group_size is missing, at most 25 needed"]
    assert told("ama_journal", flags={"quiz_pct": True}) == [
        "Blocked: quiz_pct is missing, at least 70 needed"
    ]


def test_nothing_earned_always_names_the_step_that_failed():
    assert told("baek_A", **talk(90), intervals=[row("18:00", "19:10")]) == [
        "Present 70 min of 90",
        "100 % of the activity with 5 min of grace needed: not reached",
        "0",
        "down to the whole 0",
    ]


def test_bonus_threshold_and_minimum_are_told():
    assert told("baek_A", **talk(90), intervals=[row("18:00", "19:26")], flags={"quiz_pct": 80}) == [
        "Present 86 min of 90",
        "100 % of the activity with 5 min of grace reached: 90 min counted",
        "2",
        "down to the whole 2",
        "bonus 1: 3",
    ]
    assert told(scheme(minimum="1/4"), **talk(60), intervals=[row("18:00", "18:10")])[-1] == (
        "0.1667 is below the minimum of 0.25: 0.00"
    )


def test_a_minimum_that_changed_nothing_is_not_told():
    kept = told(scheme(minimum="1/4"), **talk(60), intervals=[row("18:00", "19:00")])
    assert kept == ["Present 60 min of 60", "1.00"]


def test_a_cap_that_took_nothing_is_not_told():
    kept = told("rcp_personal", **talk(60), intervals=[row("18:00", "19:00")], designated_max=1)
    assert kept == ["Present 60 min of 60", "1.00"]


def test_a_bonus_that_added_nothing_is_not_told():
    assert told("baek_A", **talk(45), intervals=[row("18:00", "18:45")])[2:] == ["1", "down to the whole 1"]


def test_days_caps_and_claim_are_told():
    day = {"sessions": [window("a", "06:00", "20:00")], "intervals": [row("06:00", "20:00")]}
    assert told("eaccme_legacy", **day, claimed="5") == [
        "Present 840 min of 840",
        "14.0",
        "down to the whole per day, at most 3 a half day, at most 6 a day 6.0",
        "claimed 5 of 6: 5.0",
    ]
    assert told("rcp_personal", **day, year_so_far="2")[-1] == "at most 10 a year, 2 had before: 8.00"
    assert told("rcp_personal", **day, year_so_far="2", designated_max=3)[-1] == (
        "at most 3 designated for this activity: 3.00"
    )
    tiers = scheme(
        basis={"kind": "tier_day", "tiers": [{"min_minutes": 300, "credits": 2}]},
        rounding={"mode": "none", "at": "day"},
        caps=[{"scope": "day", "max": 1}],
    )
    assert told(tiers, **day)[-2:] == ["2.00", "at most 1 a day 1.00"]


def test_pieces_stages_extras_and_presenting_are_told():
    assert told("ama_journal", items=2, flags={"quiz_pct": 80}) == ["2 × 1 = 2.00"]
    assert told("picme", stages=["B", "A"]) == ["Stages done: A + B; 10.00"]
    assert told("picme", stages=[]) == ["Stages done: none; 0.00"]
    extra = [{"kind": "evaluation", "minutes": 10}]
    assert told("ancc", **talk(60), intervals=[row("18:00", "19:00")], extra_minutes=extra) == [
        "Present 60 min of 60",
        "with 10 min extra 1.1667",
        "nearest hundredth 1.17",
    ]
    assert told("ama_live", **talk(30), faculty_sessions=["s"])[-1] == (
        "presented 30 min at 2 per hour: 1.00 for presenting"
    )


def test_session_thresholds_and_rare_increments_are_told():
    terms = scheme(
        attendance={"scope": "session", "min_pct": 50},
        rounding={"mode": "ceil", "increment": "1/40", "at": "session"},
    )
    assert told(terms, **talk(60), intervals=[row("18:00", "18:35")])[1:] == [
        "50 % of each session reached: 35 min counted",
        "0.5833",
        "up to the 0.025 per session 0.60",
    ]


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        ("5/4", 2, "1.25"), ("1/10", 3, "0.100"), ("5/6", 2, "5/6"), ("1/8", 2, "0.125"), ("3", 0, "3"),
        ("0", 1, "0.0"), ("-1/4", 0, "-0.25"), ("120", 0, "120"),
    ],
)  # fmt: skip
def test_a_value_is_written_exactly(value, decimals, text):
    assert value_text(Fraction(value), decimals) == text


def test_a_value_for_reading_is_rounded_half_up():
    assert [short_text(Fraction(v), 2) for v in ("1/3", "1/8", "-1/8", "2")] == [
        "0.33",
        "0.13",
        "-0.13",
        "2.00",
    ]
