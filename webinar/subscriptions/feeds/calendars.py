"""Calendars to subscribe to: personal, organiser's, society, series."""

from flask import Response
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from webinar.calendars.ics.feed import Calendar
from webinar.calendars.models import FeedKey, FeedKind
from webinar.calendars.queries import feeds as queries
from webinar.calendars.service import feed_keys as service
from webinar.db.store import transaction
from webinar.refusal import Refusal
from webinar.societies.models import Society
from webinar.societies.queries import by_slug
from webinar.subscriptions.feeds.answering import asked_variant, feed_answer
from webinar.subscriptions.feeds.blueprint import bp
from webinar.subscriptions.feeds.shelf import Composed
from webinar.subscriptions.models import ScopeKind
from webinar.subscriptions.pages.ics import calendar_bytes, pieces_of
from webinar.subscriptions.queries.events import Owner
from webinar.subscriptions.rules.reading import Standing, should_note_reading, standing
from webinar.subscriptions.rules.variant import Variant
from webinar.subscriptions.rules.window import Window
from webinar.timekeeping import clock
from webinar.web import languages
from webinar.web.addresses import absolute_path
from webinar.web.preferences import known_zone

SCOPES = {FeedKind.PERSONAL: ScopeKind.PERSON, FeedKind.ORGANISER: ScopeKind.ORGANISER}


class FeedRevoked(Refusal):
    """The calendar's address was replaced by its owner."""

    status = 410


@bp.get("/calendars/<token>.ics")
def personal(token: str) -> ResponseReturnValue:
    """One person's confirmed sessions with their join links, or what they organise, by the key's kind."""
    now = clock.now()
    key = queries.key_by_token(token)
    if standing(is_known=True, is_revoked=key.revoked_at is not None) is not Standing.LIVE:
        raise FeedRevoked("This calendar address was replaced. Its owner finds the new one in their agenda.")
    key_id, note = key.id, should_note_reading(key.last_read_at, now)
    variant = asked_variant()
    owner, calendar = Owner(SCOPES[key.kind], key.person_id), _own(key, token, variant)
    answer = _answer(owner, calendar, variant)
    if note:
        with transaction():
            service.note_reading(key_id, now)
    return answer


@bp.get("/<slug>/calendar.ics")
def society(slug: str) -> ResponseReturnValue:
    """Everything that a society has published."""
    found, variant = by_slug(slug), asked_variant()
    calendar = _calendar(found, found.name, f"/{slug}/calendar.ics{variant.query}", f"/{slug}", variant)
    return _answer(Owner(ScopeKind.SOCIETY, found.id), calendar, variant)


@bp.get("/<slug>/series/<series>.ics")
def series(slug: str, series: str) -> ResponseReturnValue:
    """The published sessions of one series."""
    found, variant = queries.series_of(slug, series), asked_variant()
    name, page = f"{found.title} · {found.society.name}", f"/{slug}/series/{series}"
    calendar = _calendar(found.society, name, f"{page}.ics{variant.query}", page, variant)
    return _answer(Owner(ScopeKind.SERIES, found.id), calendar, variant)


def _answer(owner: Owner, calendar: Calendar, variant: Variant) -> Response:
    def compose(span: Window) -> Composed:
        pieces = pieces_of(owner, span, variant)
        return Composed(calendar_bytes(calendar, pieces, span.most_bytes), pieces.new)

    return feed_answer(owner, variant, compose)


def _own(key: FeedKey, token: str, variant: Variant) -> Calendar:
    person = key.person
    with force_locale(variant.locale or languages.known(person.locale) or languages.DEFAULT):
        name = _("My sessions") if key.kind is FeedKind.PERSONAL else _("What I organise")
    return Calendar(
        name=name,
        zone_name=variant.zone_name or known_zone(person.zone_name) or "Etc/UTC",
        source=absolute_path(f"/calendars/{token}.ics{variant.query}"),
        url=absolute_path("/me"),
    )


def _calendar(owner: Society, name: str, path: str, page: str, variant: Variant) -> Calendar:
    return Calendar(
        name=name,
        zone_name=variant.zone_name or owner.zone_name,
        description=owner.about,
        source=absolute_path(path),
        url=absolute_path(page),
        colour=owner.brand_colour,
    )
