"""Changing a series: who moves, who stays, what is dropped and added; the clock on the wall is kept."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webinar.refusal import Invalid
from webinar.sessions.rules.pattern import every_of, rhythm_of, stepped_back
from webinar.sessions.rules.reshape.exceptions import exceptions
from webinar.sessions.rules.reshape.plan import reshape
from webinar.sessions.rules.reshape.values import Fate, Reshape, Scope, Shape, Standing, Why, Wish
from webinar.sessions.rules.rewording import Rewording, reworded
from webinar.sessions.rules.rhythm import Every, Rhythm, dates, rrule
from webinar.sessions.rules.start import DoubtfulStart, When, derived
from webinar.timekeeping.recurrence.rule import parse_rule

BERLIN, NEW_YORK = "Europe/Berlin", "America/New_York"
NOW = datetime(2026, 10, 7, 10, tzinfo=UTC)


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def weekly(count: int = 6, starts: str = "2026-10-14T18:00", zone_name: str = BERLIN) -> Shape:
    return Shape(wall(starts), zone_name, 60, f"FREQ=WEEKLY;COUNT={count};BYDAY=WE")


def standings(shape: Shape) -> list[Standing]:
    found = dates(shape.rule, shape.starts_local, shape.zone_name, shape.minutes)
    return [
        Standing(number, derived(each.start_local, each.zone_name, shape.minutes), each.start_local)
        for number, each in enumerate(found, start=1)
    ]


def wish(scope: Scope, anchor_id: int, starts: str, count: int = 6, **changes) -> Wish:
    when = When(wall(starts), changes.pop("zone_name", BERLIN), changes.pop("minutes", 60))
    rhythm = changes.pop("rhythm", Rhythm(Every.WEEK, count=count))
    return Wish(scope, anchor_id, when, rhythm, **changes)


def fates(change: Reshape) -> list[tuple[int, str]]:
    return [(line.session_id, (line.why or line.fate).value) for line in change.lines]


def starts(change: Reshape) -> list[str]:
    return [f"{line.new.starts_local:%m-%d %H:%M}" for line in change.lines]


def test_this_one_moves_alone_and_stays_on_its_date_of_the_rule():
    shape = weekly(3)
    change = reshape(shape, standings(shape), wish(Scope.ONE, 2, "2026-10-22T17:00"), NOW)
    assert fates(change) == [(1, "others"), (2, "changed"), (3, "others")]
    assert change.lines[1].new.starts_at == datetime(2026, 10, 22, 15, tzinfo=UTC)
    assert change.lines[1].planned_local == wall("2026-10-21T18:00")
    assert (change.shape, change.head) == (shape, None)


def test_one_session_in_a_doubled_hour_is_refused_with_both_choices():
    shape = weekly(3)
    with pytest.raises(DoubtfulStart) as refused:
        reshape(shape, standings(shape), wish(Scope.ONE, 2, "2026-10-25T02:30"), NOW)
    assert len(refused.value.choices) == 2


def test_all_take_the_new_weekday_and_hour_whichever_was_typed_on():
    shape = weekly(4)
    change = reshape(shape, standings(shape), wish(Scope.ALL, 3, "2026-10-29T19:00", count=2), NOW)
    assert starts(change) == ["10-15 19:00", "10-22 19:00", "10-29 19:00", "11-05 19:00"]
    assert change.shape == Shape(wall("2026-10-15T19:00"), BERLIN, 60, "FREQ=WEEKLY;COUNT=4;BYDAY=TH")


def test_the_wall_time_is_kept_when_clocks_change_and_the_organiser_is_told():
    shape = weekly(3)
    change = reshape(shape, standings(shape), wish(Scope.ALL, 1, "2026-10-15T19:00", count=3), NOW)
    assert [line.new.starts_at.hour for line in change.lines] == [17, 17, 18]
    assert [sentence[:42] for sentence in change.notices] == ["Clocks in Berlin change before 29 October "]


def test_what_has_begun_or_is_cancelled_stays_and_keeps_its_place():
    shape = weekly(4)
    one, two, three, four = standings(shape)
    now = datetime(2026, 10, 14, 16, tzinfo=UTC)
    held = [one, replace(two, is_cancelled=True), three, four]
    change = reshape(shape, held, wish(Scope.ALL, 3, "2026-10-29T18:00", count=2), now)
    assert fates(change) == [(1, "begun"), (2, "cancelled"), (3, "changed"), (4, "changed")]
    assert change.lines[0].new == one.start
    after = [
        replace(each, start=line.new, planned_local=line.planned_local)
        for each, line in zip(held, change.lines, strict=True)
    ]
    told = exceptions(change.shape, after)
    assert told.excluded == (wall("2026-10-22T18:00"),)
    assert [each.session_id for each in told.moved] == [1]
    assert told.extra == ()


def test_a_session_that_was_moved_by_itself_stays_unless_it_is_meant_too():
    shape = weekly(3)
    one, two, three = standings(shape)
    moved = [one, replace(two, start=derived(wall("2026-10-22T12:00"), BERLIN, 60)), three]
    typed = wish(Scope.ALL, 1, "2026-10-14T19:00", count=3)
    assert fates(reshape(shape, moved, typed, NOW)) == [(1, "changed"), (2, "moved"), (3, "changed")]
    taken = reshape(shape, moved, replace(typed, with_moved=True), NOW)
    assert starts(taken) == ["10-14 19:00", "10-21 19:00", "10-28 19:00"]


def test_fewer_dates_drop_the_last_and_more_dates_add_drafts():
    shape = weekly(4)
    fewer = reshape(shape, standings(shape), wish(Scope.ALL, 1, "2026-10-14T18:00", count=3), NOW)
    assert fates(fewer) == [(1, "same"), (2, "same"), (3, "same"), (4, "dropped")]
    more = reshape(shape, standings(shape), wish(Scope.ALL, 1, "2026-10-14T18:00", count=6), NOW)
    assert [each.starts_local for each in more.added] == [wall("2026-11-11T18:00"), wall("2026-11-18T18:00")]
    assert more.shape.rule == "FREQ=WEEKLY;COUNT=6;BYDAY=WE"


def test_those_that_follow_get_a_rule_of_their_own_and_the_old_one_ends_before():
    shape = weekly(4)
    change = reshape(shape, standings(shape), wish(Scope.FOLLOWING, 3, "2026-10-29T18:00", count=2), NOW)
    assert fates(change) == [(1, "earlier"), (2, "earlier"), (3, "changed"), (4, "changed")]
    assert [line.goes_along for line in change.lines] == [False, False, True, True]
    assert change.head == replace(shape, rule="FREQ=WEEKLY;COUNT=2;BYDAY=WE")
    assert change.shape == Shape(wall("2026-10-29T18:00"), BERLIN, 60, "FREQ=WEEKLY;COUNT=2;BYDAY=TH")


def test_a_rule_that_ends_on_a_day_ends_at_its_last_kept_date_in_utc_by_that_dates_offset():
    shape = replace(weekly(), rule="FREQ=WEEKLY;UNTIL=20261118T225959Z;BYDAY=WE")
    change = reshape(shape, standings(shape), wish(Scope.FOLLOWING, 3, "2026-10-28T20:00", count=4), NOW)
    assert change.head is not None
    assert change.head.rule == "FREQ=WEEKLY;UNTIL=20261021T160000Z;BYDAY=WE"


def test_from_the_first_session_on_means_all_and_splits_nothing():
    shape = weekly(3)
    change = reshape(shape, standings(shape), wish(Scope.FOLLOWING, 1, "2026-10-15T18:00", count=3), NOW)
    assert (change.head, change.lines[2].fate) == (None, Fate.CHANGED)


def test_another_end_alone_splits_nothing():
    shape = weekly(4)
    change = reshape(shape, standings(shape), wish(Scope.FOLLOWING, 3, "2026-10-28T18:00", count=3), NOW)
    assert (change.head, len(change.added), change.shape.rule) == (None, 1, "FREQ=WEEKLY;COUNT=5;BYDAY=WE")


def test_an_extra_date_stays_and_follows_the_part_that_it_lies_in():
    shape = weekly(4)
    extra = Standing(9, derived(wall("2026-12-01T18:00"), BERLIN, 60), None)
    held = [*standings(shape), extra]
    change = reshape(shape, held, wish(Scope.FOLLOWING, 3, "2026-10-29T18:00", count=2), NOW)
    line = change.lines[-1]
    assert (line.fate, line.why, line.goes_along) == (Fate.KEPT, Why.ADDED, True)
    with pytest.raises(Invalid) as refused:
        reshape(shape, held, wish(Scope.ALL, 9, "2026-12-02T18:00"), NOW)
    assert refused.value.field == "scope"


@pytest.mark.parametrize(
    ("typed", "now", "field"),
    [
        (wish(Scope.ALL, 1, "2026-10-01T18:00"), NOW, "starts_local"),
        (wish(Scope.ALL, 3, "2026-10-14T18:00"), NOW, "starts_local"),  # the first would be in September
        (wish(Scope.ONE, 1, "2026-10-01T18:00"), NOW, "starts_local"),
        (wish(Scope.ONE, 1, "2026-12-01T18:00"), datetime(2026, 10, 14, 16, tzinfo=UTC), "starts_local"),
        (wish(Scope.ALL, 1, "2026-10-14T18:00", zone_name="Europe/Nowhere"), NOW, "zone_name"),
        (wish(Scope.ALL, 1, "2026-10-14T18:00", minutes=2), NOW, "minutes"),
        (wish(Scope.ALL, 3, "2026-10-28T18:00", count=60), NOW, "count"),
        (wish(Scope.ALL, 1, "2026-10-14T18:00", rhythm=Rhythm(Every.WEEK)), NOW, "count"),
        (wish(Scope.ALL, 1, "2026-10-29T18:00", rhythm=Rhythm(Every.DAY_OF_MONTH, count=3)), NOW, "every"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(typed, now, field):
    shape = weekly()
    with pytest.raises(Invalid) as refused:
        reshape(shape, standings(shape), typed, now)
    assert refused.value.field == field


def test_a_cancelled_session_is_no_start_for_a_change():
    shape = weekly(3)
    one, two, three = standings(shape)
    with pytest.raises(Invalid):
        reshape(
            shape, [one, replace(two, is_cancelled=True), three], wish(Scope.ALL, 2, "2026-10-22T18:00"), NOW
        )


def test_the_last_day_of_the_month_stays_the_last_day_also_from_a_february_on():
    shape = Shape(wall("2026-10-31T18:00"), BERLIN, 60, "FREQ=MONTHLY;COUNT=8;BYMONTHDAY=-1")
    typed = wish(Scope.ALL, 5, "2027-02-28T19:00", rhythm=Rhythm(Every.DAY_OF_MONTH, count=4))
    change = reshape(shape, standings(shape), typed, NOW)
    assert starts(change) == [
        "10-31 19:00",
        "11-30 19:00",
        "12-31 19:00",
        "01-31 19:00",
        "02-28 19:00",
        "03-31 19:00",
        "04-30 19:00",
        "05-31 19:00",
    ]


def test_a_rhythm_can_end_on_a_last_date():
    shape = weekly(4)
    typed = wish(Scope.ALL, 1, "2026-10-14T18:00", rhythm=Rhythm(Every.WEEK, until=date(2026, 10, 28)))
    change = reshape(shape, standings(shape), typed, NOW)
    assert (change.shape.rule, change.lines[3].fate) == (
        "FREQ=WEEKLY;UNTIL=20261028T225959Z;BYDAY=WE",
        Fate.DROPPED,
    )


# Over zones with transitions


ZONES = st.sampled_from(
    [
        BERLIN,
        NEW_YORK,
        "America/Santiago",
        "Australia/Lord_Howe",
        "Africa/Casablanca",
        "Asia/Kathmandu",
        "Africa/Cairo",
        "Pacific/Chatham",
        "Europe/Dublin",
        "America/Havana",
        "Etc/UTC",
    ]
)
STARTS = st.datetimes(wall("2026-11-01T00:00"), wall("2028-12-31T00:00")).map(
    lambda local: local.replace(second=0, microsecond=0)
)
RHYTHMS = st.builds(
    Rhythm,
    st.sampled_from([Every.WEEK, Every.WEEKDAY_OF_MONTH]),
    st.integers(1, 4),
    count=st.integers(2, 9),
)


@st.composite
def cases(draw):
    """A series some of whose sessions have begun, and a wish that lies ahead."""
    starts_local, zone_name, rhythm = draw(STARTS), draw(ZONES), draw(RHYTHMS)
    shape = Shape(starts_local, zone_name, 60, rrule(rhythm, starts_local, zone_name))
    held = standings(shape)
    anchor = draw(st.sampled_from(held))
    now = anchor.start.starts_at - timedelta(hours=draw(st.integers(1, 24 * 40)))
    moved_local = anchor.start.starts_local + timedelta(minutes=draw(st.integers(-59, 60 * 24 * 20)))
    when = When(moved_local, draw(ZONES), draw(st.sampled_from([30, 60, 90])))
    scope = draw(st.sampled_from([Scope.FOLLOWING, Scope.ALL]))
    return shape, held, Wish(scope, anchor.session_id, when, draw(RHYTHMS)), now


@given(cases())
def test_in_every_zone_the_wall_time_is_kept_the_past_stays_and_each_place_keeps_its_session(case):
    shape, held, typed, now = case
    try:
        change = reshape(shape, held, typed, now)
    except Invalid as refused:
        assert refused.field in {"starts_local", "count", "every"}
        return
    assert [line.session_id for line in change.lines] == [each.session_id for each in held]
    for each, line in zip(held, change.lines, strict=True):
        if each.start.starts_at <= now or line.fate is not Fate.CHANGED:
            assert line.new == each.start
        else:
            assert line.new.starts_local.time() == typed.when.starts_local.time()
            assert (line.new.zone_name, line.new.minutes) == (typed.when.zone_name, typed.when.minutes)
            assert line.new.starts_at > now
            assert line.new.ends_at - line.new.starts_at == timedelta(minutes=typed.when.minutes)
    assert change.lines[typed.anchor_id - 1].new.starts_local == typed.when.starts_local


@given(cases())
def test_what_is_stored_afterwards_expands_to_the_sessions_that_are_held(case):
    shape, held, typed, now = case
    try:
        change = reshape(shape, held, typed, now)
    except Invalid:
        return
    after = [
        replace(
            each, start=line.new, planned_local=line.planned_local, is_cancelled=line.fate is Fate.DROPPED
        )
        for each, line in zip(held, change.lines, strict=True)
    ]
    along = {line.session_id for line in change.lines if line.goes_along}
    drafts = [Standing(100 + n, start, start.starts_local) for n, start in enumerate(change.added)]
    parts = [(change.shape, [each for each in after if not change.head or each.session_id in along] + drafts)]
    if change.head:
        parts.append((change.head, [each for each in after if each.session_id not in along]))
    for part, sessions in parts:
        told = exceptions(part, sessions)
        assert told.excluded == ()
        planned = {
            each.start_local for each in dates(part.rule, part.starts_local, part.zone_name, part.minutes)
        }
        live = {each.planned_local for each in sessions if not each.is_cancelled}
        assert live - {None} == planned
        begun = {each.session_id for each in sessions if each.start.starts_at <= now}
        assert {each.session_id for each in (*told.moved, *told.extra)} <= begun


@given(cases())
def test_the_same_wish_twice_changes_nothing_more(case):
    shape, held, typed, now = case
    try:
        change = reshape(shape, held, replace(typed, scope=Scope.ALL), now)
    except Invalid:
        return
    after = [
        replace(
            each, start=line.new, planned_local=line.planned_local, is_cancelled=line.fate is Fate.DROPPED
        )
        for each, line in zip(held, change.lines, strict=True)
    ]
    drafts = [Standing(100 + n, start, start.starts_local) for n, start in enumerate(change.added)]
    again = reshape(change.shape, [*after, *drafts], replace(typed, scope=Scope.ALL), now)
    assert again.is_empty
    assert again.shape == change.shape


@given(STARTS, RHYTHMS, st.integers(0, 8))
def test_stepping_back_is_the_way_that_the_rule_comes(starts_local, rhythm, steps):
    rule = parse_rule(rrule(rhythm, starts_local, BERLIN))
    first = stepped_back(rule, starts_local, steps)
    found = dates(
        f"{rrule(replace(rhythm, count=2), starts_local, BERLIN)}".replace("COUNT=2", f"COUNT={steps + 1}"),
        first,
        BERLIN,
        60,
    )
    assert found[-1].start_local == starts_local


@pytest.mark.parametrize(
    ("rule", "every"),
    [
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=WE", Every.WEEK),
        ("FREQ=MONTHLY;COUNT=4;BYDAY=2WE", Every.WEEKDAY_OF_MONTH),
        ("FREQ=MONTHLY;COUNT=4;BYDAY=-1WE", Every.LAST_WEEKDAY_OF_MONTH),
        ("FREQ=MONTHLY;COUNT=4;BYMONTHDAY=-1", Every.DAY_OF_MONTH),
    ],
)
def test_a_stored_rule_is_read_back_as_a_rhythm(rule, every):
    assert every_of(parse_rule(rule)) is every
    assert rhythm_of(rule, 3) == Rhythm(every, parse_rule(rule).interval, count=3)


# Words


def test_only_changed_words_go_to_the_others_and_their_own_words_stay():
    before, after = (
        {"title": "Rounds", "topic": "", "capacity": 5},
        {"title": "Grand rounds", "topic": "Spine", "capacity": 5},
    )
    others = {
        2: {"title": "Rounds", "topic": "Brain", "capacity": 9},
        3: {"title": "Grand rounds", "topic": "", "capacity": 5},
    }
    assert reworded(before, after, others, overwrite=False) == (
        Rewording(2, ("title",), ("topic",)),
        Rewording(3, ("topic",), ()),
    )
    assert reworded(before, after, others, overwrite=True) == (
        Rewording(2, ("title", "topic"), ()),
        Rewording(3, ("topic",), ()),
    )
