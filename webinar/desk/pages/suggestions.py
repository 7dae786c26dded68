"""The finder's suggestions: cards with a time, how many people it reaches, whom it leaves at night."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from webinar.scheduling.rules.finder import cell
from webinar.scheduling.rules.season import Party
from webinar.scheduling.rules.suggesting import Suggestion
from webinar.sessions.models import Session, State
from webinar.timekeeping.wall import local_of
from webinar.web.city_names import city_name
from webinar.web.clock_words import clock_time, days_apart
from webinar.web.moments import iso_utc
from webinar.web.sizes import amount

NAMED = 3


@dataclass(frozen=True)
class Card:
    """One suggestion. `fields` are posted to `post_url`; without one `link_url` leads on; both may be ""."""

    times: str
    label: str
    share: str
    share_words: str
    night: str
    night_words: str
    press: str
    post_url: str
    link_url: str
    fields: tuple[tuple[str, str], ...]


def single_card(session: Session, found: Suggestion, label: str) -> Card:
    """One hour, with the button that takes it at once for a draft, and shows it first for what is public."""
    start_at, slug = found.starts[0], session.society.slug
    if start_at == session.starts_at:
        return _card(found, _("%(label)s; planned so far", label=label), minutes=session.minutes)
    if session.state == State.DRAFT:
        return _card(
            found,
            label,
            press=_("Use this time"),
            post_url=url_for("sessions.move", slug=slug, session=session.slug),
            fields=move_fields(session, start_at),
            minutes=session.minutes,
        )
    here = url_for("desk.finder", slug=slug, session=session.slug, start=iso_utc(start_at), _anchor="use")
    return _card(found, label, press=_("Look at this time"), link_url=here, minutes=session.minutes)


def pair_card(session: Session, found: Suggestion) -> Card:
    """Two live hours of one session; a draft of one hour takes both at once."""
    fits = session.state == State.DRAFT and session.hour is None
    post_url = url_for("desk.two_hours", slug=session.society.slug, session=session.slug) if fits else ""
    return _card(
        found,
        _("two live hours, one session"),
        press=_("Use two slots"),
        post_url=post_url,
        fields=(
            ("first", iso_utc(found.starts[0])),
            ("second", iso_utc(found.starts[1])),
            ("seen_at", session.changed_at.isoformat()),
        ),
        minutes=session.minutes,
    )


def turns_card(session: Session, found: Suggestion) -> Card:
    """Three hours in turn over a series."""
    address = ""
    if session.series is not None:
        address = url_for(
            "scheduling.rotation", slug=session.society.slug, series=session.series.slug,
            planned=session.slug, hours=",".join(map(iso_utc, found.starts)),
        )  # fmt: skip
    return _card(
        found,
        _("in turn over the series") if address else _("in turn, if this were a series"),
        press=_("Rotate the series"),
        link_url=address,
        minutes=session.minutes,
    )


def move_fields(session: Session, start_at: datetime) -> tuple[tuple[str, str], ...]:
    """What the form of a session's time is sent for this instant: wall time and zone as promised."""
    return (
        ("starts_local", local_of(start_at, session.zone_name).isoformat(timespec="minutes")),
        ("chosen_at", start_at.isoformat()),
        ("zone_name", session.zone_name),
        ("minutes", str(session.minutes)),
        ("seen_at", session.changed_at.isoformat()),
    )


def percent(part: int, whole: int) -> str:
    """A share that is 100 % only where nobody is missing."""
    if not whole:
        return "–"
    return f"{100 if part == whole else min(99, round(100 * part / whole))} %"


def places_words(parties: Sequence[Party], start_at: datetime, minutes: int) -> str:
    """The first of them with their local time: "Sydney 01:00, next day"; the others as a number."""
    named = []
    for party in parties[:NAMED]:
        seen = cell(start_at, minutes, party.zone_name)
        shift = days_apart(seen.day_shift)
        named.append(
            " ".join(filter(None, (city_name(party.zone_name), clock_time(seen.starts_local), shift)))
        )
    return _more(named, len(parties))


def _more(named: list[str], number: int) -> str:
    if number > NAMED:
        others = number - NAMED
        named.append(ngettext("%(num)s more", "%(num)s more", others))
    return ", ".join(named)


def _card(
    found: Suggestion,
    label: str,
    *,
    minutes: int,
    press: str = "",
    post_url: str = "",
    link_url: str = "",
    fields: tuple[tuple[str, str], ...] = (),
) -> Card:
    clocks = [clock_time(local_of(at, "Etc/UTC")) for at in found.starts]
    between = {1: "", 2: " + "}.get(len(clocks), " · ")
    return Card(
        times=f"{between.join(clocks)} UTC",
        label=label,
        share=percent(found.reached, found.people),
        share_words=_reached(found),
        night=amount(len(found.left)),
        night_words=_left(found, minutes),
        press=press if post_url or link_url else "",
        post_url=post_url,
        link_url=link_url,
        fields=fields,
    )


def _reached(found: Suggestion) -> str:
    counted = {"part": amount(found.reached), "whole": amount(found.people)}
    if len(found.starts) == 1:
        return _("not at night (%(part)s of %(whole)s people)", **counted)
    if len(found.starts) == 2:
        return _("not at night at least once (%(part)s of %(whole)s people)", **counted)
    return _(
        "not at night in %(often)s of %(turns)s or more (%(part)s of %(whole)s people)",
        often=found.often,
        turns=len(found.starts),
        **counted,
    )


def _left(found: Suggestion, minutes: int) -> str:
    number = len(found.left)
    if not number:
        return _("cities left at night")
    if len(found.starts) == 1:
        words = places_words(found.left, found.starts[0], minutes)
    else:
        words = _more([city_name(party.zone_name) for party in found.left[:NAMED]], number)
    return ngettext("city at night: %(words)s", "cities at night: %(words)s", number, words=words)
