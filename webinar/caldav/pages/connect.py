"""The page where people connect their calendar: the address, their app passwords, the one just made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from webinar.accounts.models import Person
from webinar.caldav.models import AppPassword
from webinar.caldav.rules.places import ROOT_PATH
from webinar.web.addresses import absolute_path


@dataclass(frozen=True)
class Connected:
    """One app password: the program's name, when it was made and last used (aware UTC)."""

    id: int
    device: str
    made_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class Connect:
    """`secret` is shown this one time, "" on every other page; `server` is the host alone."""

    address: str
    server: str
    user_name: str
    secret: str
    secret_for: str
    programs: tuple[Connected, ...]


def connect_page(
    person: Person, passwords: Sequence[AppPassword], secret: str = "", secret_for: str = ""
) -> Connect:
    """The page of a person with these app passwords."""
    address = absolute_path(ROOT_PATH)
    programs = (Connected(each.id, each.device, each.created_at, each.last_used_at) for each in passwords)
    server = address.split("/")[2]
    return Connect(address, server, person.email, secret, secret_for, tuple(programs))
