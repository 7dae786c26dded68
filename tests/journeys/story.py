"""The steps of the whole story, each as a person takes it: Olga organises, Pia presents, Ada attends."""

import csv
import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import requests
from icalendar import Calendar, Event
from playwright.sync_api import Browser

from tests.factories.materials import pdf
from tests.journeys.served import Served, calendar_of, link_of, text_of
from tests.journeys.visitor import Visitor
from webinar.demo.zoom_report import Stay, zoom_report

ROOM = "https://room.example/j/8123?pwd=brain"
TITLE = "Flow diverters: when, and when not"

PLANNING = datetime(2026, 10, 7, 9, 0, tzinfo=UTC)
FIRST_START = datetime(2026, 10, 21, 16, 0, tzinfo=UTC)
"""18:00 on Berlin's clocks while summer time lasts."""
START = datetime(2026, 10, 28, 17, 0, tzinfo=UTC)
"""18:00 on Berlin's clocks a week later: summer time ended on 25 October."""
END = START + timedelta(hours=1)

ADA, NINA, WALT = "ada@kathmandu.example", "nina@newyork.example", "walt@berlin.example"


@dataclass
class Cast:
    """Everybody of the story, each at a browser of their own."""

    served: Served
    olga: Visitor
    sam: Visitor
    pia: Visitor
    ada: Visitor
    nina: Visitor
    walt: Visitor

    @classmethod
    def gathered(cls, browser: Browser, served: Served, *, javascript: bool) -> "Cast":
        people = (
            ("Olga Okafor", "olga@ens.example"),
            ("Sam Sato", "sam@ens.example"),
            ("Pia Prasad", "pia@talks.example"),
            ("Ada Adhikari", ADA),
            ("Nina Novak", NINA),
            ("Walt Weber", WALT),
        )
        visitors = [Visitor.at(browser, served, *person, javascript=javascript) for person in people]
        return cls(served, *visitors)

    def leave(self) -> None:
        """Everybody goes home; nobody's browser complained."""
        for person in (self.olga, self.sam, self.pia, self.ada, self.nina, self.walt):
            person.leave()


# The desk


def sign_in(person: Visitor, then: str = "/", *, count: int = 1) -> None:
    """Ask for a link at /sign-in, open the mailed one, press its button."""
    person.open(f"/sign-in?next={then}").type("Email", person.email).press("Send me a link")
    person.open_mail("Sign in to webinar", "/sign-in/", count=count).press("Sign in")
    assert person.path == then


def say_name(person: Visitor) -> None:
    """Give one's name and zone under My settings."""
    person.open("/me/settings").type("Name as it should appear on certificates", person.name)
    person.type("Your time zone", "Europe/Berlin").press("Save")


def found_society(olga: Visitor) -> None:
    """Olga opens the Example Neurosurgical Society in Berlin."""
    sign_in(olga, "/me/settings")
    say_name(olga)
    olga.open("/new")
    olga.type("Name of the society", "Example Neurosurgical Society").type("Short name", "ens")
    olga.type("Time zone", "Europe/Berlin").type("Language", "en").type("Brand colour", "#0b5563")
    olga.type("Mailbox that somebody reads", "events@ens.example").press("Open it")
    assert olga.path == "/ens/sessions/new"


def invite_helpers(olga: Visitor, sam: Visitor, pia: Visitor) -> None:
    """Olga invites a co-organiser and a presenter; both accept by the mailed link."""
    for helper, role in ((sam, "Organiser"), (pia, "Presenter")):
        olga.open("/ens/team").type("Name", helper.name, within="form[action$=invite]")
        olga.type("Email", helper.email, within="form[action$=invite]")
        olga.tick(f"{role}:", within="form[action$=invite]").press("Send the invitation")
        helper.open_mail("Olga Okafor asks you to help run", "/invitations/").press("Join and sign in")
    sam.open("/ens/desk").sees("Example Neurosurgical Society")


def draft_session(olga: Visitor) -> str:
    """Olga drafts the session on 21 October, 18:00 Berlin, for two people; its short name comes back."""
    olga.open("/ens/sessions/new").type("Title", TITLE).type("Starts", "2026-10-21T18:00")
    olga.type("Time zone", "Europe/Berlin").type("Length in minutes", "60").type("Seats", "2")
    olga.type("Abstract", "Three cases, **two** opinions, one hour.").type("Credit", "hourly_quarter")
    olga.type("Learning objectives", "Choose between a stent and a diverter").press("Save the draft")
    slug = urlsplit(olga.page.url).path.split("/")[3]
    olga.sees("Wednesday 21 October 2026", "18:00–19:00 Berlin (UTC+02:00)", "16:00 UTC")
    return slug


