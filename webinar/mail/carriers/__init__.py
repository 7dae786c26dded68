"""The carriers by the name that `WEBINAR_MAIL_CARRIER` chooses."""

from webinar.config import Settings
from webinar.mail.carriers.folder import FolderCarrier
from webinar.mail.carriers.smtp import SmtpCarrier
from webinar.mail.port import Carrier


def carrier_for(settings: Settings) -> Carrier:
    """The carrier that the settings ask for."""
    if settings.mail_carrier == "folder":
        return FolderCarrier(settings.data / "mails")
    return SmtpCarrier(
        host=settings.smtp_host,
        port=settings.smtp_port,
        security=settings.smtp_security,
        user=settings.smtp_user,
        password=settings.smtp_password,
        deadline_seconds=settings.send_deadline_seconds,
    )
