"""The order of evaluation, rule by rule: Ada attends, Pia presents."""

from fractions import Fraction

import pytest

from tests.factories.credits import award, learner, quarter, row, scheme, step, window

HOUR = [window("s", "18:00", "19:00")]
WHOLE = [row("18:00", "19:00")]
FULL_60 = {"scope": "session", "min_pct": 60, "on_pass": "full"}


# -- 1. gates --


def test_the_first_gate_that_is_shut_names_the_status_and_leaves_no_faculty():
    terms = scheme(
        gates=[{"flag": "feedback"}, {"flag": "quiz_pct", "min": "70"}], roles={"faculty": {"per_hour": 2}}
    )
    pia = award(terms, sessions=HOUR, faculty_sessions=["s"], flags={"feedback": False})
    assert (pia.status, pia.learner, pia.computed, pia.faculty) == ("blocked:feedback", 0, 0, None)
    assert (pia.blocked_by, award(scheme(), sessions=[]).blocked_by) == ("feedback", None)
    assert [each["step"] for each in pia.steps] == ["gates", "result"]
    assert "faculty" not in pia.data()


@pytest.mark.parametrize(
    ("value", "status"),
    [
        (70, "ok"), ("70", "ok"), (90, "ok"), (69, "blocked:q"), (91, "blocked:q"),
        (True, "blocked:q"), (None, "blocked:q"), ("good", "blocked:q"),
    ],
)  # fmt: skip
def test_a_bounded_gate_asks_for_a_number_inside_bounds_included(value, status):
    terms = scheme(gates=[{"flag": "q", "min": 70, "max": "90"}])
    assert award(terms, sessions=HOUR, flags={"q": value}).status == status


@pytest.mark.parametrize(("value", "status"), [(True, "ok"), (1, "blocked:f"), ("true", "blocked:f")])
def test_an_unbounded_gate_asks_for_true_itself(value, status):
    assert award(scheme(gates=[{"flag": "f"}]), sessions=HOUR, flags={"f": value}).status == status


# -- 2. items and stages --


def test_items_skip_bonus_and_minimum_but_not_caps_and_claim():
    terms = scheme(
        basis={"kind": "item", "per_item": "1.5"},
        bonuses=[{"amount": 5}],
        minimum="9",
        caps=[{"scope": "year", "max": 4}],
        rounding={"mode": "ceil", "increment": "1/2"},
    )
    ada = award(terms, items=3, year_so_far="1", claimed="2.9")
    assert (ada.computed, ada.learner) == (3, Fraction(5, 2))


def test_stages_earn_the_largest_entry_that_is_wholly_done():
    terms = scheme(basis={"kind": "stages", "table": {"A": 5, "A + B": 10, "C": 7}})
    assert [learner(terms, stages=done) for done in (["C", "A"], ["B"], ["B", "A"])] == [7, 0, 10]


# -- 3. sessions --


def test_pia_earns_nothing_elsewhere_while_she_speaks():
    sessions = [window("t", "18:00", "18:30", kind="break"), window("o", "18:00", "19:00")]
    terms = scheme(excluded_kinds=["break"])
    assert learner(terms, sessions=sessions, intervals=WHOLE, faculty_sessions=["t"]) == Fraction(1, 2)


def test_a_session_wholly_under_an_own_talk_is_no_session_to_attend():
    sessions = [window("t", "18:00", "19:30"), *HOUR]
    result = award(scheme(), sessions=sessions, intervals=WHOLE, faculty_sessions=["t"])
    assert (result.learner, step(result, "sessions")["out"]) == (0, "0.00")


def test_an_excluded_session_is_left_out_but_not_taken_from_its_neighbours():
    sessions = [*HOUR, window("b", "18:20", "18:40", kind="break")]
    assert learner(scheme(), sessions=sessions, intervals=WHOLE) == 1


def test_no_excluded_kinds_at_all_differs_from_none_named():
    sessions = [window("b", "18:00", "19:00", kind="meal")]
    assert learner(scheme(), sessions=sessions, intervals=WHOLE) == 0
    assert learner(scheme(excluded_kinds=[]), sessions=sessions, intervals=WHOLE) == 1


def test_a_session_that_ends_before_it_starts_is_ignored_even_as_an_own_talk():
    sessions = [*HOUR, window("odd", "18:40", "18:20")]
    assert learner(scheme(), sessions=sessions, intervals=WHOLE, faculty_sessions=["odd"]) == 1


# -- 4. presence --


