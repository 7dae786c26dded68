"""Words shared by the presenter's page and the desk's: lines of the checklist, the room's address."""

from typing import cast

from flask import current_app
from flask_babel import gettext as _

from webinar.materials.port import Backstage
from webinar.materials.rules import Item, ItemCode
from webinar.sessions.models import Session
from webinar.sessions.queries import other_hour
from webinar.timekeeping.wording import Showing
from webinar.translatable import N_
from webinar.web.moments import shown

ITEM_WORDS = {
    ItemCode.CONFIRMED: N_("Your time"),
    ItemCode.BIO: N_("Biography"),
    ItemCode.TITLE: N_("Title of your talk"),
    ItemCode.DISCLOSURES: N_("Disclosures"),
    ItemCode.CONSENT: N_("Recording consent"),
    ItemCode.SLIDES: N_("Slides"),
    ItemCode.LINK_TEST: N_("Sound and link test"),
}


def room_address(session: Session) -> str:
    """Where the session's room is today, "" while none is set; asked of the neighbour who runs rooms."""
    backstage = cast(Backstage, current_app.extensions["webinar.backstage"])
    return backstage(session.id)


def item_words(item: Item) -> str:
    """A line of the checklist in words: "Slides"."""
    return _(ITEM_WORDS[item.code])


def other_time(session: Session) -> Showing | None:
    """The session's second live hour, at which the same talks are given."""
    other = other_hour(session)
    return shown(other.starts_at, other.ends_at, session.zone_name) if other else None
