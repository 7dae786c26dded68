"""The life of a talk: cancelled, moved, in doubt, in a crowd; and invitations as mails carry them."""

from dataclasses import replace

from tests.factories.calendars import at, invited, series, talk, utc
from webinar.calendars.ics.event import Attendee, CalendarEvent, Organizer, PartStat, Status

LINK = "https://webinar.example/j/abc"

EVENTS: dict[str, tuple[CalendarEvent, ...]] = {
    "cancelled_talk_still_listed": (
        talk(status=Status.CANCELLED, sequence=1, summary="Cancelled: Sepsis bundles revisited"),
    ),
    "moved_talk_of_a_higher_sequence": (talk(sequence=4, start_at=utc(2026, 11, 5, 16, 30)),),
    "talk_in_doubt": (talk(status=Status.TENTATIVE),),
    "deadline_that_takes_no_time": (talk(transparent=True, summary="Registration closes"),),
    "feed_with_two_zones_and_a_cancelled_talk": (
        talk(status=Status.CANCELLED, sequence=1, summary="Cancelled: Sepsis bundles revisited"),
        talk(uid="t-2@webinar.example", zone_name="Asia/Kathmandu", url="https://webinar.example/s/2"),
        series("America/New_York", join_url=LINK),
        talk(uid="t-3@webinar.example", start_at=utc(2026, 11, 1, 6, 30), zone_name="America/New_York"),
    ),
    "forty_talks_at_the_same_moment": tuple(
        talk(uid=f"t-{number}@webinar.example", summary=f"Parallel talk {number:02}") for number in range(40)
    ),
}

_MOVED_AND_DROPPED = series(
    sequence=2,
    join_url=LINK,
    overrides=(
        talk(
            recurs_at=at("Europe/London", 2026, 11, 3, 18),
            start_at=at("Europe/London", 2026, 11, 4, 12),
            summary="Journal club (moved to noon)",
        ),
    ),
    exdates=(at("Europe/London", 2026, 10, 27, 18),),
)

INVITATIONS: dict[str, CalendarEvent] = {
    "series_of_six_at_one_wall_time": series(sequence=3, join_url=LINK),
    "series_over_the_change_with_a_moved_and_a_dropped_session": replace(
        _MOVED_AND_DROPPED, alarm_minutes=15
    ),
    "names_with_quotes_commas_and_carets": talk(
        organizer=Organizer("club@society.example", 'Olga "Ollie" Ødegård; Chair: ICU'),
        attendee=Attendee("ada+talks@hospital.example", "Nwosu, Ada ^ MD\\PhD"),
        alarm_minutes=15,
    ),
    "names_in_arabic_and_with_line_breaks": talk(
        organizer=Organizer("club@society.example", "جمعية الإنتان، القاهرة"),
        attendee=Attendee("ada@hospital.example", "Ada\r\nATTENDEE:mailto:mallory@example.com"),
    ),
    "answer_that_we_hold": replace(
        invited(talk(sequence=1, description="A text was mended.")),
        attendee=Attendee("ada@hospital.example", "Ada Nwosu", PartStat.ACCEPTED),
    ),
    "zone_with_negative_summer_time": series("Europe/Dublin"),
    "zone_whose_law_changes_inside_the_series": series("America/Vancouver"),
    "zone_that_changes_the_evening_before_sunday": series("America/Nuuk"),
}