def test_a_labelled_row_counts_for_its_session_alone_and_an_unknown_label_nowhere():
    sessions = [window("a", "18:00", "18:30"), window("b", "18:30", "19:00")]
    rows = [row("18:00", "19:00", session="b"), row("18:00", "19:00", session="gone")]
    assert learner(scheme(), sessions=sessions, intervals=rows) == Fraction(1, 2)


def test_gaps_are_bridged_within_a_session_but_never_between_labels():
    terms = scheme(attendance={"merge_gap_s": 60})
    sessions = [window("a", "18:00", "18:30"), window("b", "18:30", "19:00")]
    halves = [("18:00:00", "18:29:45"), ("18:30:15", "19:00:00")]
    hopping = [row(*halves[0], session="a"), row(*halves[1], session="b")]
    staying = [row(*halves[0]), row(*halves[1])]
    assert learner(terms, sessions=sessions, intervals=hopping) == Fraction(3570, 3600)
    assert learner(terms, sessions=sessions, intervals=staying) == 1


def test_seconds_present_are_told_beside_the_credit():
    ada = award("ama_live", sessions=HOUR, intervals=[row("18:00", "18:50")])
    assert (ada.present_seconds, award("picme", stages=["A"]).present_seconds) == (3000, 0)


def test_a_bridge_does_not_reach_over_an_own_talk():
    terms = scheme(attendance={"merge_gap_s": 3600})
    sessions = [window("a", "18:00", "19:00"), window("t", "18:15", "18:45")]
    rows = [row("18:00", "18:15"), row("18:45", "19:00")]
    assert learner(terms, sessions=sessions, intervals=rows, faculty_sessions=["t"]) == Fraction(1, 2)


def test_fractions_of_a_second_are_cut_off():
    rows = [row("18:00:00.999", "18:00:01.001")]
    assert learner(scheme(), sessions=HOUR, intervals=rows) == Fraction(1, 3600)


# -- 5. to 7. thresholds --


def test_grace_helps_over_a_session_threshold_and_equality_passes():
    terms = scheme(attendance={"scope": "session", "min_pct": 100, "grace_min": "5"})
    assert learner(terms, sessions=HOUR, intervals=[row("18:00", "18:55")]) == Fraction(55, 60)
    assert learner(terms, sessions=HOUR, intervals=[row("18:00", "18:54:59")]) == 0


def test_the_threshold_is_a_share_of_the_creditable_window_not_of_the_whole():
    sessions = [window("a", "18:00", "19:00"), window("t", "18:00", "18:30")]
    rows = [row("18:30", "18:48")]
    terms = scheme(attendance=FULL_60)
    assert learner(terms, sessions=sessions, intervals=rows, faculty_sessions=["t"]) == Fraction(1, 2)


def test_full_credit_takes_the_sessions_with_most_time_not_the_first():
    sessions = [window("a", "09:00", "10:00"), window("b", "09:30", "11:30"), window("c", "11:00", "11:45")]
    result = award(scheme(attendance=FULL_60), sessions=sessions, intervals=[row("09:00", "11:45")])
    assert result.learner == 2
    assert step(result, "threshold")["kept"] == 1


def test_windows_that_overlap_only_in_an_own_talk_both_count_in_full():
    sessions = [
        window("a", "09:00", "10:00"), window("t", "09:30", "10:30"), window("b", "09:45", "11:00"),
    ]  # fmt: skip
    terms = scheme(attendance=FULL_60)
    rows = [row("09:00", "11:00")]
    assert learner(terms, sessions=sessions, intervals=rows, faculty_sessions=["t"]) == 1


def test_an_activity_threshold_measures_the_union_and_gives_it_whole():
    terms = scheme(attendance={"scope": "activity", "min_pct": "50", "on_pass": "full"})
    sessions = [window("a", "09:00", "10:00"), window("b", "09:00", "11:00")]
    assert learner(terms, sessions=sessions, intervals=[row("09:00", "10:00")]) == 2
    assert learner(terms, sessions=sessions, intervals=[row("09:00", "09:59:59")]) == 0


def test_an_activity_threshold_without_full_credit_gives_the_time_present():
    terms = scheme(attendance={"scope": "activity", "min_pct": "50"})
    assert learner(terms, sessions=HOUR, intervals=[row("18:00", "18:30")]) == Fraction(1, 2)
    assert learner(terms, sessions=HOUR, intervals=[row("18:00", "18:29")]) == 0


