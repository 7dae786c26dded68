"""Reshape: another time, zone, length or rhythm for a series, looked at first and then applied whole."""

import hashlib
from collections.abc import Sequence

from sqlalchemy import select

from webinar.accounts.models import Person
from webinar.audit import service as audit
from webinar.db.store import store
from webinar.outbox import service as outbox
from webinar.refusal import Invalid, Refusal
from webinar.sessions import queries
from webinar.sessions.facts import SeriesSaved, SeriesSplit, SessionSaved
from webinar.sessions.models import Answer, Series, Session, State
from webinar.sessions.rules.question import read_questions
from webinar.sessions.rules.reshape.plan import reshape
from webinar.sessions.rules.reshape.values import Fate, Line, Reshape, Scope, Shape, Standing, Wish
from webinar.sessions.rules.rhythm import dates
from webinar.sessions.rules.slug import slug_of
from webinar.sessions.rules.start import Start
from webinar.sessions.service.change import saved
from webinar.sessions.service.draft import Draft, new_uid, planned
from webinar.sessions.service.publication import cancel
from webinar.sessions.service.timing import put_along
from webinar.timekeeping import clock

GIVEN_UP = "The series has fewer dates now."


class SeriesSavedMeanwhile(Refusal):
    """Something in the series is no longer as the preview showed it."""

    def __init__(self) -> None:
        super().__init__(
            "Something in this series changed since you looked at the preview, so nothing was saved. What you "
            "typed is still below: look at the preview again, then confirm."
        )


def shape_of(series: Series) -> Shape:
    """The rhythm of a series as stored."""
    return Shape(series.starts_local, series.zone_name, series.minutes, series.rule)


def standing_of(session: Session) -> Standing:
    """A session of a series as the rules see it."""
    start = Start(
        session.starts_local,
        session.zone_name,
        session.minutes,
        session.later_fold,
        session.starts_at,
        session.ends_at,
        session.tzdata_version,
    )
    return Standing(session.id, start, session.series_starts_local, session.state == State.CANCELLED)


def previewed(series: Series, wish: Wish) -> Reshape:
    """What a wish would do now; writes nothing. Raises Invalid, DoubtfulStart."""
    standings = [standing_of(session) for session in queries.of_series(series.id)]
    return reshape(shape_of(series), standings, wish, clock.now())


def dates_from(series: Series, session: Session) -> int:
    """How many dates of the rule there are from a session on; 1 for an extra date."""
    found = dates(series.rule, series.starts_local, series.zone_name, series.minutes)
    planned_local = session.series_starts_local
    return max(sum(planned_local is not None and each.start_local >= planned_local for each in found), 1)


def clashing(series: Series, change: Reshape) -> tuple[Session, ...]:
    """Sessions of the society, and those of the series that stay, at the same time as a new date."""
    news = [*change.added, *(line.new for line in change.lines if line.fate is Fate.CHANGED)]
    if not news:
        return ()
    going = {line.session_id for line in change.lines if line.fate is not Fate.KEPT}
    near = queries.overlapping(
        series.society_id, min(each.starts_at for each in news), max(each.ends_at for each in news)
    )
    return tuple(
        session
        for session in near
        if session.id not in going
        and any(session.starts_at < each.ends_at and session.ends_at > each.starts_at for each in news)
    )


def version_seen(series: Series, fingerprint: str) -> str:
    """What a preview was made of: differs once anything in the series or in the change differs."""
    hours = [hour for each in queries.of_series(series.id) for hour in queries.hours_of(each)]
    sessions = sorted((hour.id, hour.changed_at.isoformat()) for hour in hours)
    return hashlib.sha256(repr((series.revision, sessions, fingerprint)).encode()).hexdigest()


def reshape_series(series: Series, actor: Person, wish: Wish, *, seen: str, because: str = "") -> Series:
    """Apply what the preview `seen` showed, all of it or nothing; the series of session `wish.anchor_id`.

    Each session that moves is told as if it had been moved by itself. `because` is the reason that people
    read where dates are dropped. Raises Invalid, DoubtfulStart, SeriesSavedMeanwhile.
    """
    sessions = {session.id: session for session in locked(series)}
    change = previewed(series, wish)
    if seen != version_seen(series, change.fingerprint):
        raise SeriesSavedMeanwhile
    check_reason([sessions[line.session_id] for line in change.lines if line.fate is Fate.DROPPED], because)
    follower = _split(series, change) if change.head else series
    for line in change.lines:
        _turned(sessions[line.session_id], actor, line, because)
        if line.goes_along:
            sessions[line.session_id].series_id = follower.id
            outbox.note(SessionSaved(line.session_id))
    store.flush()
    for session in sessions.values():
        store.expire(session, ["series"])
    for start in change.added:
        _drafted(follower, actor, start, like=sessions[wish.anchor_id])
    _kept_on_record(series, follower, actor, change)
    if follower is not series:
        outbox.tell(SeriesSplit(series.id, follower.id))
    return follower


