"""Reshape: what another time or rhythm does to each session of a series, before anything is written.

Sessions and dates meet by their place in the rhythm: the n-th session takes the n-th new date and keeps its
UID, its seats and its address. What has begun never moves.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from webinar.refusal import Invalid
from webinar.sessions.rules.pattern import carried, is_alike, shortened, stepped_back
from webinar.sessions.rules.reshape.exceptions import is_moved
from webinar.sessions.rules.reshape.values import Fate, Line, Reshape, Scope, Shape, Standing, Why, Wish
from webinar.sessions.rules.rhythm import dates, notices
from webinar.sessions.rules.start import Start, When, check_minutes, derived, pinned
from webinar.timekeeping.recurrence.rule import Rule, parse_rule, rule_text
from webinar.timekeeping.recurrence.series import Occurrence
from webinar.timekeeping.wall import day_words
from webinar.timekeeping.zones import UnknownZone, canonical


def reshape(shape: Shape, standings: Sequence[Standing], wish: Wish, now: datetime) -> Reshape:
    """What a wish does to the sessions of a series at `now` (aware UTC); writes nothing.

    A start in a gap or a fold is refused with both choices (DoubtfulStart) where one session moves, and
    read by RFC 5545 3.3.5 in a series. Raises Invalid with the field.
    """
    anchor = next(each for each in standings if each.session_id == wish.anchor_id)
    _check_anchor(anchor, now)
    if wish.scope is Scope.ONE:
        return _alone(shape, standings, anchor, wish, now)
    return _Course.of(shape, anchor, wish).followed(standings, now)


def _check_anchor(anchor: Standing, now: datetime) -> None:
    if anchor.is_cancelled:
        raise Invalid("That session is cancelled. Choose one that will take place.")
    if anchor.start.starts_at <= now:
        raise Invalid("That session has begun, so its start cannot move any more.", "starts_local")


def _alone(
    shape: Shape, standings: Sequence[Standing], anchor: Standing, wish: Wish, now: datetime
) -> Reshape:
    start = pinned(wish.when)
    _check_to_come(start, now)
    lines = tuple(
        _line(each, start, each.planned_local)
        if each is anchor
        else _kept(each, Why.OTHERS, each.planned_local)
        for each in standings
    )
    return Reshape(Scope.ONE, shape, None, lines, (), ())


@dataclass(frozen=True)
class _Course:
    """The old dates and the new; the n-th new one is for place `base` + n of the old."""

    wish: Wish
    old: Shape
    new: Shape
    head: Shape | None
    places: dict[datetime, int]
    anchor_place: int
    base: int
    found: tuple[Occurrence, ...]

    @classmethod
    def of(cls, shape: Shape, anchor: Standing, wish: Wish) -> "_Course":
        old_dates = dates(shape.rule, shape.starts_local, shape.zone_name, shape.minutes)
        places = {each.start_local: place for place, each in enumerate(old_dates)}
        place = places.get(anchor.planned_local) if anchor.planned_local else None
        if place is None:
            raise Invalid("That session is an extra date outside the rhythm. Change it by itself.", "scope")
        old_rule, when = parse_rule(shape.rule), _checked(wish.when)
        rule = carried(wish.rhythm, when.starts_local, when.zone_name, old_rule)
        same = (when.starts_local, when.zone_name, when.minutes) == (
            anchor.planned_local,
            shape.zone_name,
            shape.minutes,
        )
        head = None
        if wish.scope is Scope.FOLLOWING and place and not (same and is_alike(rule, old_rule)):
            last_local = old_dates[place - 1].start_local
            head = replace(shape, rule=shortened(old_rule, shape.zone_name, last_local, place))
        base = place if head else 0
        new = _shape(when, rule, place - base)
        found = dates(new.rule, new.starts_local, new.zone_name, new.minutes)
        return cls(wish, shape, new, head, places, place, base, found)

    def followed(self, standings: Sequence[Standing], now: datetime) -> Reshape:
        lines = tuple(self._line(each, now) for each in standings)
        added = tuple(self._start(each) for each in self.found[len(self.places) - self.base :])
        for start in (*added, *(line.new for line in lines if line.fate is Fate.CHANGED)):
            _check_to_come(start, now)
        told = notices(self.found[self.anchor_place - self.base :])
        return Reshape(self.wish.scope, self.new, self.head, lines, added, told)

    def _line(self, each: Standing, now: datetime) -> Line:
        place = self.places.get(each.planned_local) if each.planned_local else None
        if place is None:
            # The anchor is a date of the rhythm, and extra dates follow whichever part they lie in.
            along = self.head is not None and each.start.starts_at >= self._anchor_at
            return replace(_kept(each, _why(each, now) or Why.ADDED, None), goes_along=along)
        if place < self.base:
            return _kept(each, _why(each, now) or Why.EARLIER, each.planned_local)
        date = self.found[place - self.base] if place - self.base < len(self.found) else None
        line = self._on_date(each, place, date, _why(each, now))
        return replace(line, goes_along=self.head is not None)

    def _on_date(self, each: Standing, place: int, date: Occurrence | None, why: Why | None) -> Line:
        planned_local = date.start_local if date else None
        if why is None and self.wish.scope is Scope.FOLLOWING and place < self.anchor_place:
            why = Why.EARLIER
        if why:
            return _kept(each, why, planned_local)
        if date is None:
            return Line(each.session_id, Fate.DROPPED, None, each.start, each.start, None)
        if self._stays_moved(each):
            return _kept(each, Why.MOVED, planned_local)
        return _line(each, self._start(date), planned_local)

    def _stays_moved(self, each: Standing) -> bool:
        """Whether it was moved by itself and stays so; the session that was typed on is always meant."""
        meant = self.wish.with_moved or each.session_id == self.wish.anchor_id
        return not meant and is_moved(each, self.old)

    def _start(self, date: Occurrence) -> Start:
        return derived(date.start_local, self.new.zone_name, self.new.minutes)

    @property
    def _anchor_at(self) -> datetime:
        planned = next(local for local, place in self.places.items() if place == self.anchor_place)
        return derived(planned, self.old.zone_name, self.old.minutes).starts_at


def _checked(when: When) -> When:
    check_minutes(when.minutes)
    try:
        zone_name = canonical(when.zone_name)
    except UnknownZone as unknown:
        raise Invalid(unknown.sentence, "zone_name") from unknown
    return replace(when, starts_local=when.starts_local.replace(second=0, microsecond=0), zone_name=zone_name)


def _shape(when: When, rule: Rule, steps: int) -> Shape:
    """The rhythm that comes to `when` after so many steps, with as many dates more."""
    count = rule.count + steps if rule.count is not None else None
    text = rule_text(replace(rule, count=count), when.zone_name)
    return Shape(stepped_back(rule, when.starts_local, steps), when.zone_name, when.minutes, text)


def _why(each: Standing, now: datetime) -> Why | None:
    if each.is_cancelled:
        return Why.CANCELLED
    return Why.BEGUN if each.start.starts_at <= now else None


def _kept(each: Standing, why: Why, planned_local: datetime | None) -> Line:
    return Line(each.session_id, Fate.KEPT, why, each.start, each.start, planned_local)


def _line(each: Standing, new: Start, planned_local: datetime | None) -> Line:
    if replace(each.start, tzdata_version=new.tzdata_version) == new:
        return _kept(each, Why.SAME, planned_local)
    return Line(each.session_id, Fate.CHANGED, None, each.start, new, planned_local)


def _check_to_come(start: Start, now: datetime) -> None:
    if start.starts_at <= now:
        day = day_words(start.starts_local)
        raise Invalid(
            f"The session of {day} would lie in the past. Please choose a time to come.", "starts_local"
        )
