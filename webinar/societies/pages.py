"""What the pages of a society show."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from webinar.societies.models import Invitation, Member, Role, Society
from webinar.societies.rules import judged, nearest_dark_passing
from webinar.web.assets import style_sheet

ROLE_NAMES = {Role.ADMIN: "Admin", Role.ORGANISER: "Organiser", Role.PRESENTER: "Presenter"}


@dataclass(frozen=True)
class TeamRow:
    """One member on the team page."""

    member_id: int
    name: str
    email: str
    role: str
    role_name: str


@dataclass(frozen=True)
class InvitationRow:
    """One open invitation on the team page."""

    invitation_id: int
    name: str
    email: str
    role_name: str


def team_rows(members: Sequence[Member]) -> tuple[TeamRow, ...]:
    """The team as the page lists it."""
    return tuple(
        TeamRow(m.id, m.person.name, m.person.email, m.role.value, _(ROLE_NAMES[m.role])) for m in members
    )


def invitation_rows(invitations: Sequence[Invitation]) -> tuple[InvitationRow, ...]:
    """Open invitations as the page lists them."""
    return tuple(InvitationRow(i.id, i.name, i.email, _(ROLE_NAMES[i.role])) for i in invitations)


def brand_css(society: Society) -> str:
    """Our stylesheet with the society's colour as tokens for light and dark, text on it readable.

    One sheet instead of two: a page is then at most three requests.
    """
    light = judged(society.brand_colour)
    dark = nearest_dark_passing(society.brand_colour)
    dark_tokens = f"--primary:{dark.colour};--primary-hover:{dark.colour};--on-primary:{dark.text}"
    return style_sheet() + (
        f"@layer tokens{{:root{{--primary:{light.colour};--primary-hover:{light.colour};--on-primary:{light.text}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark_tokens}}}}}"
        f"@media screen{{:root[data-theme=dark]{{{dark_tokens}}}}}}}\n"
    )
