"""Changed clocks in mails: told to whom they concern, in their own city and hours, and to nobody else."""

from datetime import datetime, timedelta

import pytest

from tests.factories.accounts import olga
from tests.factories.registration import seat
from tests.factories.societies import society
from tests.letters import taken
from webinar.db.store import store, transaction
from webinar.sessions.queries import of_series
from webinar.sessions.rules.rhythm import Every, Rhythm
from webinar.sessions.rules.start import When
from webinar.sessions.service import publication, timing
from webinar.sessions.service.draft import Draft
from webinar.sessions.service.series import SeriesPlan, plan_series

ADA = "ada@clinic.example"
NEW_YORK = {"country": "US", "zone_name": "America/New_York"}
TOLD = "Clocks changed: for you in New York this one is at 14:00, not 13:00 as usual."


@pytest.fixture
def tuesdays(app):
    """Eight Tuesdays at 18:00 in London from 13 October; London leaves summer time on the 25th."""
    plan = SeriesPlan(
        Draft(title="Vascular series"),
        When(datetime(2026, 10, 13, 18), "Europe/London", 60),
        Rhythm(Every.WEEK, count=8),
    )
    made = plan_series(society(), olga(), plan)
    sessions = of_series(made.id)
    for each in sessions:
        publication.publish(each, olga())
    store.commit()
    return sessions


def unwrapped(text: str) -> list[str]:
    """The paragraphs of a text mail, lines joined."""
    return [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]


def test_who_registers_is_told_once_in_text_and_html(tuesdays, carrier, work):
    seat(tuesdays[2], **NEW_YORK)
    work()
    [mail] = taken(carrier, ADA)
    assert unwrapped(mail.text).count(TOLD) == 1
    assert mail.html.count(TOLD) == 1
    assert [line for line in mail.text.splitlines() if len(line) > 72 and "http" not in line] == []


def test_the_usual_hour_and_the_hour_of_a_neighbour_say_nothing(tuesdays, carrier, work):
    seat(tuesdays[0], **NEW_YORK)
    seat(tuesdays[2], "bea@clinic.example", "Bea", country="DE", zone_name="Europe/Berlin")
    work()
    mails = [mail for mail in taken(carrier) if "You are registered" in mail.html]
    assert [("Clocks" in mail.text, "Clocks" in mail.html) for mail in mails] == [(False, False)] * 2


def test_the_reminder_of_the_day_before_says_it_and_the_later_ones_do_not(tuesdays, carrier, work, clock):
    held = tuesdays[2]
    seat(held, **NEW_YORK)
    work()
    taken(carrier, ADA)
    told = []
    for before in (timedelta(hours=24), timedelta(hours=1), timedelta(minutes=15)):
        clock.move_to(held.starts_at - before)
        work()
        told += [TOLD in unwrapped(mail.text) for mail in taken(carrier, ADA)]
    assert told == [True, False, False]


def test_a_move_into_the_week_of_other_clocks_says_so_with_the_new_hour(tuesdays, carrier, work):
    moved = tuesdays[1]
    seat(moved, **NEW_YORK)
    work()
    taken(carrier, ADA)
    with transaction():
        timing.move(moved, olga(), When(datetime(2026, 10, 28, 18), "Europe/London", 60))
    work()
    [mail] = taken(carrier, ADA)
    assert unwrapped(mail.text).count(TOLD) == 1


def test_a_move_to_another_hour_blames_no_clock(tuesdays, carrier, work):
    moved = tuesdays[1]
    seat(moved, **NEW_YORK)
    work()
    taken(carrier, ADA)
    with transaction():
        timing.move(moved, olga(), When(datetime(2026, 10, 28, 20), "Europe/London", 60))
    work()
    [mail] = taken(carrier, ADA)
    assert "Clocks" not in mail.text
