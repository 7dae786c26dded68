"""Single talks at odd times: zones with rules of their own, midnights, and both changes of the clock."""

from datetime import datetime, timedelta

from tests.factories.calendars import at, talk, utc
from webinar.calendars.ics.event import CalendarEvent


def _talk(zone_name: str, *parts: int, hours: float = 1) -> CalendarEvent:
    start_at: datetime = at(zone_name, *parts)
    stem = f"{zone_name.replace('/', '-')}-{start_at:%Y%m%dT%H%M}"
    return talk(
        uid=f"{stem}@webinar.example",
        zone_name=zone_name,
        start_at=start_at,
        end_at=start_at + timedelta(hours=hours),
        summary=f"Talk by the clocks of {zone_name}",
    )


def _both_sides(zone_name: str, *days: tuple[int, int, int]) -> tuple[CalendarEvent, ...]:
    return tuple(_talk(zone_name, *day, 18) for day in days)


EVENTS: dict[str, tuple[CalendarEvent, ...]] = {
    "lord_howe_changes_by_half_an_hour": _both_sides(
        "Australia/Lord_Howe", (2026, 4, 4), (2026, 4, 6), (2026, 10, 5)
    ),
    "casablanca_before_and_after_its_law_of_2026": _both_sides(
        "Africa/Casablanca", (2025, 3, 10), (2026, 3, 10), (2026, 6, 1), (2026, 11, 17), (2027, 2, 20)
    ),
    "gaza_has_no_rule_for_these_years": _both_sides(
        "Asia/Gaza", (2025, 3, 10), (2025, 4, 20), (2026, 2, 20), (2026, 3, 30), (2027, 11, 20)
    ),
    "nuuk_changes_the_evening_before_sunday": _both_sides(
        "America/Nuuk", (2026, 3, 27), (2026, 3, 30), (2026, 10, 26)
    ),
    "dublin_calls_its_winter_the_exception": _both_sides(
        "Europe/Dublin", (2026, 3, 27), (2026, 3, 30), (2026, 10, 26)
    ),
    "kathmandu_is_a_quarter_of_an_hour_off": _both_sides("Asia/Kathmandu", (2026, 6, 1)),
    "chatham_is_a_quarter_of_an_hour_off_and_changes": _both_sides(
        "Pacific/Chatham", (2026, 4, 3), (2026, 4, 10)
    ),
    "apia_goes_over_the_day_it_left_out": _both_sides("Pacific/Apia", (2011, 12, 29), (2011, 12, 31)),
    "vancouver_stops_changing_in_2026": _both_sides(
        "America/Vancouver", (2026, 1, 15), (2026, 7, 15), (2026, 11, 17), (2027, 1, 15)
    ),
    "troll_changes_by_two_hours": _both_sides(
        "Antarctica/Troll", (2026, 3, 27), (2026, 3, 30), (2026, 10, 26)
    ),
    "kiritimati_is_fourteen_hours_ahead": _both_sides("Pacific/Kiritimati", (2026, 1, 1)),
    "santiago_changes_at_midnight": _both_sides("America/Santiago", (2026, 4, 3), (2026, 4, 6), (2026, 9, 7)),
    "cairo_changes_at_the_end_of_a_friday": _both_sides(
        "Africa/Cairo", (2026, 4, 23), (2026, 4, 24), (2026, 10, 30)
    ),
    "tehran_gave_up_summer_time": _both_sides("Asia/Tehran", (2022, 7, 1), (2023, 7, 1)),
    "old_name_of_kyiv": (_talk("Europe/Kiev", 2026, 11, 3, 18),),
    "zone_of_nothing_but_an_offset": (_talk("Etc/GMT+5", 2026, 1, 15, 9),),
    "talk_over_midnight": (_talk("America/New_York", 2026, 12, 31, 23, 30, hours=1.5),),
    "talk_over_the_spring_change": (_talk("Europe/London", 2026, 3, 29, 0, 30, hours=2),),
    "talk_over_the_autumn_change": (_talk("Europe/London", 2026, 10, 25, 0, 30, hours=3),),
    "talk_of_two_days_over_the_spring_change": (_talk("America/New_York", 2026, 3, 7, 9, hours=48),),
    "talk_in_the_first_hour_of_a_fold": (talk(zone_name="Europe/London", start_at=utc(2026, 10, 25, 0, 30)),),
    "talk_in_the_second_hour_of_a_fold": (
        talk(zone_name="Europe/London", start_at=utc(2026, 10, 25, 1, 30)),
    ),
    "talk_at_the_moment_after_a_gap": (_talk("America/New_York", 2026, 3, 8, 3),),
    "talk_that_ends_at_the_moment_of_a_gap": (_talk("America/New_York", 2026, 3, 8, 1),),
    "talk_that_ends_in_a_fold": (_talk("America/New_York", 2026, 11, 1, 0, 30, hours=1),),
    "talk_at_a_second_past_the_minute": (_talk("Asia/Kolkata", 2026, 6, 1, 18, 0, 1),),
    "talk_on_a_leap_day": (_talk("Asia/Tokyo", 2028, 2, 29, 23, 30),),
    "talk_beyond_2038": (_talk("Europe/Berlin", 2041, 7, 2, 18), _talk("Europe/Berlin", 2041, 12, 3, 18)),
}
