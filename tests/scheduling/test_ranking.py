"""Which time is best, and that the reason given is the true one."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from webinar.scheduling.rules.poll import Ballot, Because, PollChoice, Time, is_night, verdict
from webinar.timekeeping import zones
from webinar.timekeeping.wording import showing

YES, MAYBE, NO = PollChoice.YES, PollChoice.IF_NEED_BE, PollChoice.NO
MONDAY = datetime(2026, 10, 12, 13, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def times(*hours: int) -> list[Time]:
    """Options of one hour, so many hours after Monday 13:00 UTC."""
    starts = [MONDAY + each * HOUR for each in hours]
    return [Time(number, at, at + HOUR) for number, at in enumerate(starts, start=1)]


def ballot(*choices: PollChoice | None, name="Ada", required=False, zone_name="Europe/Berlin") -> Ballot:
    said = {number: each for number, each in enumerate(choices, start=1) if each}
    return Ballot(name, required, zone_name, said)


def test_most_yes_among_required_people_wins_whatever_the_others_say():
    pia = ballot(YES, NO, name="Pia", required=True)
    crowd = [ballot(NO, YES, name=f"Guest {number}") for number in range(20)]
    found = verdict(times(0, 24), [pia, *crowd])
    assert (found.best.time.option_id, found.because, found.required) == (1, Because.REQUIRED_YES, 1)


def test_if_need_be_of_required_people_decides_between_equal_yes():
    pia, sam = ballot(YES, YES, required=True), ballot(NO, MAYBE, required=True)
    found = verdict(times(0, 24), [pia, sam])
    assert (found.best.time.option_id, found.because) == (2, Because.REQUIRED_MAYBE)


def test_a_tie_goes_to_the_time_that_is_night_for_fewer_even_if_they_say_yes_to_it():
    pia = ballot(YES, YES, required=True)
    ada = ballot(YES, NO, zone_name="America/Los_Angeles")
    found = verdict(times(-4, 5), [pia, ada])  # 02:00 and 11:00 in Los Angeles
    assert (found.best.time.option_id, found.because) == (2, Because.NIGHT)
    assert [each.at_night for each in found.standings] == [0, 1]


def test_after_nights_all_voters_count_then_the_earlier_time():
    pia = ballot(YES, YES, required=True)
    assert verdict(times(0, 24), [pia, ballot(NO, YES)]).because is Because.YES
    assert verdict(times(0, 24), [pia, ballot(NO, MAYBE)]).because is Because.MAYBE
    even = verdict(times(24, 0), [pia, ballot(NO, NO)])
    assert (even.best.time.option_id, even.because) == (2, Because.EARLIER)


def test_where_nobody_is_required_everybody_counts_first():
    found = verdict(times(0, 24), [ballot(YES, NO), ballot(YES, YES)])
    assert (found.required, found.everybody, found.because) == (2, True, Because.REQUIRED_YES)


def test_there_is_no_best_time_before_somebody_said_yes_to_one():
    assert verdict(times(0, 24), [ballot(), ballot(NO, NO)]).best is None
    assert verdict([], []).best is None


def test_required_people_who_said_no_or_nothing_are_named():
    people = [ballot(NO, YES, name="Pia", required=True), ballot(name="Sam", required=True), ballot(NO, NO)]
    by_option = {each.time.option_id: each.missing for each in verdict(times(0, 24), people).standings}
    assert by_option == {1: ("Pia", "Sam"), 2: ("Sam",)}


def test_a_voter_whose_zone_nobody_knows_counts_in_no_night():
    [standing] = verdict(times(8), [ballot(YES, zone_name=None)]).standings
    assert (standing.at_night, standing.zones_known) == (0, 0)


CHOICES = st.sampled_from([YES, MAYBE, NO, None])
ZONES = st.sampled_from(zones.pickable())
BALLOTS = st.lists(
    st.builds(
        Ballot, st.just("Ada"), st.booleans(), ZONES, st.fixed_dictionaries(dict.fromkeys((1, 2, 3), CHOICES))
    ),
    max_size=6,
)


@given(BALLOTS)
def test_no_time_has_more_yes_of_required_people_than_the_best(ballots):
    found = verdict(times(0, 9, 18), ballots)
    if found.best:
        assert found.best.required_yes == max(each.required_yes for each in found.standings)


@given(BALLOTS)
def test_the_reason_names_where_the_first_two_differ_and_nothing_before_it(ballots):
    found = verdict(times(0, 9, 18), ballots)
    one, two = found.standings[:2]
    pairs = {
        Because.REQUIRED_YES: (one.required_yes, two.required_yes),
        Because.REQUIRED_MAYBE: (one.required_maybe, two.required_maybe),
        Because.NIGHT: (two.at_night, one.at_night),
        Because.YES: (one.yes, two.yes),
        Because.MAYBE: (one.maybe, two.maybe),
    }
    if found.because is Because.NOBODY:
        assert one.yes == one.maybe == 0
        return
    for reason, (best, other) in pairs.items():
        if reason is found.because:
            assert best > other
            return
        assert best == other
    assert found.because is Because.EARLIER


@given(BALLOTS, st.permutations([1, 2, 3]))
def test_the_order_in_which_times_and_people_come_changes_nothing(ballots, order):
    options = times(0, 9, 18)
    shuffled = verdict([options[number - 1] for number in order], list(reversed(ballots)))
    assert [each.time for each in shuffled.standings] == [
        each.time for each in verdict(options, ballots).standings
    ]


@given(ZONES, ZONES, st.integers(0, 24 * 365))
def test_two_people_in_different_zones_see_the_same_instant(one, other, hours):
    [time] = times(hours)
    seen = [showing(time.starts_at, time.ends_at, each, now=MONDAY) for each in (one, other)]
    back = [each.start_local - zones.offset(each.start_at, each.zone_name) for each in seen]
    assert back == [time.starts_at.replace(tzinfo=None)] * 2
    assert is_night(time, one) == seen[0].runs_into_night