def set_link(olga: Visitor, slug: str) -> None:
    """Olga pastes the room's address."""
    olga.open(f"/ens/sessions/{slug}/link").type("Join link", ROOM).press("Save the link")
    olga.sees(ROOM)


def ask_speaker(olga: Visitor, pia: Visitor, slug: str) -> None:
    """Olga asks Pia to speak."""
    form = "form[action*='/speakers']"
    olga.open(f"/ens/sessions/{slug}/edit").type("Name", pia.name, within=form)
    olga.type("Email", pia.email, within=form).type(
        "Title of the talk", "Evidence in ten slides", within=form
    )
    olga.press("Send the invitation to speak").sees(pia.name)


def answer_as_speaker(pia: Visitor, folder: Path) -> None:
    """Pia, on her one page: confirms, discloses, consents, uploads her slides."""
    slides = folder / "slides.pdf"
    slides.write_bytes(pdf(3))
    pia.open_mail("Would you speak on", "/talk/")
    pia.press("Yes, I will be there").press("I have none").press("Yes, record it")
    pia.attach("Slides as PDF", slides).press("Upload")
    assert pia.clicks == 4
    pia.sees("Version 1", "3 pages")


def publish(olga: Visitor, slug: str) -> None:
    """Olga reads the list before publishing, and publishes."""
    olga.open(f"/ens/sessions/{slug}/check")
    olga.sees("All speakers have confirmed.", "The join link is set.", "Slides are uploaded.")
    olga.press("Publish")


def move_session(olga: Visitor, slug: str) -> None:
    """Olga moves it a week on, across the end of summer time: the same clock time, another instant."""
    olga.open(f"/ens/sessions/{slug}/time").type("Starts", "2026-10-28T18:00").press("Move the session")
    olga.open(f"/ens/sessions/{slug}/time").sees(
        "Wednesday 28 October 2026", "18:00–19:00 Berlin (UTC+01:00)", "17:00 UTC"
    )


# The public pages


REGISTER, WAIT = "Register and get my link", "Join the waiting list"


def register(person: Visitor, slug: str, zone_name: str, country: str, button: str = REGISTER) -> None:
    """One press on the session's page, opened by a link that carries the person's zone."""
    person.open(f"/s/{slug}?tz={zone_name}").sees(TITLE)
    person.type("Name as it should appear on your certificate", person.name)
    person.type("Email", person.email).type("Country", country)
    person.press(button)
    assert person.clicks == 1


def invitation_of(served: Served, address: str, subject: str, *, count: int = 1) -> Event:
    """The event of the newest such mail's calendar part, whose method stands in both places."""
    message = served.mailbox.wait_for(address, subject, count=count)
    part = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
    calendar = Calendar.from_ical(calendar_of(message))
    assert (part.get_param("method"), str(calendar["METHOD"])) == ("REQUEST", "REQUEST")
    return calendar.walk("VEVENT")[0]


def register_again(ada: Visitor, slug: str) -> None:
    """From another device the same address keeps its seat, and the page reveals nothing."""
    ada.page.context.clear_cookies()
    register(ada, slug, "Asia/Kathmandu", "NP", WAIT)
    assert ada.path == f"/s/{slug}/register/sent"


def raise_capacity(olga: Visitor, slug: str) -> None:
    """Olga finds one seat more."""
    olga.open(f"/ens/sessions/{slug}/edit").type("Seats", "3").press("Save")


def take_seat(walt: Visitor) -> None:
    """Walt takes the seat that is offered to him."""
    walt.open_mail("A seat is free for", "/t/").press("Take the seat").sees("You are registered")
    assert walt.clicks == 1


def feed_of(served: Served, address: str) -> str:
    """The personal feed's address, as mailed."""
    return link_of(served.mailbox.wait_for(address, "Registered:"), "/calendars/")


def read_feed(address: str, etag: str = "") -> requests.Response:
    """Fetch a feed as a calendar program does."""
    return requests.get(address, headers={"If-None-Match": etag} if etag else {}, timeout=10)


