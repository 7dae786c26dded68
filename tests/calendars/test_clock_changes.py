"""A country changes its law: booked under one release of the zone data, told under the next."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.calendars.test_vtimezone import Onsets, onsets_of
from tests.factories.accounts import olga, person
from tests.factories.registration import seat
from tests.factories.sessions import draft, session, speaker
from tests.factories.societies import society
from tests.letters import ReadMail, taken
from tests.releases import release
from tests.timekeeping.test_releases import CHANGES, utc
from webinar.accounts import service as accounts
from webinar.calendars.cli.zone_data import reinstant
from webinar.calendars.queries.feeds import path_of
from webinar.calendars.service import feed_keys as calendars
from webinar.db.store import store, transaction
from webinar.sessions.models import Answer
from webinar.sessions.rules.start import When
from webinar.sessions.service import answers, timing
from webinar.timekeeping import zones

FLOW = "Flow diverters in ruptured aneurysms"
ADA, BO, PIA = "ada@clinic.example", "bo@clinic.example", "pia@clinic.example"
VANCOUVER = {"zone_name": "America/Vancouver", "starts_local": datetime.fromisoformat("2026-11-17T18:00")}
"""02:00 UTC of the next day by 2026a, 01:00 by 2026b."""


@pytest.fixture
def follow(app):
    """Runs the command and gives its report."""

    def run(*options: str) -> dict:
        store.commit()
        answer = app.test_cli_runner().invoke(reinstant, ["--json", *options])
        store.expire_all()
        assert answer.exit_code == 0, answer.output
        return json.loads(answer.stdout)

    return run


def start_of(mail: ReadMail) -> datetime:
    """The start that a calendar program reads: wall time, and the VTIMEZONE of the very same file."""
    local = mail.event["DTSTART"].dt.replace(tzinfo=None)
    block = mail.calendar_bytes.partition(b"BEGIN:VTIMEZONE")[2].partition(b"END:VTIMEZONE")[0]
    onsets = onsets_of(b"BEGIN:VTIMEZONE\r\n" + block + b"END:VTIMEZONE\r\n", local.year)
    [found] = {
        at
        for index, (since, shift) in enumerate(onsets)
        if since <= (at := local.replace(tzinfo=UTC) - shift) < next_onset(onsets, index)
    }
    return found


def next_onset(onsets: Onsets, index: int) -> datetime:
    return onsets[index + 1][0] if index + 1 < len(onsets) else datetime.max.replace(tzinfo=UTC)


def feed_of(app, person_id: int) -> tuple[str, bytes]:
    """ETag and bytes of somebody's calendar."""
    path = path_of(calendars.give_feed(person_id))
    store.commit()
    answer = app.test_client().get(path)
    return answer.headers["ETag"], answer.data


@pytest.mark.parametrize(("zone_name", "local", "releases", "instants"), CHANGES, ids=[c[0] for c in CHANGES])
def test_everybody_hears_once_of_a_new_law(
    zone_name, local, releases, instants, app, clock, carrier, work, follow
):
    old, new = releases.split(" → ")
    was_at, starts_at = map(utc, instants.split(" → "))
    promised = datetime.fromisoformat(local)
    clock.move_to(was_at - timedelta(days=10))
    with release(old):
        made = session(society(zone_name=zone_name), zone_name=zone_name, starts_local=promised)
        ada = seat(made, zone_name=zone_name)
        seat(made, BO, "Bo", zone_name="Asia/Tokyo")
        work()
        before = {mail.to: int(mail.event["SEQUENCE"]) for mail in taken(carrier) if mail.has_calendar}
        assert (made.starts_at, made.tzdata_version) == (was_at, zones.release())
        feed = feed_of(app, ada.person_id)
    with release(new):
        report = follow()
        assert (report["tzdata"], report["shown"]) == (new, [])
        assert [(m["zone"], m["local"], m["was_utc"], m["utc"]) for m in report["moved"]] == [
            (zone_name, local.replace(" ", "T"), *instants.split(" → "))
        ]
        assert [(m["people"], m["speakers"]) for m in report["moved"]] == [(2, 0)]
        assert (made.starts_local, made.zone_name) == (promised, zone_name)
        assert (made.starts_at, made.tzdata_version, made.revision) == (starts_at, new, 1)
        work()
        mails = {mail.to: mail for mail in taken(carrier)}
        assert sorted(mails) == [ADA, BO]
        city = zones.city(zone_name)
        assert mails[ADA].subject.startswith(f"Clock change in {city}: still ")
        assert mails[ADA].subject.endswith(f"{promised:%H:%M}, {city}: {FLOW}")
        assert mails[BO].subject.startswith(f"Clock change in {city}: now ")
        for address, mail in mails.items():
            assert (mail.method, int(mail.event["SEQUENCE"])) == ("REQUEST", before[address] + 1)
            assert start_of(mail) == starts_at
            words = " ".join(mail.text.split())
            assert f"The clocks in {city} changed by law (zone data {new})." in words
        etag, octets = feed_of(app, ada.person_id)
        assert etag != feed[0]
        assert octets != feed[1]
        assert follow()["moved"] == []
        work()
        assert taken(carrier) == []


