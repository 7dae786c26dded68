"""The finder's rules: bands of a day's starts, suggestions, the ledger, slots and turns."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from webinar.scheduling.rules.finder import Place, cell, starts_of, verdict
from webinar.scheduling.rules.ledger import Held, ledger, parties
from webinar.scheduling.rules.rotation import Turn, in_turn, turns
from webinar.scheduling.rules.season import Meeting, Party, Season, read_season
from webinar.scheduling.rules.slots import Wishes, awake_for, slots
from webinar.scheduling.rules.suggesting import best_in_turn, best_pair, best_single, fairest_next, hours
from webinar.timekeeping.wording import Band

WEDNESDAY = date(2026, 10, 14)
PLACES = [
    Place("Asia/Kolkata", 388), Place("Africa/Cairo", 241), Place("Asia/Kathmandu", 212),
    Place("America/Sao_Paulo", 180), Place("Asia/Shanghai", 122), Place("Africa/Lagos", 96),
    Place("America/New_York", 88), Place("Europe/Berlin", 74), Place("America/Los_Angeles", 31),
    Place("Australia/Sydney", 19),
]  # fmt: skip
"""The ten cities and 1,451 people of the design's picture."""


def at(clock: str, day: date = WEDNESDAY) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), UTC)


def found_hours(carried=(), preferred="13:00", places=PLACES):
    return hours(starts_of(WEDNESDAY, 60), 60, parties(places, ledger(carried, places)), at(preferred))


def clocks(suggestion):
    return [f"{start:%H:%M}" for start in suggestion.starts]


def test_a_day_has_its_starts_and_those_that_lie_between():
    assert len(starts_of(WEDNESDAY, 15)) == 96
    also = (at("16:20"), at("16:20", date(2026, 10, 15)))
    assert [f"{one:%H:%M}" for one in starts_of(WEDNESDAY, 60, also)][16:18] == ["16:00", "16:20"]


def test_a_cell_is_judged_as_a_whole_and_counts_days_from_utc():
    assert cell(at("19:00"), 60, "Asia/Kathmandu").day_shift == 1
    assert cell(at("03:00"), 60, "America/Los_Angeles").day_shift == -1
    assert [cell(at(clock), 60, "Asia/Kathmandu").band for clock in ("14:00", "15:00", "17:00")] == [
        Band.DAY, Band.EDGE, Band.NIGHT,
    ]  # fmt: skip


def test_the_design_s_hour_leaves_two_cities_at_night():
    found = verdict(at("13:00"), 60, PLACES)
    assert (found.awake, found.people, found.asleep) == (1401, 1451, 50)
    assert [each.place.zone_name for each in found.at_night] == ["America/Los_Angeles", "Australia/Sydney"]


def test_the_best_single_hour_leaves_fewest_people_at_night():
    found = best_single(found_hours())
    assert (clocks(found), found.reached) == (["14:00"], 1432)
    assert [party.zone_name for party in found.left] == ["Australia/Sydney"]


def test_the_best_pair_reaches_everybody_once():
    found = best_pair(found_hours())
    assert (found.reached, found.left) == (1451, ())


def test_three_in_turn_leave_every_city_out_of_the_night_in_two():
    found = best_in_turn(found_hours())
    assert (found.often, found.reached) == (2, 1451)


def test_the_next_suggestion_repays_who_was_at_night():
    held = [Held((at("14:00") - timedelta(days=7 * week),), 60) for week in (1, 2, 3)]
    repaying = fairest_next(found_hours(held))
    assert "Australia/Sydney" not in [party.zone_name for party in repaying.left]
    assert fairest_next(found_hours()).starts != repaying.starts


def test_where_no_hour_is_left_nothing_is_suggested():
    none = hours((), 60, parties(PLACES, ledger((), PLACES)), at("13:00"))
    assert [best_single(none), fairest_next(none), best_pair(none), best_in_turn(none)] == [None] * 4


def test_the_ledger_counts_a_region_as_at_night_with_more_than_half_of_its_people():
    places = [Place("America/Los_Angeles", 30), Place("America/Sao_Paulo", 31), Place("Asia/Tokyo", 5)]
    evening_in_brazil = Held((at("00:00"),), 60)  # 21:00 São Paulo, 17:00 Los Angeles, 09:00 Tokyo
    night_in_brazil = Held((at("02:00"),), 60)
    found = ledger([night_in_brazil, evening_in_brazil, night_in_brazil], places)
    assert [(each.region, each.nights, each.held) for each in found.tallies] == [
        ("Americas", 2, 3),
        ("East Asia", 0, 3),
    ]
    assert [each.region for each in found.owed] == ["Americas"]


def test_who_can_choose_between_two_hours_carries_the_lighter_one():
    places = [Place("Asia/Tokyo", 1)]
    assert ledger([Held((at("18:00"),), 60)], places).carried == {"Asia/Tokyo": 6}
    assert ledger([Held((at("18:00"), at("03:00")), 60)], places).carried == {"Asia/Tokyo": 0}


def test_what_lies_further_back_than_twelve_sessions_is_forgiven():
    held = [Held((at("03:00"),), 60)] * 12 + [Held((at("18:00"),), 60)] * 9
    assert ledger(held, [Place("Asia/Tokyo", 1)]).carried == {"Asia/Tokyo": 0}


def test_wishes_leave_the_hours_of_the_city_nearest_first():
    planned = datetime(2026, 10, 14, 18, 0)
    found = slots(planned, "Europe/Berlin", Wishes(earliest=16, latest=19, step=60))
    assert [f"{one:%H:%M}" for one in found] == ["16:00", "15:00", "17:00", "14:00"]
    over_midnight = slots(planned, "Europe/Berlin", Wishes(earliest=22, latest=1, step=60))
    assert len(over_midnight) == 4
    assert len(slots(planned, "Europe/Berlin", Wishes(weekdays=(0, 1, 2, 3, 4)))) == 240


def test_hours_at_night_for_a_speaker_are_left_out():
    starts = (at("13:00"), at("18:00"))
    assert awake_for(starts, 60, ("Asia/Kathmandu",)) == (at("13:00"),)
    assert awake_for(starts, 60, ()) == starts


def test_turns_keep_the_city_s_clock_through_a_clock_change():
    chosen = turns([at("11:00"), at("23:00")], WEDNESDAY, "Europe/Berlin")
    assert chosen == (Turn(time(13)), Turn(time(1), days=1))
    days = [WEDNESDAY, date(2026, 10, 21), date(2026, 10, 28)]
    assert in_turn(days, chosen, "Europe/Berlin") == (
        at("11:00"),
        at("23:00", date(2026, 10, 21)),
        at("12:00", date(2026, 10, 28)),  # Berlin has gone back an hour
    )


@given(st.lists(st.integers(0, 10_000_000), min_size=1, max_size=5))
def test_a_season_is_stored_and_read_again(minutes):
    starts = tuple(datetime.fromtimestamp(60 * minute, UTC) for minute in minutes)
    season = Season((Meeting(7, 60, starts),), (Party("Asia/Kathmandu", "South Asia", 3, 4),))
    assert read_season(season.stored()) == season
    assert season.loads((0,))[0] >= 4