# The day


def join_from_mail(person: Visitor, subject: str) -> None:
    """One press in the mail leads into the room."""
    message = person.served.mailbox.wait_for(person.email, subject)
    person.page.goto("about:blank")
    person.page.set_content(message.get_body(("html",)).get_content())
    person.clicks = 0
    person.page.route("https://room.example/**", lambda route: route.fulfill(body="The room"))
    with person.page.expect_request(ROOM) as led:
        person.page.locator(f"a[href='{link_of(message, '/j/')}']").first.click()
        person.clicks += 1
    assert led.value.redirected_from is not None
    assert person.clicks == 1


def look_at_join_link(person: Visitor, *words: str) -> None:
    """Outside the session's hours the join link says in words how things stand."""
    message = person.served.mailbox.wait_for(person.email, "Registered:")
    person.open(link_of(message, "/j/")).sees(*words)


def reminders_of(served: Served, address: str) -> list[str]:
    """Subjects of all reminders to an address, oldest first."""
    starts = ("Tomorrow", "Today", "Wednesday", "In ", "Doors open")
    return [
        str(mail["Subject"]) for mail in served.mailbox.to(address) if str(mail["Subject"]).startswith(starts)
    ]


# The books


def report_of_the_room() -> bytes:
    """What Zoom says on Berlin's clocks: Ada came twice, Nina by her phone, a stranger looked in."""

    def at(minutes: int) -> datetime:
        return START + timedelta(minutes=minutes)

    stays = [
        Stay("Olga Okafor", "olga@ens.example", at(-20), at(70)),
        Stay("Ada Adhikari", ADA, at(-5), at(30)),
        Stay("Ada Adhikari", ADA, at(35), at(65)),
        Stay("Nina’s iPhone", "", at(10), at(62)),
        Stay("Passer-by", "", at(1), at(3)),
    ]
    return zoom_report(TITLE, "olga@ens.example", "Europe/Berlin", stays)


def add_report(olga: Visitor, slug: str, folder: Path) -> None:
    """Olga adds Zoom's file and says whose clock it shows."""
    file = folder / "participants.csv"
    file.write_bytes(report_of_the_room())
    olga.open(f"/ens/sessions/{slug}/attendance").attach("Attendance report", file).press("Add the report")
    olga.type("Time zone of the times in this file", "Europe/Berlin").press("Read the file")


def press_on_record(olga: Visitor, name: str) -> str:
    """When the desk says that somebody pressed the join link."""
    row = olga.page.locator("#people tr, table:has(caption:text('Time present')) tr", has_text=name).first
    return row.locator("td").last.inner_text()


def review(olga: Visitor) -> None:
    """Olga says that the iPhone is Nina’s, as proposed, and sets the passer-by aside; the host is already."""
    olga.sees("2 rows need you").press("Match to Nina Novak").sees("1 row needs you")
    olga.press("Ignore", within="article.match").unfold("Decided or set aside: 3")


def close_books(olga: Visitor, slug: str) -> None:
    """From clean matching to certificates on their way: three presses."""
    olga.open(f"/ens/sessions/{slug}/attendance")
    olga.follow("Close attendance").press("Close attendance").press("Award and send certificates")
    assert olga.clicks == 3


def export(olga: Visitor, slug: str) -> dict[str, dict[str, str]]:
    """The CSV of the session, by address."""
    olga.open(f"/ens/sessions/{slug}/export")
    content = olga.download("CSV")
    assert content.startswith(b"\xef\xbb\xbf")
    assert olga.clicks == 1
    return {row["email"]: row for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")))}


def open_certificate(person: Visitor) -> bytes:
    """The mailed page that checks it says Valid; one press gives the PDF, whose bytes come back."""
    message = person.served.mailbox.wait_for(person.email, f"Your certificate for {TITLE}")
    verify = link_of(message, "/certificate.pdf").removesuffix("/certificate.pdf")
    assert verify in text_of(message).split()
    person.open(verify).sees("Valid", person.name, TITLE)
    with person.page.expect_request("**/certificate.pdf") as asked:
        person.page.get_by_role("link", name="Certificate (PDF").click()
        person.clicks += 1
    assert person.clicks == 1
    return requests.get(asked.value.url, timeout=20).content
