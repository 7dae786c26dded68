"""Words shared by the presenter's page and the desk's: lines of the checklist, the room's address."""

from typing import cast

from flask import current_app
from flask_babel import gettext as _

from webinar.materials.port import Backstage
from webinar.materials.rules import Item, ItemCode
from webinar.sessions.models import Session

ITEM_WORDS = {
    ItemCode.CONFIRMED: "Your time",
    ItemCode.BIO: "Biography",
    ItemCode.TITLE: "Title of your talk",
    ItemCode.DISCLOSURES: "Disclosures",
    ItemCode.CONSENT: "Recording consent",
    ItemCode.SLIDES: "Slides",
    ItemCode.LINK_TEST: "Sound and link test",
}


def room_address(session: Session) -> str:
    """Where the session's room is today, "" while none is set; asked of the neighbour who runs rooms."""
    backstage = cast(Backstage, current_app.extensions["webinar.backstage"])
    return backstage(session.id)


def item_words(item: Item) -> str:
    """A line of the checklist in words: "Slides"."""
    return _(ITEM_WORDS[item.code])
