"""Advice about a time: clock shifts, days off and clashes, judged by whom a session will reach."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from webinar.desk.pages.surroundings import Surroundings
from webinar.registration.queries.audience import Audience
from webinar.scheduling.rules import clashes
from webinar.scheduling.rules.clashes import Elsewhere, SpeakerPlace
from webinar.scheduling.rules.clock_shifts import (
    ClockShift,
    Region,
    clock_shifts,
    series_sentences,
    session_sentence,
)
from webinar.scheduling.rules.holidays import Home, days_off, sentence
from webinar.sessions.rules.preflight import Check, CheckState
from webinar.timekeeping.countries import country_of
from webinar.timekeeping.intervals import Interval
from webinar.timekeeping.wall import local_of
from webinar.timekeeping.zones import ZoneName
from webinar.web.fields.country import countries
from webinar.web.sizes import amount, people

MOST_COUNTRIES = 30
"""Countries whose days off are looked up, by weight: beyond them a country is a handful of people."""
MOST_LINES = 5
"""Lines of one sort; a sixth only says how many more there are."""

ALL_CLEAR = "Nothing else was found in the way of this time: no clash, no day off, no change of clocks."


@dataclass(frozen=True)
class SeriesAdvice:
    """What to know before a series is published: sentences, and by whose clocks they were judged."""

    clocks: tuple[str, ...]
    days_off: tuple[str, ...]
    clashes: tuple[str, ...]
    judged_by: str


def session_checks(found: Surroundings) -> tuple[Check, ...]:
    """The lines of the pre-flight list; one that says that all is clear if there is nothing to advise."""
    lines = tuple(_lines(found))
    return lines or (Check("clear", CheckState.DONE, ALL_CLEAR),)


def clock_words(found: Surroundings) -> tuple[str, ...]:
    """Every date of the session's series on which clocks shift, region by region."""
    return _clock_sentences(_shifts(found.series_starts, found.host, found.audience), found.audience)


def series_advice(
    spans: Sequence[Interval], host: ZoneName, audience: Audience, others: Sequence[Elsewhere]
) -> SeriesAdvice:
    """The same of the dates of a whole series, planned in the zone `host`."""
    starts = [(span.start, host) for span in spans]
    return SeriesAdvice(
        clocks=_clock_sentences(_shifts(starts, host, audience), audience),
        days_off=tuple(words for span in spans for words in _off_sentences(span, host, audience, ())),
        clashes=tuple(
            words for span in spans for words in clashes.same_audience(span, host, others, dated=True)
        ),
        judged_by=judged_by(audience),
    )


def judged_by(audience: Audience) -> str:
    """Whose clocks and holidays these are, in a sentence."""
    who = people(audience.people)
    words = {
        "series": _("Judged by %(who)s who registered for this series.", who=who),
        "society": _("Judged by %(who)s who registered for sessions of this society.", who=who),
        "members": _("No audience yet: judged by where your team lives (%(who)s).", who=who),
    }
    default = _("No audience yet: judged by %(num)s cities around the world.", num=amount(audience.people))
    return words.get(audience.source, default)


def _lines(found: Surroundings) -> Iterator[Check]:
    span, host = found.span, found.host
    yield from _advice("speaker_clash", clashes.double_booked(span, host, found.talks))
    yield from _advice("room_clash", clashes.room_busy(span, host, found.in_room))
    yield from _advice("speaker_night", clashes.at_night(span, found.speakers))
    yield from _advice("audience_clash", clashes.same_audience(span, host, found.same_audience))
    shifts = _shifts(found.series_starts, host, found.audience)
    day = local_of(span.start, host).date()
    told = (session_sentence(shift, day, _everybody(found.audience)) for shift in shifts)
    yield from _advice("clocks", [words for words in told if words])
    yield from _advice("day_off", _off_sentences(span, host, found.audience, found.speakers))


def _advice(code: str, sentences: Sequence[str]) -> Iterator[Check]:
    for words in sentences[:MOST_LINES]:
        yield Check(code, CheckState.ADVICE, words)
    if len(sentences) > MOST_LINES:
        more = f"And {len(sentences) - MOST_LINES} more of this sort."
        yield Check(code, CheckState.ADVICE, more)


def _shifts(
    starts: Sequence[tuple[datetime, ZoneName]], host: ZoneName, audience: Audience
) -> tuple[ClockShift, ...]:
    kept = [start_at for start_at, zone_name in starts if zone_name == host]
    return clock_shifts(kept, host, [Region(zone.zone_name, zone.people) for zone in audience.zones])


def _clock_sentences(shifts: Iterable[ClockShift], audience: Audience) -> tuple[str, ...]:
    return tuple(words for shift in shifts for words in series_sentences(shift, _everybody(audience)))


def _off_sentences(
    span: Interval, host: ZoneName, audience: Audience, speakers: Sequence[SpeakerPlace]
) -> list[str]:
    homes = _homes(audience, [host, *(speaker.zone_name for speaker in speakers)])
    met = days_off(span.start, span.end, homes, country_of(host))
    return [sentence(each, _everybody(audience)) for each in met]


def _homes(audience: Audience, zone_names: Iterable[ZoneName]) -> list[Home]:
    """The audience's countries by weight, then the organiser's and the speakers', each once."""
    weights = {each.country: each.people for each in audience.countries}
    own = [country for zone_name in zone_names if (country := country_of(zone_name))]
    chosen = dict.fromkeys([*list(weights)[:MOST_COUNTRIES], *own])
    names = dict(countries("en"))  # the sentences around them are English
    return [Home(country, names.get(country, country), weights.get(country, 0)) for country in chosen]


def _everybody(audience: Audience) -> int:
    """The N of "n of N people"; 0 where the audience is only supposed."""
    return 0 if audience.source == "default" else audience.people
