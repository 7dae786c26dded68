"""What an event expands to: a list of starts, a normalised one with its reason, or a refusal."""

from dataclasses import dataclass
from datetime import datetime

from webinar.timekeeping.checks import OutOfYears
from webinar.timekeeping.recurrence.case import CaseReader
from webinar.timekeeping.recurrence.series import LIMIT, Occurrence, Recurrence, occurrences
from webinar.timekeeping.recurrence.values import RecurrenceRefused
from webinar.timekeeping.wall import Certain, resolve
from webinar.timekeeping.zones import UnknownZone

Item = str | dict[str, str]


@dataclass(frozen=True, slots=True)
class Listed:
    """Starts in order of time, as UTC instants or dates; with ends asked for, pairs of both."""

    items: tuple[Item, ...]

    def json(self) -> object:
        """What the command prints."""
        return list(self.items)


@dataclass(frozen=True, slots=True)
class Normalised:
    """Starts of an event that breaks RFC 5545 yet has one sensible reading; `because` tells which."""

    items: tuple[Item, ...]
    because: str

    def json(self) -> object:
        """What the command prints."""
        return {"normalised": list(self.items), "because": self.because}


@dataclass(frozen=True, slots=True)
class Refused:
    """No answer: `sentence` says what is wrong and what to do, `choices` the instants to choose from."""

    sentence: str
    choices: tuple[str, ...] = ()

    def json(self) -> object:
        """What the command prints."""
        choices = {"choices": list(self.choices)} if self.choices else {}
        return {"refused": self.sentence, **choices}


Answer = Listed | Normalised | Refused

_OUTSIDE = "DTSTART is not one of its own rule’s dates: it is taken as the first date and COUNT includes it."
_ENDLESS = "The rule has no end. Add COUNT or UNTIL."
_TOO_MANY = (
    f"The rule does not come to its end within {LIMIT:,} dates and the year 2500."
    " Use a smaller COUNT or an earlier UNTIL."
)


def expand(case: object, *, ends: bool = False, form: bool = False) -> Answer:
    """Expand one event: a mapping with `zone` and `rule` as `CaseReader` reads it. Bad input is Refused.

    `ends` adds each end; `form` refuses a one-off start in a gap or fold and offers both instants.
    """
    try:
        return _expand(case, ends=ends, form=form)
    except (RecurrenceRefused, UnknownZone, OutOfYears) as refusal:
        return Refused(refusal.sentence)


def _expand(case: object, *, ends: bool, form: bool) -> Answer:
    reader = CaseReader(case)
    recurrence = reader.recurrence()
    if form and (refusal := _doubtful(recurrence)):
        return refusal
    expansion = occurrences(recurrence)
    if not expansion.complete:
        bounded = recurrence.rule and (recurrence.rule.count or recurrence.rule.until)
        return Refused(_TOO_MANY if bounded else _ENDLESS)
    items = tuple(_item(each, reader.all_day, ends) for each in expansion.occurrences)
    notes = [*([_OUTSIDE] if expansion.outside else []), *reader.notes]
    return Normalised(items, " ".join(dict.fromkeys(notes))) if notes else Listed(items)


def _doubtful(recurrence: Recurrence) -> Refused | None:
    if recurrence.rule or recurrence.extra:
        return None
    meaning = resolve(recurrence.start_local, recurrence.zone_name)
    if isinstance(meaning, Certain):
        return None
    return Refused(meaning.sentence, (_instant(meaning.earlier.instant), _instant(meaning.later.instant)))


def _item(each: Occurrence, all_day: bool, ends: bool) -> Item:
    write = _date if all_day else _instant
    return {"start": write(each.start_at), "end": write(each.end_at)} if ends else write(each.start_at)


def _instant(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def _date(at: datetime) -> str:
    return f"{at:%Y-%m-%d}"