def locked(series: Series) -> Sequence[Session]:
    """The sessions of a series, read afresh and locked for writing, then the series itself."""
    # In this order, since a session that is moved by itself locks its own row before the series'.
    found = select(Session).where(Session.series_id == series.id).order_by(Session.id).with_for_update()
    sessions = store.scalars(found, execution_options={"populate_existing": True}).all()
    # Asked plainly: PostgreSQL locks no row that an eager load has joined from outside.
    own = select(Series).where(Series.id == series.id).with_for_update(of=Series)
    store.scalars(own, execution_options={"populate_existing": True}).one()
    return sessions


def check_reason(dropped: Sequence[Session], because: str) -> None:
    """Raises Invalid where somebody will be told that a session is off, and no reason was given."""
    if any(is_known(session) for session in dropped) and not because.strip():
        raise Invalid(
            "Some dates are dropped. Please say why: everybody who registered or was asked to speak will "
            "read it.",
            "because",
        )


def is_known(session: Session) -> bool:
    """Whether anybody outside the team counts on a session: it is public, or speakers are asked."""
    asked = any(speaker.answer != Answer.DECLINED for speaker in session.speakers)
    return session.state == State.PUBLISHED or asked


def numbered(series: Series) -> None:
    """Count the sessions of a series by time; drafts that were given up come last."""
    store.flush()
    order = sorted(
        queries.of_series(series.id), key=lambda each: (queries.is_given_up(each), each.starts_at, each.id)
    )
    for number, session in enumerate(order, start=1):
        session.series_number = number


def _turned(session: Session, actor: Person, line: Line, because: str) -> None:
    if line.fate is Fate.CHANGED:
        put_along(session, line.new, actor)
    elif line.fate is Fate.DROPPED:
        cancel(session, actor, because if because.strip() else GIVEN_UP)
    session.series_starts_local = line.planned_local  # last, since the others read the row afresh


def _split(series: Series, change: Reshape) -> Series:
    """A new series for the sessions that follow; what it says is the old one's, its rhythm the new."""
    taken = queries.taken_series_slugs(series.society_id)
    follower = Series(
        society_id=series.society_id,
        slug=slug_of(series.title, series.kind, taken),
        uid=new_uid(),
        split_from_id=series.id,
        created_at=clock.now(),
        **{name: getattr(series, name) for name in ("title", "about", "kind", "locale", "credit_scheme")},
        **_columns(change.shape),
    )
    store.add(follower)
    store.flush()
    return follower


def _columns(shape: Shape) -> dict[str, object]:
    return {
        "starts_local": shape.starts_local,
        "zone_name": shape.zone_name,
        "minutes": shape.minutes,
        "rule": shape.rule,
    }


def _drafted(series: Series, actor: Person, start: Start, *, like: Session) -> None:
    words = Draft(
        title=series.title,
        kind=series.kind,
        locale=series.locale,
        capacity=like.capacity,
        questions=read_questions(like.questions),
        credit_scheme=series.credit_scheme,
    )
    session = planned(series.society, words, start)
    session.series_id, session.series_starts_local = series.id, start.starts_local
    saved(session, actor, "session.drafted", series=series.id)


def _kept_on_record(series: Series, follower: Series, actor: Person, change: Reshape) -> None:
    kept = change.head or change.shape
    if change.scope is not Scope.ONE:
        for name, value in _columns(kept).items():
            setattr(series, name, value)
        series.revision = Series.revision + 1
    store.flush()
    store.expire(series)
    for each in {series.id: series, follower.id: follower}.values():
        numbered(each)
        outbox.note(SeriesSaved(each.id))
    audit.record(
        "series.reshaped",
        "series",
        series.id,
        actor_id=actor.id,
        society_id=series.society_id,
        detail={
            "scope": change.scope.value,
            "rule": change.shape.rule,
            "moved": sum(line.fate is Fate.CHANGED for line in change.lines),
            "dropped": sum(line.fate is Fate.DROPPED for line in change.lines),
            "added": len(change.added),
            "split": follower.id if change.head else None,
        },
    )
    store.flush()
