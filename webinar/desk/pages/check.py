"""Pre-flight and cancelling: what stands in the way, and what will happen, in numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from webinar.registration.queries.seats import Counts
from webinar.sessions.models import Answer, Session, State
from webinar.sessions.pages import desk_path
from webinar.sessions.rules.preflight import Check, CheckState, blockers
from webinar.web.city_names import city_name
from webinar.web.sizes import people

STATES = {
    CheckState.DONE: ("ok", "Done"),
    CheckState.ADVICE: ("soon", "Advice"),
    CheckState.BLOCKER: ("live", "In the way"),
}
_TIMES = ("time", "length", "speaker_clash", "speaker_night", "audience_clash", "clocks", "day_off")
PLACES = dict.fromkeys(_TIMES, "time") | dict.fromkeys(("link", "room_clash"), "link") | {"window": "window"}
"""Where a check is mended; all others on the page of the session itself."""


@dataclass(frozen=True)
class Line:
    """One check, for components/list.html."""

    words: str
    state: str
    kind: str
    url: str


@dataclass(frozen=True)
class CheckPage:
    """The list, blockers first. `can_publish` is False while blockers stand or once it is public."""

    lines: tuple[Line, ...]
    blocked: int
    is_draft: bool
    can_publish: bool
    consequence: str
    publish_url: str
    cancel_url: str
    judged_by: str
    clocks: tuple[str, ...]
    host_city: str


def check_page(
    session: Session, checks: Sequence[Check], *, judged_by: str = "", clocks: tuple[str, ...] = ()
) -> CheckPage:
    """The pre-flight page of a session; `clocks` tells of its series, `judged_by` whose clocks count."""
    slug, draft = session.society.slug, session.state is State.DRAFT
    ordered = sorted(checks, key=lambda check: list(STATES).index(check.state), reverse=True)
    standing = len(blockers(checks))
    return CheckPage(
        lines=tuple(_line(session, check) for check in ordered),
        blocked=standing if draft else 0,
        is_draft=draft,
        can_publish=draft and not standing,
        consequence=_consequence(session),
        publish_url=desk_path(slug, session.slug, "publish"),
        cancel_url=desk_path(slug, session.slug, "cancel"),
        judged_by=judged_by,
        clocks=clocks,
        host_city=city_name(session.zone_name),
    )


@dataclass(frozen=True)
class CancelPage:
    """Who is told of a cancelled session, in sentences with numbers."""

    title: str
    told: tuple[str, ...]
    keep_url: str


def told_of_hour(twin: Session, counts: Counts) -> tuple[str, ...]:
    """Who hears of a second live hour taken off, and what they can do then."""
    if twin.state is not State.PUBLISHED:
        return (_("It was never public, so nobody else hears of it."),)
    registered = counts.held + counts.waiting
    return (
        ngettext("%(who)s will be mailed.", "%(who)s will be mailed.", registered, who=people(registered)),
        _("The mail offers them a place in the first live hour by one press."),
    )


def cancel_page(session: Session, counts: Sequence[Counts]) -> CancelPage:
    """The consequence of cancelling, before anybody presses; `counts` of each live hour."""
    keep_url = desk_path(session.society.slug, session.slug, "edit")
    speakers = sum(speaker.answer != Answer.DECLINED for speaker in session.speakers)
    told = []
    if session.state is State.PUBLISHED:
        registered = sum(each.held + each.waiting for each in counts)
        told.append(
            ngettext("%(who)s will be mailed.", "%(who)s will be mailed.", registered, who=people(registered))
            + " "
            + _("The session is taken out of their calendars.")
        )
    if speakers:
        told.append(ngettext("%(num)s speaker will be mailed.", "%(num)s speakers will be mailed.", speakers))
    if session.state is State.DRAFT:
        told.append(_("It was never public, so nobody else hears of it."))
    return CancelPage(session.title, tuple(told), keep_url)


def _line(session: Session, check: Check) -> Line:
    kind, words = STATES[check.state]
    url = desk_path(session.society.slug, session.slug, PLACES.get(check.code, "edit"))
    return Line(_(check.sentence), _(words), kind, "" if check.state is CheckState.DONE else url)


def _consequence(session: Session) -> str:
    asked = sum(speaker.answer != Answer.DECLINED for speaker in session.speakers)
    words = _(
        "The page becomes public, with its place in the programme and the feeds, and people can register."
    )
    if asked:
        return f"{words} " + ngettext(
            "Your %(num)s speaker keeps the same link.", "Your %(num)s speakers keep the same links.", asked
        )
    return words