def test_an_absent_person_passes_no_threshold_however_long_the_grace():
    for scope in ("session", "activity"):
        terms = scheme(attendance={"scope": scope, "min_pct": 100, "grace_min": 90, "on_pass": "full"})
        assert learner(terms, sessions=HOUR, intervals=[]) == 0


# -- 8. convert --


def test_extra_minutes_count_only_for_those_who_were_present():
    terms = scheme(creditable_extra=["evaluation"])
    extra = [{"kind": "evaluation", "minutes": "7.5"}, {"kind": "chat", "minutes": 99}]
    assert learner(terms, sessions=HOUR, intervals=WHOLE, extra_minutes=extra) == Fraction(675, 600)
    assert learner(terms, sessions=HOUR, intervals=[], extra_minutes=extra) == 0


def test_extra_minutes_do_not_save_a_failed_threshold():
    attendance = {"scope": "activity", "min_pct": 100}
    terms = scheme(creditable_extra=["evaluation"], attendance=attendance)
    extra = [{"kind": "evaluation", "minutes": 30}]
    assert learner(terms, sessions=HOUR, intervals=[row("18:00", "18:50")], extra_minutes=extra) == 0


def test_each_local_day_earns_its_best_tier():
    day = [window("a", "08:00", "12:00"), window("b", "13:00", "17:00")]
    rows = [row("08:00", "17:00")]
    assert learner("baek_B", timezone="Europe/Berlin", sessions=day, intervals=rows) == 6
    short = [row("08:00", "12:00"), row("13:00", "16:59:59")]
    assert learner("baek_B", timezone="Europe/Berlin", sessions=day, intervals=short) == 3


# -- 9. round --


@pytest.mark.parametrize(
    ("mode", "minutes", "credit"),
    [
        ("floor", "14", 0), ("ceil", "1", 1), ("none", "15", 1),
        ("nearest_half_up", "37:30", 3), ("nearest_half_down", "37:30", 2), ("nearest_half_even", "37:30", 2),
        ("nearest_half_even", "52:30", 4), ("nearest_half_up", "37:29", 2), ("nearest_half_down", "37:31", 3),
    ],
)  # fmt: skip
def test_each_mode_rounds_its_own_way(mode, minutes, credit):
    terms = scheme(rounding={"mode": mode, "increment": "1/4"})
    end = f"18:{minutes if ':' in minutes else minutes.zfill(2)}"
    assert learner(terms, sessions=HOUR, intervals=[row("18:00", end)]) == quarter(credit)


def test_rounding_per_session_gives_shared_instants_to_the_earlier_starting_session():
    terms = scheme(rounding={"mode": "floor", "increment": "1/2", "at": "session"})
    sessions = [window("late", "09:30", "10:15"), window("early", "09:00", "10:00")]
    result = award(terms, sessions=sessions, intervals=[row("09:00", "10:15")])
    assert result.learner == 1
    assert step(result, "round")["buckets"] == [
        {"name": "early", "out": "1.00"},
        {"name": "late", "out": "0.00"},
    ]


def test_a_local_day_of_25_hours_is_one_day():
    terms = scheme(rounding={"mode": "none", "at": "day"}, caps=[{"scope": "day", "max": "24.5"}])
    long = {"id": "a", "start": "2026-10-24T22:00:00Z", "end": "2026-10-25T23:00:00Z"}
    rows = [{"from": long["start"], "to": long["end"]}]
    assert learner(terms, timezone="Europe/Berlin", sessions=[long], intervals=rows) == Fraction(49, 2)
    assert learner(terms, timezone="UTC", sessions=[long], intervals=rows) == 25


@pytest.mark.parametrize(
    ("zone", "midnight"),
    [("America/Havana", "2025-11-02T04:00:00Z"), ("Africa/Cairo", "2026-04-23T22:00:00Z")],
)
def test_a_midnight_that_comes_twice_or_never_still_parts_the_days_once(zone, midnight):
    terms = scheme(rounding={"mode": "floor", "increment": 1, "at": "day"})
    hour, minute = int(midnight[11:13]), 30
    before = f"{midnight[:11]}{hour - 1:02}:{minute}:00Z"
    after = f"{midnight[:11]}{hour:02}:{minute}:00Z"
    activity = {
        "timezone": zone,
        "sessions": [{"id": "a", "start": before, "end": after}],
        "intervals": [{"from": before, "to": after}],
    }
    result = award(terms, **activity)
    assert (result.learner, len(step(result, "round")["buckets"])) == (0, 2)


