"""Mails of signing in, composed when they are due."""

from webinar.accounts.models import SignInLink
from webinar.accounts.rules import TokenKind, link_opens
from webinar.accounts.service import token_of
from webinar.db.store import store
from webinar.mail.message import Party
from webinar.outbox.port import Due, Opened, Useless
from webinar.web.addresses import absolute
from webinar.web.mailing import Envelope, compose


def open_sign_in(due: Due) -> Opened:
    """The mail with the link, unless the link has died meanwhile."""
    link = store.get_one(SignInLink, due.payload["link_id"])
    if not link_opens(due.now, link.expires_at, link.used_at, reusable=link.reusable):
        return Useless("the link has expired or was used")
    url = absolute("accounts.open_link", token=token_of(TokenKind.SIGN_IN, link.nonce))
    envelope = Envelope(key=due.key, to=Party(link.email), sent_at=due.now, locale=link.locale)
    return compose("sign_in", envelope, url=url, minutes=10)
