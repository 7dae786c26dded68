"""The desk's home: this week, what waits for a person, what is wrong, what came of the last sessions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from webinar.desk import queries
from webinar.meetings.models import Room
from webinar.meetings.queries import rooms_of
from webinar.registration.queries.seats import Counts, counts_of
from webinar.sessions.models import Answer, Series, Session
from webinar.sessions.pages import desk_path, hour_title
from webinar.timekeeping.wording import Showing
from webinar.web.moments import shown
from webinar.web.sizes import amount, people, share


@dataclass(frozen=True)
class Line:
    """One session on the desk: its time, what to know in words, and where the work is."""

    title: str
    showing: Showing
    facts: tuple[str, ...]
    open_points: tuple[str, ...]
    url: str
    press: str


@dataclass(frozen=True)
class Matter:
    """Something that waits, or is wrong: a sentence and the way to it."""

    words: str
    url: str
    press: str


@dataclass(frozen=True)
class SeriesLine:
    """A series in use, and what is done with it most."""

    title: str
    url: str
    next_url: str


@dataclass(frozen=True)
class Home:
    """The page. `is_new` says that nothing was ever planned here."""

    week: tuple[Line, ...]
    later: tuple[Line, ...]
    waiting: tuple[Matter, ...]
    problems: tuple[Matter, ...]
    last: tuple[Line, ...]
    series: tuple[SeriesLine, ...]
    is_new: bool


@dataclass(frozen=True)
class Found:
    """The sessions of one society that its desk speaks of.

    `answers` are those with answers from calendars to decide about: declined seats, and held answers.
    """

    week: Sequence[Session]
    later: Sequence[Session]
    drafts: Sequence[Session]
    to_close: Sequence[Session]
    last: Sequence[Session]
    series: Sequence[Series]
    parked: int
    is_new: bool
    answers: Sequence[tuple[Session, int, int]] = ()


def home(slug: str, found: Found) -> Home:
    """The home of the desk of the society `slug`."""
    ids = [each.id for each in (*found.week, *found.later, *found.last)]
    counts, rooms = counts_of(ids), rooms_of([each.id for each in found.week])
    return Home(
        week=tuple(_coming(slug, each, counts[each.id], rooms) for each in found.week),
        later=tuple(_planned(slug, each, counts[each.id]) for each in found.later),
        waiting=tuple(_waiting(slug, found)),
        problems=tuple(_problems(slug, found, rooms)),
        last=_results(slug, found.last, counts),
        series=tuple(_series(slug, each) for each in found.series),
        is_new=found.is_new,
    )


def _series(slug: str, series: Series) -> SeriesLine:
    return SeriesLine(
        series.title,
        url_for("desk.series", slug=slug, series=series.slug),
        url_for("sessions.plan_one_more", slug=slug, series=series.slug),
    )


def _coming(slug: str, session: Session, counts: Counts, rooms: Mapping[int, Room]) -> Line:
    points = [] if session.id in rooms else [_("no join link yet")]
    silent = sum(speaker.answer == Answer.WAITING for speaker in session.lead.speakers)
    if silent:
        points.append(
            ngettext("%(num)s speaker has not answered", "%(num)s speakers have not answered", silent)
        )
    if not session.lead.speakers:
        points.append(_("nobody is asked to speak"))
    return Line(
        hour_title(session),
        _seen(session),
        _registered(session, counts),
        tuple(points),
        desk_path(slug, session.slug, "check"),
        _("Open"),
    )


def _planned(slug: str, session: Session, counts: Counts) -> Line:
    url = desk_path(slug, session.slug, "edit")
    return Line(session.title, _seen(session), _registered(session, counts), (), url, _("Open"))


def _registered(session: Session, counts: Counts) -> tuple[str, ...]:
    places = _("%(count)s registered", count=amount(counts.held))
    if session.capacity:
        places = _(
            "%(count)s registered of %(all)s seats", count=amount(counts.held), all=amount(session.capacity)
        )
    return (places, _("%(count)s waiting", count=amount(counts.waiting))) if counts.waiting else (places,)


def _waiting(slug: str, found: Found) -> Iterator[Matter]:
    for draft in found.drafts[:10]:
        yield Matter(
            _("A draft to publish: %(title)s", title=draft.title),
            desk_path(slug, draft.slug, "check"),
            _("Check and publish"),
        )
    if len(found.drafts) > 10:
        more = len(found.drafts) - 10
        words = ngettext("and %(num)s more draft", "and %(num)s more drafts", more)
        yield Matter(words, desk_path(slug, found.drafts[10].slug, "check"), _("Open the next"))
    for session, declined, held in found.answers:
        yield from _answers(slug, session, declined, held)
    rows = queries.rows_to_review([each.id for each in found.to_close])
    for session in found.to_close:
        yield _attendance(slug, session, rows.get(session.id, 0))


def _answers(slug: str, session: Session, declined: int, held: int) -> Iterator[Matter]:
    url = f"{desk_path(slug, session.slug, 'people')}#answers"
    if declined:
        words = ngettext(
            "%(num)s person declined and still has a seat: %(title)s",
            "%(num)s people declined and still have seats: %(title)s",
            declined,
            title=session.title,
        )
        yield Matter(words, url, _("Decide"))
    if held:
        words = ngettext(
            "%(num)s answer from a calendar to look at: %(title)s",
            "%(num)s answers from calendars to look at: %(title)s",
            held,
            title=session.title,
        )
        yield Matter(words, url, _("Look"))


def _attendance(slug: str, session: Session, rows: int) -> Matter:
    words = _("Attendance to read and close: %(title)s", title=hour_title(session))
    if rows:
        words = ngettext(
            "%(num)s attendance row to look at: %(title)s",
            "%(num)s attendance rows to look at: %(title)s",
            rows,
            title=hour_title(session),
        )
    return Matter(words, desk_path(slug, session.slug, "attendance"), _("Open attendance"))


def _problems(slug: str, found: Found, rooms: Mapping[int, Room]) -> Iterator[Matter]:
    for session in found.week:
        if session.id not in rooms:
            yield Matter(
                _("No join link, and it is this week: %(title)s", title=hour_title(session)),
                desk_path(slug, session.slug, "link"),
                _("Set the link"),
            )
        for speaker in session.lead.speakers:
            if speaker.answer in {Answer.DECLINED, Answer.OTHER_TIME}:
                yield Matter(_refusal(speaker.answer, speaker.name, session.title), *_edit(slug, session))
    if found.parked:
        words = ngettext(
            "%(num)s letter could not be delivered", "%(num)s letters could not be delivered", found.parked
        )
        yield Matter(words, f"/{slug}/letters", _("See why"))


def _refusal(answer: Answer, name: str, title: str) -> str:
    if answer is Answer.DECLINED:
        return _("%(name)s cannot speak: %(title)s", name=name, title=title)
    return _("%(name)s asks for another time: %(title)s", name=name, title=title)


def _edit(slug: str, session: Session) -> tuple[str, str]:
    return desk_path(slug, session.slug, "edit"), _("Open the session")


def _results(slug: str, held: Sequence[Session], counts: Mapping[int, Counts]) -> tuple[Line, ...]:
    ids = [each.id for each in held]
    came, certified = queries.came(ids), queries.certified(ids)
    return tuple(
        Line(
            hour_title(each),
            _seen(each),
            (
                _(
                    "came: %(share)s",
                    share=share(came[each.id], max(counts[each.id].confirmed, came[each.id])),
                )
                if each.id in came
                else _(
                    "%(people)s registered, attendance not read", people=people(counts[each.id].confirmed)
                ),
                ngettext("%(num)s certificate", "%(num)s certificates", certified.get(each.id, 0)),
            ),
            (),
            desk_path(slug, each.slug, "attendance"),
            _("Open"),
        )
        for each in held
    )


def _seen(session: Session) -> Showing:
    return shown(session.starts_at, session.ends_at, session.zone_name)
