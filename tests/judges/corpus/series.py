"""Series in a feed: every rule of the editor, odd zones, and sessions that were moved, dropped or added."""

from dataclasses import replace
from datetime import datetime, timedelta

from tests.factories.calendars import at, series, talk, utc
from webinar.calendars.ics.event import CalendarEvent, Status
from webinar.calendars.ics.recurring import Recurring

LONDON = "Europe/London"


def _rule(number: int, rrule: str, first: datetime, zone_name: str = "Europe/Berlin") -> CalendarEvent:
    uid = f"rule-{number}@webinar.example"
    return series(zone_name, uid=uid, start_at=first, rrule=rrule, summary=f"By rule {number}")


def _club(zone_name: str = LONDON, **changes: object) -> CalendarEvent:
    return replace(series(zone_name, **changes), rrule=None)


def _moved(original: datetime, start_at: datetime, **changes: object) -> CalendarEvent:
    told = {"summary": "Journal club (moved)", "zone_name": LONDON, **changes}
    return talk(uid="s-1@webinar.example", recurs_at=original, start_at=start_at, **told)


def _recurring(**told: object) -> tuple[CalendarEvent, ...]:
    plain: dict[str, object] = {"master": _club(), "rrule": "FREQ=WEEKLY;COUNT=6;BYDAY=TU"}
    return Recurring(**{**plain, **told}).events()  # type: ignore[arg-type]


def _tuesday(week: int, *hour: int) -> datetime:
    day = datetime(2026, 10, 6) + timedelta(weeks=week)
    return at(LONDON, day.year, day.month, day.day, *(hour or (18,)))


MONDAY = at("Europe/Berlin", 2026, 10, 5, 17)
RULES = (
    ("FREQ=DAILY;COUNT=30", MONDAY),
    ("FREQ=DAILY;INTERVAL=10;UNTIL=20270401T150000Z", MONDAY),
    ("FREQ=WEEKLY;COUNT=30", MONDAY),
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;COUNT=12", MONDAY),
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU;COUNT=12", MONDAY),
    ("FREQ=MONTHLY;BYMONTHDAY=5;COUNT=12", MONDAY),
    ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=12", at("Europe/Berlin", 2026, 10, 31, 17)),
    ("FREQ=MONTHLY;BYDAY=1MO;COUNT=12", MONDAY),
    ("FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR;COUNT=6", at("Europe/Berlin", 2026, 10, 30, 17)),
    ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1;COUNT=9", at("Europe/Berlin", 2026, 10, 1, 17)),
    ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=9", at("Europe/Berlin", 2026, 10, 30, 17)),
    ("FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=5;COUNT=4", MONDAY),
    ("FREQ=YEARLY;BYMONTH=10;BYDAY=1MO;COUNT=4", MONDAY),
    ("FREQ=YEARLY;BYMONTH=10;BYDAY=-1SA;COUNT=4", at("Europe/Berlin", 2026, 10, 31, 17)),
)