def test_half_days_are_rounded_and_capped_each_for_itself_then_the_day():
    terms = scheme(
        rounding={"mode": "floor", "increment": "1", "at": "day"},
        half_day_at="12:00",
        caps=[{"scope": "half_day", "max": 3}, {"scope": "day", "max": 5}],
    )
    day = [window("a", "06:00", "20:00")]
    crossing = [row("11:30", "12:30")]
    assert learner(terms, sessions=day, intervals=crossing) == 0
    assert learner(terms, sessions=day, intervals=[row("06:00", "20:00")]) == 5
    assert learner(terms, sessions=day, intervals=[row("06:00", "13:00")]) == 4


# -- 10. bonuses and minimum --


def test_all_bonuses_are_taken_from_the_same_base_and_each_has_its_own_limit():
    terms = scheme(
        bonuses=[
            {"amount": "1", "per_units": 2, "max": "2"},
            {"flag": "quiz_pct", "min": 70, "amount": "1/2", "per_units": 2},
            {"flag": "feedback", "amount": 10},
        ]
    )
    day = {"sessions": [window("a", "08:00", "13:00")], "intervals": [row("08:00", "13:00")]}
    assert learner(terms, **day, flags={"quiz_pct": 70, "feedback": 1}) == 5 + 2 + Fraction(3, 2)
    assert learner(terms, sessions=day["sessions"], intervals=[], flags={"feedback": True}) == 0


def test_below_the_minimum_after_bonuses_is_nothing():
    terms = scheme(minimum="1/2", bonuses=[{"flag": "f", "amount": "0.25"}])
    quarter_hour = {"sessions": HOUR, "intervals": [row("18:00", "18:15")]}
    assert learner(terms, **quarter_hour) == 0
    assert learner(terms, **quarter_hour, flags={"f": True}) == Fraction(1, 2)


# -- 11. and 12. caps and claim --


def test_caps_leave_what_is_left_and_never_less_than_nothing():
    caps = [{"scope": "activity", "max": "0.9"}, {"scope": "year", "max": 10}, {"scope": "cycle", "max": 50}]
    terms = scheme(caps=caps)
    ada = {"sessions": HOUR, "intervals": WHOLE}
    assert learner(terms, **ada) == Fraction(9, 10)
    assert learner(terms, **ada, year_so_far="9.5") == Fraction(1, 2)
    assert learner(terms, **ada, year_so_far="9.5", cycle_so_far="49.9") == Fraction(1, 10)
    assert learner(terms, **ada, cycle_so_far=51) == 0


def test_a_claim_is_cut_to_the_increment_and_never_exceeds_what_was_computed():
    ada = {"sessions": HOUR, "intervals": WHOLE}
    assert [learner("ama_live", **ada, claimed=claim) for claim in ("0.99", "7", 0)] == [quarter(3), 1, 0]
    assert learner("rcpsc_s1", **ada, claimed="0.99") == Fraction(99, 100)


# -- faculty --


def test_pia_is_credited_for_minutes_spoken_once_per_presentation_rounded_once_and_uncapped():
    sessions = [
        window("t1", "09:00", "09:30", presentation="p", presented_min="10"),
        window("t2", "10:00", "11:00", presentation="p"),
        window("t3", "12:00", "12:10"),
        window("w", "13:00", "14:00", kind="welcome"),
    ]
    pia = award(
        "ama_live", sessions=sessions, faculty_sessions=["t2", "t1", "t3", "w", "gone"], designated_max="0"
    )
    assert (pia.faculty, pia.learner) == (quarter(3), 0)


def test_a_scheme_that_does_not_say_once_counts_a_repeated_talk_each_time():
    sessions = [
        window(id, f"{hour}:00", f"{hour + 1}:00", presentation="p") for id, hour in (("a", 10), ("b", 12))
    ]
    assert award("mct_journal_club", sessions=sessions, faculty_sessions=["a", "b"]).faculty == 4


def test_faculty_is_absent_without_the_role_and_zero_where_nothing_was_presented():
    assert award(scheme(), sessions=HOUR, faculty_sessions=["s"]).faculty is None
    assert award("ama_live", sessions=HOUR, faculty_sessions=[]).faculty is None
    assert award("ama_live", sessions=HOUR, faculty_sessions=["gone"]).faculty == 0


# -- the two house schemes --


def test_the_house_schemes_are_an_hour_in_quarters_and_one_per_45_minutes():
    ada = {"sessions": [window("s", "18:00", "19:30")], "intervals": [row("18:00", "19:07:30")]}
    assert learner("hourly_quarter", **ada) == quarter(5)
    assert learner("one_per_45", **ada) == 1
