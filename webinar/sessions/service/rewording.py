"""Rewording: the words of one session of a series, changed there, in those that follow, or in all."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from webinar.accounts.models import Person
from webinar.audit import service as audit
from webinar.outbox import service as outbox
from webinar.sessions import queries
from webinar.sessions.facts import SeriesSaved
from webinar.sessions.models import Series, Session, State
from webinar.sessions.rules.reshape.values import Scope
from webinar.sessions.rules.rewording import Rewording, reworded
from webinar.sessions.service.change import in_play, opened_hours
from webinar.sessions.service.draft import Draft, checked, put_words
from webinar.sessions.service.reshape import SeriesSavedMeanwhile, locked, version_seen
from webinar.timekeeping import clock

OF_SERIES = ("title", "kind", "locale", "credit_scheme")
"""Words that the series itself has too; its new sessions begin with them."""


@dataclass(frozen=True)
class NewWords:
    """`words` for one session and, by `scope`, for others; `overwrite` replaces what was edited there."""

    scope: Scope
    words: Draft
    overwrite: bool = False


def previewed(series: Series, session: Session, wish: NewWords) -> tuple[Rewording, ...]:
    """What each session in reach would get, the one that was typed on first; writes nothing.

    What has begun or is cancelled keeps its words. Raises Invalid, OutOfPlay.
    """
    in_play(session)
    values = checked(wish.words)
    before = _stored(session, values)
    own = Rewording(session.id, tuple(name for name in values if values[name] != before[name]), ())
    others = {each.id: _stored(each, values) for each in _others(series, session, wish.scope)}
    return (own, *reworded(before, values, others, overwrite=wish.overwrite))


def reword_series(series: Series, session: Session, actor: Person, wish: NewWords, *, seen: str) -> None:
    """Apply what the preview `seen` showed. Raises Invalid, OutOfPlay, SeriesSavedMeanwhile."""
    sessions = {each.id: each for each in locked(series)}
    found = previewed(series, session, wish)
    if seen != version_of_words(series, wish, found):
        raise SeriesSavedMeanwhile
    values = checked(wish.words)
    if wish.scope is Scope.ALL:
        _series_words(series, _stored(session, values), values)
    for each in found:
        put_words(opened_hours(sessions[each.session_id]), actor, {name: values[name] for name in each.put})
    audit.record(
        "series.reworded",
        "series",
        series.id,
        actor_id=actor.id,
        society_id=series.society_id,
        detail={"scope": wish.scope.value, "sessions": sum(bool(each.put) for each in found)},
    )
    outbox.note(SeriesSaved(series.id))


def version_of_words(series: Series, wish: NewWords, found: tuple[Rewording, ...]) -> str:
    """What a preview of new words was made of."""
    return version_seen(series, repr((wish, found)))


def _others(series: Series, session: Session, scope: Scope) -> list[Session]:
    if scope is Scope.ONE:
        return []
    return [
        each
        for each in queries.of_series(series.id)
        if each.id != session.id
        and each.state != State.CANCELLED
        and each.starts_at > clock.now()
        and (scope is Scope.ALL or each.starts_at > session.starts_at)
    ]


def _stored(session: Session, values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: getattr(session, name) for name in values}


def _series_words(series: Series, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    changed = [name for name in OF_SERIES if getattr(series, name) == before[name] != after[name]]
    for name in changed:
        setattr(series, name, after[name])
    if changed:
        series.revision = Series.revision + 1