def test_the_worker_follows_by_itself(app, clock, carrier, work):
    with release("2026a"):
        made = session(society(), **VANCOUVER)
        seat(made)
        work()
        carrier.sent.clear()
    with release("2026b"):
        work()
        work()
        [mail] = taken(carrier, ADA)
        assert mail.subject == (
            f"Clock change in Vancouver: now Wed 18 Nov 06:45 (was 07:45), Kathmandu: {FLOW}"
        )
        text = " ".join(mail.text.split())
        assert "The session keeps its time there (18:00), so it moves for you." in text
        assert "It was: Wed 18 Nov, 07:45 Kathmandu (UTC+05:45)." in text


def test_beirut_moved_and_moved_back_two_runs_two_messages(app, clock, carrier, work, follow):
    clock.move_to(utc("2023-03-20T09:00:00Z"))
    subjects = []
    with release("2022a"):
        beirut = {"zone_name": "Asia/Beirut", "starts_local": datetime.fromisoformat("2023-03-27T09:00")}
        made = session(society(), **beirut)
        seat(made)
        work()
        [first] = taken(carrier, ADA)
    for name in ("2023b", "2023c"):
        with release(name):
            assert len(follow()["moved"]) == 1
            work()
            [mail] = taken(carrier, ADA)
            subjects.append((mail.subject, int(mail.event["SEQUENCE"])))
    sequence = int(first.event["SEQUENCE"])
    assert subjects == [
        (f"Clock change in Beirut: now Mon 27 Mar 12:45 (was 11:45), Kathmandu: {FLOW}", sequence + 1),
        (f"Clock change in Beirut: now Mon 27 Mar 11:45 (was 12:45), Kathmandu: {FLOW}", sequence + 2),
    ]
    assert made.starts_at == utc("2023-03-27T06:00:00Z")


def test_whose_own_clock_changed_hears_of_a_session_that_did_not_move(app, carrier, work, follow):
    with release("2026a"):
        made = session(
            society(), zone_name="Europe/London", starts_local=datetime.fromisoformat("2026-11-18T02:00")
        )
        seat(made, zone_name="Canada/Pacific")
        seat(made, BO, "Bo", zone_name="Asia/Tokyo")
        work()
        [invitation] = taken(carrier, ADA)
        assert "18:00 Vancouver" in invitation.subject
    carrier.sent.clear()
    with release("2026b"):
        report = follow()
        assert (report["was"][:5], report["moved"]) == ("2026a", [])
        assert report["shown"] == [
            {
                "session": made.slug,
                "title": FLOW,
                "utc": "2026-11-18T02:00:00Z",
                "zones": ["America/Vancouver"],
                "people": 1,
                "speakers": 0,
            }
        ]
        work()
        work()
        [mail] = taken(carrier)
        assert mail.subject == f"Clock change in Vancouver: {FLOW} is now at 19:00 for you (was 18:00)"
        text = " ".join(mail.text.split())
        assert "The session has not moved (02:00 London); your own clock shows another time for it." in text
        assert "It was: Tue 17 Nov, 18:00 Vancouver (UTC-08:00)." in text
        assert (mail.to, int(mail.event["SEQUENCE"])) == (ADA, int(invitation.event["SEQUENCE"]))
        assert mail.event["DTSTART"].dt == invitation.event["DTSTART"].dt
        assert (made.revision, made.tzdata_version) == (0, "2026b")


def test_a_session_on_an_unchanged_date_is_told_to_nobody(app, carrier, work, follow):
    with release("2026a"):
        made = session(
            society(), zone_name="Europe/London", starts_local=datetime.fromisoformat("2026-10-20T02:00")
        )
        seat(made, zone_name="America/Vancouver")
        work()
    carrier.sent.clear()
    with release("2026b"):
        report = follow()
        work()
        assert (report["moved"], report["shown"], taken(carrier)) == ([], [], [])


