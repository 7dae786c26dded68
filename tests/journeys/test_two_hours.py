"""Ada in Kathmandu, and a journal club with two live hours: chosen, changed, reminded of, credited once."""

from datetime import timedelta

from tests.factories.accounts import olga
from tests.factories.awards import be_present, certificate_of, close_attendance
from tests.factories.sessions import two_hours
from tests.factories.societies import society
from tests.letters import received
from webinar.credits import queries as credits
from webinar.credits import service as crediting
from webinar.db.store import store
from webinar.meetings import service as meetings
from webinar.meetings.port import Link
from webinar.registration.queries.seats import join_path, seats_of

PATH = "/s/flow-diverters-in-ruptured-aneurysms"
ADA = {"name": "Ada Attendee", "email": "ada@clinic.example", "country": "NP"}
ROOM = "https://zoom.us/j/81234567890"
ROOM_B = "https://zoom.us/j/89999999999"


def subjects(carrier):
    return [mail.subject for mail in received(carrier, "ada@clinic.example")]


def text_of(carrier, beginning):
    mails = received(carrier, "ada@clinic.example")
    return next(mail.text for mail in mails if mail.subject.startswith(beginning))


def test_ada_registers_for_the_second_hour_changes_to_the_first_and_is_credited_once(
    page, work, carrier, clock
):
    first, second = two_hours(society(), kind="journal_club", credit_scheme="hourly_quarter")
    for hour, address in ((first, ROOM), (second, ROOM_B)):
        meetings.set_link(hour, olga(), Link(url=address))
    store.commit()

    found = page.get(f"{PATH}?tz=Asia/Kathmandu")
    assert "Second live hour: Thu 15 Oct, 16:45 for you." in found.text
    assert page.raw(f"/s/{second.slug}").headers["Location"] == f"{PATH}?hour=2"
    form = found.form("/register")
    assert found.fields(form)["hour"] == "2", "the hour that is not at night is offered first"
    ticket = found.submit("/register", **ADA)
    assert "16:45" in ticket.text
    work()
    assert subjects(carrier)[-1].startswith(
        "Registered: Flow diverters in ruptured aneurysms, Thu 15 Oct, 16:45"
    )
    assert "Second live hour of two:" in text_of(carrier, "Registered:")

    changed = ticket.submit("/swap")
    assert "Changed. This is your ticket for the hour you chose." in changed.text
    work()
    assert [subject.split(":")[0] for subject in subjects(carrier)] == [
        "Registered",
        "Registered",
        "You left",
    ]
    assert "You changed to the other live hour" in text_of(carrier, "You left:")

    (here,), (there,) = seats_of(first.id), seats_of(second.id)
    _reminded(work, carrier, clock, first, second)
    clock.move_to(first.starts_at)
    assert page.raw(join_path(here)).headers["Location"] == ROOM
    clock.move_to(second.starts_at)
    assert page.raw(join_path(there)).headers["Location"] == ROOM_B, "the link to the hour left leads in too"

    clock.move_to(second.ends_at + timedelta(hours=1))
    be_present(here, 30)
    be_present(there, 60)
    for hour in (first, second):
        close_attendance(hour, olga())
    crediting.award_session(first, olga())
    work()
    assert [each.credit for each in credits.current_awards(first.id, second.id)] == ["1.00"]
    assert certificate_of(there).holder == "Ada Attendee"
    certificates = [subject for subject in subjects(carrier) if "ertificate" in subject]
    assert len(certificates) == 1


def _reminded(work, carrier, clock, first, second) -> None:
    before = len(subjects(carrier))
    for hour in (first, second):
        for ahead in (timedelta(hours=24), timedelta(hours=1), timedelta(minutes=15)):
            clock.move_to(max(hour.starts_at - ahead, first.starts_at - timedelta(hours=24)))
            work()
    told = subjects(carrier)[before:]
    assert len(told) == 3, told
    assert all("02:15" in subject for subject in told)
