"""Mails of the team, and the answer to an invitation made."""

from flask_babel import gettext as _

from webinar.accounts import service as accounts
from webinar.accounts.rules import TokenKind
from webinar.db.store import store
from webinar.mail.message import Party
from webinar.outbox import service as outbox
from webinar.outbox.port import Due, Opened, Useless
from webinar.societies.facts import MemberInvited
from webinar.societies.models import Invitation
from webinar.societies.pages import ROLE_NAMES
from webinar.web.addresses import absolute
from webinar.web.mailing import Envelope, compose


def mail_invitation(fact: MemberInvited) -> None:
    """Promise the mail with the link."""
    key = f"mail:invitation:{fact.invitation_id}:{fact.version}"
    outbox.post("mail.invitation", key, fact.payload)


def open_invitation(due: Due) -> Opened:
    """The invitation to help run a society, unless it was answered, withdrawn or replaced."""
    invitation = store.get_one(Invitation, due.payload["invitation_id"])
    if invitation.accepted_at or invitation.withdrawn_at or invitation.version != due.payload["version"]:
        return Useless("the invitation was answered, withdrawn or replaced")
    society = invitation.society
    envelope = Envelope(
        key=due.key,
        to=Party(invitation.email, invitation.name),
        sent_at=due.now,
        locale=society.locale,
        from_name=society.name,
        reply_to=Party(society.contact_email),
    )
    return compose(
        "invitation",
        envelope,
        url=absolute("societies.accept", token=accounts.token_of(TokenKind.INVITATION, invitation.nonce)),
        society=society.name,
        inviter=invitation.invited_by.name,
        role=_(ROLE_NAMES[invitation.role]),
    )
