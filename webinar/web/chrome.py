"""What frames a page: whose brand, which navigation, who is signed in, where help is."""

from dataclasses import dataclass
from typing import cast

from flask import g

from webinar.config import settings


@dataclass(frozen=True)
class NavItem:
    """One link of a navigation; `current` marks the page (or its section) we are on."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class Chrome:
    """Everything the layouts need besides the page itself; addresses are paths on our origin.

    `nav` is the public navigation, `desk_nav` the organiser's. `brand_css_url` is our
    stylesheet in the society's colour, in place of the plain one (nothing is inline). `zone_bar` switches the
    zone bar off on pages without times; `zone_url` is where somebody whose zone comes from an
    account or a mailed link changes it (rule R3 puts both before the bar's own choice).
    """

    brand_name: str
    brand_url: str
    support_email: str
    nav: tuple[NavItem, ...] = ()
    desk_nav: tuple[NavItem, ...] = ()
    person_name: str | None = None
    sign_in_url: str | None = None
    sign_out_url: str | None = None
    help_url: str = "/help"
    brand_css_url: str | None = None
    zone_bar: bool = True
    zone_url: str | None = None


def wear(chrome: Chrome) -> None:
    """Frame the pages of this request with `chrome`."""
    g.chrome = chrome


def current_chrome() -> Chrome:
    """The frame of this request; before any was worn: ours, without navigation."""
    return cast(Chrome, g.chrome) if "chrome" in g else plain_chrome()


def plain_chrome() -> Chrome:
    """The product's own frame, for pages that belong to no society and for errors."""
    return Chrome(brand_name="webinar", brand_url="/", support_email=settings().support_email)
