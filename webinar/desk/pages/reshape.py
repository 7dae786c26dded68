"""What a change of a series would do, before anybody presses: session by session, and who is told."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from webinar.registration.queries.audience import people_told
from webinar.sessions.models import Answer, Session, State
from webinar.sessions.pages import FIELD_WORDS
from webinar.sessions.queries import hours_of
from webinar.sessions.rules.reshape.values import Fate, Line, Reshape, Why
from webinar.sessions.rules.rewording import Rewording
from webinar.sessions.rules.start import Start
from webinar.timekeeping.wording import Showing, showing
from webinar.translatable import N_
from webinar.web.sizes import amount

KEPT_WORDS = {
    Why.CANCELLED: N_("cancelled: stays so"),
    Why.BEGUN: N_("has begun or is over: stays"),
    Why.EARLIER: N_("before the chosen session: stays"),
    Why.ADDED: N_("an extra date: stays"),
    Why.MOVED: N_("was moved by itself: stays"),
    Why.SAME: N_("its date is the same"),
}
FATE_WORDS = {
    Fate.CHANGED: ("info", N_("Changes")),
    Fate.KEPT: ("ended", N_("Stays")),
    Fate.DROPPED: ("live", N_("Is dropped")),
}


@dataclass(frozen=True)
class SessionLine:
    """One session before and after, both in the session's own zone; `new` None where nothing moves."""

    title: str
    old: Showing
    new: Showing | None
    fate: str
    fate_kind: str
    note: str


@dataclass(frozen=True)
class ReshapePage:
    """The preview. `typed` are the names and values of the form, to be sent again; `seen` its version."""

    touched: tuple[SessionLine, ...]
    kept: tuple[SessionLine, ...]
    added: tuple[Showing, ...]
    told: tuple[str, ...]
    notices: tuple[str, ...]
    clashes: tuple[SessionLine, ...]
    splits: bool
    is_empty: bool
    seen: str
    typed: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class WordsLine:
    """One session: the words that it gets, and those of its own that stay."""

    title: str
    showing: Showing
    put: str
    own: str


@dataclass(frozen=True)
class RewordPage:
    """The preview of new words."""

    lines: tuple[WordsLine, ...]
    told: tuple[str, ...]
    is_empty: bool
    seen: str
    typed: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Sent:
    """What the browser sends back with the press: the version that was seen, and everything typed."""

    seen: str
    typed: tuple[tuple[str, str], ...]


def reshape_page(
    sessions: Mapping[int, Session], change: Reshape, clashes: Sequence[Session], sent: Sent, *, now: datetime
) -> ReshapePage:
    """The preview of a reshaping; `sessions` are those of its lines by id."""
    lines = sorted(change.lines, key=lambda line: line.old.starts_at)
    return ReshapePage(
        touched=tuple(_line(sessions, line, now) for line in lines if line.fate is not Fate.KEPT),
        kept=tuple(_line(sessions, line, now) for line in lines if line.why in KEPT_WORDS),
        added=tuple(_seen(start, now) for start in change.added),
        told=tuple(_told(sessions, change)),
        notices=change.notices,
        clashes=tuple(_clash(session, now) for session in clashes),
        splits=change.head is not None,
        is_empty=change.is_empty,
        seen=sent.seen,
        typed=sent.typed,
    )


def reword_page(
    sessions: Mapping[int, Session], found: Sequence[Rewording], sent: Sent, *, now: datetime
) -> RewordPage:
    """The preview of a rewording."""
    retitled = [sessions[each.session_id] for each in found if "title" in each.put]
    return RewordPage(
        lines=tuple(_words_line(sessions[each.session_id], each, now) for each in found),
        told=tuple(
            _people([each for each in retitled if each.state is State.PUBLISHED], N_("a “Changed” mail"))
        ),
        is_empty=not any(each.put for each in found),
        seen=sent.seen,
        typed=sent.typed,
    )


def _line(sessions: Mapping[int, Session], line: Line, now: datetime) -> SessionLine:
    session = sessions[line.session_id]
    kind, words = FATE_WORDS[line.fate]
    return SessionLine(
        title=session.title,
        old=_seen(line.old, now),
        new=_seen(line.new, now) if line.fate is Fate.CHANGED else None,
        fate=_(words),
        fate_kind=kind,
        note=_(KEPT_WORDS[line.why]) if line.why else _state(session),
    )


def _state(session: Session) -> str:
    if session.hour is not None:
        return _("its second live hour goes along by the clock")
    return _("draft: nobody outside the team knows it") if session.state is State.DRAFT else ""


def _seen(start: Start, now: datetime) -> Showing:
    return showing(start.starts_at, start.ends_at, start.zone_name, now=now, reference_zone=start.zone_name)


def _clash(session: Session, now: datetime) -> SessionLine:
    seen = showing(
        session.starts_at, session.ends_at, session.zone_name, now=now, reference_zone=session.zone_name
    )
    return SessionLine(session.title, seen, None, "", "", "")


def _told(sessions: Mapping[int, Session], change: Reshape) -> Iterator[str]:
    turned = [line for line in change.lines if line.fate is Fate.CHANGED]
    moved = [sessions[line.session_id] for line in turned if line.old.starts_at != line.new.starts_at]
    other = [sessions[line.session_id] for line in turned if line.old.starts_at == line.new.starts_at]
    dropped = [sessions[line.session_id] for line in change.lines if line.fate is Fate.DROPPED]
    yield from _people(_public(moved), N_("a “Moved” mail with an updated invitation"))
    yield from _people(_public(other), N_("a “Changed” mail with an updated invitation"))
    yield from _people(_public(dropped), N_("a “Cancelled” mail, and it leaves their calendars"))
    asked, off = _asked(moved), _asked(dropped)
    if asked:
        yield ngettext("%(num)s speaker is asked again.", "%(num)s speakers are asked again.", asked)
    if off:
        yield ngettext(
            "%(num)s speaker is told that it is off.", "%(num)s speakers are told that it is off.", off
        )


def _public(sessions: Sequence[Session]) -> list[Session]:
    return [session for session in sessions if session.state is State.PUBLISHED]


def _people(sessions: Sequence[Session], mail: str) -> Iterator[str]:
    if not sessions:
        return
    people, mails = people_told([hour.id for each in sessions for hour in hours_of(each)])
    who = ngettext("%(many)s registered person", "%(many)s registered people", people, many=amount(people))
    where = ngettext("%(num)s session", "%(num)s sessions", len(sessions))
    words = ngettext(
        "%(who)s in %(where)s gets %(mail)s",
        "%(who)s in %(where)s get %(mail)s",
        people,
        who=who,
        where=where,
        mail=_(mail),
    )
    more = "" if mails == people else " " + _("(%(many)s mails)", many=amount(mails))
    yield f"{words}{more}."


def _asked(sessions: Sequence[Session]) -> int:
    """How many people are asked to speak at these, each once."""
    return len(
        {
            speaker.email
            for session in sessions
            for speaker in session.speakers
            if speaker.answer != Answer.DECLINED
        }
    )


def _words_line(session: Session, each: Rewording, now: datetime) -> WordsLine:
    seen = showing(
        session.starts_at, session.ends_at, session.zone_name, now=now, reference_zone=session.zone_name
    )
    return WordsLine(session.title, seen, _names(each.put), _names(each.own))


def _names(fields: Sequence[str]) -> str:
    return ", ".join(_(FIELD_WORDS[name]) for name in fields)
