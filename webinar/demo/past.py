"""A session of the demo that is over: registered, joined, reported, closed, credited."""

import io
from datetime import timedelta

from webinar.attendance.format import Answers
from webinar.attendance.service import closing, reports, visits
from webinar.credits import service as credits
from webinar.demo.cast import AUDIENCE, ORGANISER, Guest
from webinar.demo.stage import Stage
from webinar.demo.zoom_report import Stay, zoom_report
from webinar.files.upload import receive
from webinar.sessions.models import Session
from webinar.timekeeping import clock


def hold(stage: Stage, session: Session) -> None:
    """A session that is over: registered, joined, reported, closed, credited."""
    starts_at, guests = session.starts_at, list(AUDIENCE)
    stage.chance.shuffle(guests)
    for days, part in ((9, guests[:12]), (3, guests[12:20]), (0.4, guests[20:])):
        stage.register(session, part, starts_at - timedelta(days=days))
    for before in (timedelta(hours=24), timedelta(hours=1), timedelta(minutes=15)):
        with stage.when(starts_at - before):
            pass
    came = guests[: 17 + stage.chance.randrange(6)]
    with stage.when(starts_at + timedelta(minutes=2)):
        for guest in came[:-3]:
            visits.record_visit(stage.seat(session, guest), clock.now())
    with stage.when(starts_at + timedelta(minutes=95)):
        _report(stage, session, came)
    with stage.when(starts_at + timedelta(minutes=110)):
        closing.close(session, stage.olga)
        credits.award_session(session, stage.olga)


def _report(stage: Stage, session: Session, came: list[Guest]) -> None:
    """The provider's file: one person on a bad line, one without an address, the host."""
    stays = [Stay(ORGANISER[0], ORGANISER[1], session.starts_at - timedelta(minutes=9), session.ends_at)]
    for number, guest in enumerate(came):
        late = timedelta(minutes=stage.chance.randrange(9), seconds=stage.chance.randrange(60))
        joined, left = session.starts_at + late, session.ends_at + timedelta(minutes=2)
        email = "" if number == len(came) - 1 else guest.email
        if number == 2:
            gap = session.starts_at + timedelta(minutes=31)
            stays.append(Stay(guest.name, email, joined, gap))
            joined = gap + timedelta(minutes=4)
        stays.append(Stay(guest.name, email, joined, left))
    content = zoom_report(session.title, ORGANISER[1], session.zone_name, stays)
    upload = receive(io.BytesIO(content), "participants_81234567890.csv", most_bytes=1 << 22)
    reports.read_report(session, stage.olga, upload, Answers(zone=session.zone_name))