EVENTS: dict[str, tuple[CalendarEvent, ...]] = {
    **{
        f"rule_{rrule.lower().translate(str.maketrans({'=': '_', ';': '_', ',': '_', '-': 'minus_'}))}": (
            _rule(number, rrule, first),
        )
        for number, (rrule, first) in enumerate(RULES)
    },
    "series_in_twelve_odd_zones": tuple(
        series(zone_name, uid=f"z-{number}@webinar.example", rrule="FREQ=MONTHLY;BYDAY=1TU;COUNT=15")
        for number, zone_name in enumerate(
            (
                "Australia/Lord_Howe",
                "Africa/Casablanca",
                "Asia/Gaza",
                "America/Nuuk",
                "Europe/Dublin",
                "Asia/Kathmandu",
                "America/Vancouver",
                "Antarctica/Troll",
                "Pacific/Chatham",
                "America/Santiago",
                "Africa/Cairo",
                "America/Asuncion",
            )
        )
    ),
    "series_without_an_end": (series(rrule="FREQ=WEEKLY;BYDAY=TU"),),
    "series_whose_until_is_its_last_start": (series(rrule="FREQ=WEEKLY;UNTIL=20261110T180000Z"),),
    "series_east_of_utc_whose_until_is_the_day_before": (
        series(
            "Pacific/Auckland",
            start_at=at("Pacific/Auckland", 2026, 10, 5, 8),
            rrule="FREQ=WEEKLY;UNTIL=20261018T190000Z",
        ),
    ),
    "series_over_midnight": (
        series(start_at=at(LONDON, 2026, 10, 6, 23, 30), end_at=at(LONDON, 2026, 10, 7, 1)),
    ),
    "series_with_a_session_over_the_autumn_change": _recurring(
        master=_club(start_at=at(LONDON, 2026, 10, 11, 0, 30), end_at=at(LONDON, 2026, 10, 11, 2, 30)),
        rrule="FREQ=WEEKLY;COUNT=4",
    ),
    "series_whose_first_session_spans_a_change": _recurring(
        master=_club(start_at=at(LONDON, 2026, 10, 25, 0, 30), end_at=utc(2026, 10, 25, 2, 30)),
        rrule="FREQ=WEEKLY;COUNT=3",
    ),
    "series_with_a_start_that_the_clock_skips": _recurring(
        master=_club("America/New_York", start_at=at("America/New_York", 2026, 3, 7, 2, 30)),
        rrule="FREQ=DAILY;COUNT=3",
    ),
    "series_with_a_start_that_comes_twice": _recurring(
        master=_club("America/New_York", start_at=at("America/New_York", 2026, 10, 31, 1, 30)),
        rrule="FREQ=DAILY;COUNT=3",
    ),
    "series_over_apias_missing_day": _recurring(
        master=_club("Pacific/Apia", start_at=at("Pacific/Apia", 2011, 12, 28, 9)), rrule="FREQ=DAILY;COUNT=5"
    ),
    "series_without_its_first_session": _recurring(exdates=(_tuesday(0),)),
    "series_without_its_last_session": _recurring(exdates=(_tuesday(5),)),
    "series_with_a_session_moved_to_another_hour": _recurring(
        overrides=(_moved(_tuesday(2), _tuesday(2, 20, 15)),)
    ),
    "series_with_a_session_moved_over_the_change": _recurring(
        overrides=(_moved(_tuesday(2), _tuesday(2) + timedelta(days=6)),)
    ),
    "series_with_a_session_of_another_zone": _recurring(
        overrides=(
            _moved(_tuesday(3), at("America/New_York", 2026, 10, 27, 12), zone_name="America/New_York"),
        )
    ),
    "series_with_a_session_moved_before_its_predecessor": _recurring(
        overrides=(_moved(_tuesday(2), _tuesday(0) - timedelta(days=1)),)
    ),
    "series_with_two_sessions_swapped": _recurring(
        overrides=(
            _moved(_tuesday(2), _tuesday(3), summary="Second"),
            _moved(_tuesday(3), _tuesday(2), summary="First"),
        )
    ),
    "series_with_a_cancelled_session_still_shown": _recurring(
        overrides=(
            _moved(_tuesday(2), _tuesday(2), summary="Cancelled: Journal club", status=Status.CANCELLED),
        )
    ),
    "series_with_one_longer_session_of_another_title": _recurring(
        overrides=(
            _moved(
                _tuesday(4),
                _tuesday(4),
                end_at=_tuesday(4, 20),
                summary="Debate, 2 h; bring: questions",
                location="Hall B",
            ),
        )
    ),
    "series_with_extra_sessions_as_events_of_their_own": _recurring(
        extras=(
            talk(
                uid="x-1@webinar.example",
                zone_name=LONDON,
                start_at=at(LONDON, 2026, 10, 30, 18),
                summary="Journal club (extra)",
            ),
        ),
        exdates=(_tuesday(1),),
    ),
    "series_of_a_rule_that_readers_expand_differently": _recurring(
        rrule="FREQ=MONTHLY;BYDAY=TU;BYMONTHDAY=6,13;COUNT=5"
    ),
    "two_series_with_overrides_at_the_same_moment": (
        series(overrides=(_moved(_tuesday(1), _tuesday(1, 20), summary="Journal club later"),)),
        series(
            uid="s-2@webinar.example",
            summary="Case rounds",
            overrides=(replace(_moved(_tuesday(1), _tuesday(1, 21)), summary="Case rounds later"),),
        ),
    ),
    "series_split_at_its_third_session": (
        series(rrule="FREQ=WEEKLY;UNTIL=20261013T170000Z;BYDAY=TU", sequence=1),
        series(
            uid="s-2@webinar.example",
            start_at=_tuesday(2, 12),
            rrule="FREQ=WEEKLY;COUNT=4;BYDAY=TU",
            related_to="s-1@webinar.example",
        ),
    ),
}
