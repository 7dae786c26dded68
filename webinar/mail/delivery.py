"""MailErrand: a composed mail on its way to a carrier, run outside any transaction."""

from dataclasses import dataclass
from typing import cast

from flask import current_app

from webinar.mail.message import Mail, to_bytes
from webinar.mail.port import Carrier


@dataclass(frozen=True)
class MailErrand:
    """Hands one mail to the application's carrier."""

    mail: Mail

    def run(self) -> None:
        carrier = cast(Carrier, current_app.extensions["webinar.carrier"])
        carrier.send(to_bytes(self.mail), self.mail.sender.address, self.mail.to.address)
