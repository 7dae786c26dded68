"""Visiting: whether a request is a person coming in, and where the personal link leads them."""

from collections.abc import Mapping
from enum import StrEnum

from webinar.sessions.rules.stage import Stage

PREVIEWERS = (
    "whatsapp/",
    "telegrambot",
    "facebookexternalhit",
    "twitterbot",
    "linkedinbot",
    "slackbot",
    "discordbot",
    "skypeuripreview",
    "bingpreview",
    "googleimageproxy",
)
"""Beginnings and marks of programs that fetch a link to show what it is, in lower case."""


class Way(StrEnum):
    """Where the link leads at this moment."""

    ROOM = "room"
    NO_ROOM = "no_room"
    PAGE = "page"


def only_looks(method: str, headers: Mapping[str, str]) -> bool:
    """Whether a request only looks ahead: HEAD, a browser's prefetch, a chat's preview of the link.

    Sources: Fetch standard (Sec-Purpose), older browsers (Purpose, X-Purpose, X-Moz).
    """
    if method != "GET":
        return True
    purposes = (headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"))
    if any(word in purpose.lower() for purpose in purposes for word in ("prefetch", "prerender", "preview")):
        return True
    agent = headers.get("User-Agent", "").lower()
    return any(mark in agent for mark in PREVIEWERS)


def way(stage: Stage, *, has_room: bool, stay: bool = False) -> Way:
    """Where the link of a seat at `stage` leads; `stay` asks for the page with number and phone."""
    if stage not in (Stage.DOORS, Stage.LIVE):
        return Way.PAGE
    if not has_room:
        return Way.NO_ROOM
    return Way.PAGE if stay else Way.ROOM