def test_speakers_are_told_and_asked_again_only_if_their_clock_shows_another_time(app, carrier, work, follow):
    with release("2026a"):
        made = session(society(), **VANCOUVER)
        pia, quinn = speaker(made), speaker(made, "quinn@clinic.example", "Quinn")
        with transaction():
            accounts.choose(person("quinn@clinic.example", "Quinn"), "Quinn", "Asia/Tokyo", "en")
            answers.answer(pia, Answer.CONFIRMED)
            answers.answer(quinn, Answer.CONFIRMED)
        work()
    carrier.sent.clear()
    with release("2026b"):
        [moved] = follow()["moved"]
        assert (moved["people"], moved["speakers"]) == (0, 2)
        assert (pia.answer, quinn.answer) == (Answer.CONFIRMED, Answer.WAITING)
        work()
        mails = {mail.to: mail for mail in taken(carrier)}
        assert mails[PIA].subject == (f"Clock change in Vancouver: still Tue 17 Nov 18:00, Vancouver: {FLOW}")
        assert "Nothing to do. Your page for this session:" in mails[PIA].text
        assert mails["quinn@clinic.example"].subject == (
            f"Clock change in Vancouver: now Wed 18 Nov 10:00 (was 11:00), Tokyo: {FLOW}"
        )
        assert "Please confirm again" in mails["quinn@clinic.example"].text


def test_a_speakers_own_clock_is_told_too(app, carrier, work, follow):
    with release("2026a"):
        made = draft(
            society(), zone_name="Europe/London", starts_local=datetime.fromisoformat("2026-11-18T02:00")
        )
        speaker(made)
        with transaction():
            accounts.choose(person(PIA, "Pia Presenter"), "Pia Presenter", "America/Vancouver", "en")
        work()
    carrier.sent.clear()
    with release("2026b"):
        [shown] = follow()["shown"]
        assert (shown["people"], shown["speakers"]) == (0, 1)
        work()
        [mail] = taken(carrier)
        assert (mail.to, mail.subject) == (
            PIA,
            f"Clock change in Vancouver: {FLOW} is now at 19:00 for you (was 18:00)",
        )


def test_a_session_that_has_begun_keeps_the_instant_it_had(app, clock, carrier, work, follow):
    with release("2026a"):
        made = session(society(), **VANCOUVER)
        seat(made)
        work()
        clock.move_to(made.starts_at)
    carrier.sent.clear()
    with release("2026b"):
        assert follow()["moved"] == []
        work()
        assert (made.starts_at, made.tzdata_version) == (utc("2026-11-18T02:00:00Z"), "2026a")


def test_a_dry_run_says_the_same_and_changes_nothing(app, carrier, work, follow):
    with release("2026a"):
        made = session(society(), **VANCOUVER)
        seat(made)
        work()
    carrier.sent.clear()
    with release("2026b"):
        looked = follow("--dry-run")
        assert (made.starts_at, made.revision) == (utc("2026-11-18T02:00:00Z"), 0)
        assert looked == follow() | {"dry_run": True}
        assert made.starts_at == utc("2026-11-18T01:00:00Z")


def test_the_command_says_in_words_what_moved_and_who_is_told(app, carrier, work):
    with release("2026a"):
        seat(session(society(), **VANCOUVER))
        work()
    with release("2026b"):
        said = [
            app.test_cli_runner().invoke(reinstant, options).output for options in (["--dry-run"], [], [])
        ]
    moved = (
        "Zone data 2026b: 1 session to come starts at another instant now.\n"
        f"  {FLOW} (flow-diverters-in-ruptured-aneurysms): 2026-11-17 18:00 America/Vancouver, "
        "2026-11-18T02:00:00Z → 2026-11-18T01:00:00Z; told: 1 person, 0 speakers\n"
    )
    assert said == [
        moved + "Nothing was changed: this was a dry run.\n",
        moved,
        "Zone data 2026b: 0 sessions to come start at another instant now.\n",
    ]


def test_a_worker_that_is_not_replaced_yet_changes_nothing_back(app, carrier, work):
    with release("2026a"):
        made = session(society(), **VANCOUVER)
        seat(made)
        work()
    for name in ("2026b", "2026a", "2026b"):
        with release(name):
            work()
    assert [mail.subject.partition(":")[0] for mail in taken(carrier, ADA)] == [
        "Registered",
        "Clock change in Vancouver",
    ]
    assert (made.starts_at, made.tzdata_version) == (utc("2026-11-18T01:00:00Z"), "2026b")


def test_pages_strike_nothing_through_because_the_promise_stands(app, carrier, work, page):
    with release("2026a"):
        made = session(society(), **VANCOUVER)
        work()
    with release("2026b"):
        work()
        seen = page.get(f"/s/{made.slug}")
        assert seen.soup.find("del") is None
        assert "18:00" in seen.text
        with transaction():
            timing.move(made, olga(), When(datetime.fromisoformat("2026-11-17T19:00"), made.zone_name, 60))
        assert page.get(f"/s/{made.slug}").soup.find("del") is not None
