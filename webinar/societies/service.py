"""Founding societies, inviting to the team, giving and taking roles, following other societies."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from webinar.accounts import service as accounts
from webinar.accounts.models import Person
from webinar.accounts.rules import TokenKind, normal_email
from webinar.audit import service as audit
from webinar.db.store import store
from webinar.outbox import service as outbox
from webinar.plaintext import clean_text, one_line
from webinar.refusal import Invalid, Missing, Refusal
from webinar.societies import queries
from webinar.societies.facts import MemberChanged, MemberInvited, SocietyFounded, SocietySaved
from webinar.societies.models import Follow, Invitation, Member, Role, Society
from webinar.societies.rules import judged, nearest_passing, proposals, slug_trouble
from webinar.timekeeping import clock, zones

INVITATION_LIVES = timedelta(days=14)


class ShortNameTaken(Invalid):
    """Another society has this short name; `free` holds three that are free."""

    def __init__(self, slug: str, free: tuple[str, ...]) -> None:
        self.free = free
        super().__init__(f"“{slug}” is taken. Free are: {', '.join(free)}.", "slug")


class ColourTooPale(Invalid):
    """The brand colour cannot be read; `nearest` is the nearest one that can."""

    def __init__(self, colour: str, nearest: str) -> None:
        self.nearest = nearest
        super().__init__(
            f"Text in {colour} cannot be read well on our pages (contrast under 4.5). "
            f"The nearest shade that can is {nearest}.",
            "brand_colour",
        )


class LastAdmin(Refusal):
    """A society keeps at least one admin."""


class InvitationSpent(Refusal):
    """The invitation was used, withdrawn or has expired."""


@dataclass(frozen=True)
class Profile:
    """What a society says of itself. `zone_name` is IANA, `brand_colour` #RRGGBB."""

    name: str
    zone_name: str
    locale: str
    brand_colour: str
    contact_email: str
    about: str = ""


def found(founder: Person, slug: str, profile: Profile) -> Society:
    """Create a society; its founder becomes its admin. Raises Invalid with the field at fault."""
    trouble = slug_trouble(slug)
    if trouble:
        raise Invalid(trouble, "slug")
    taken = queries.taken_slugs()
    if slug in taken:
        raise ShortNameTaken(slug, proposals(slug, taken))
    society = Society(slug=slug, created_at=clock.now(), **_checked(profile))
    store.add(society)
    store.flush()
    _give_role(society, founder, Role.ADMIN)
    audit.record("society.founded", "society", society.id, actor_id=founder.id, society_id=society.id)
    outbox.tell(SocietyFounded(society.id))
    return society


def change_profile(society: Society, profile: Profile, actor: Person) -> None:
    """Change what a society says of itself. Raises Invalid with the field at fault."""
    for field, value in _checked(profile).items():
        setattr(society, field, value)
    audit.record("society.changed", "society", society.id, actor_id=actor.id, society_id=society.id)
    store.flush()
    outbox.note(SocietySaved(society.id))


def _checked(profile: Profile) -> dict[str, str]:
    brand = judged(profile.brand_colour)
    if not brand.passes:
        raise ColourTooPale(profile.brand_colour, nearest_passing(profile.brand_colour))
    return {
        "name": one_line(profile.name),
        "about": clean_text(profile.about),
        "zone_name": zones.canonical(profile.zone_name),
        "locale": profile.locale,
        "brand_colour": profile.brand_colour.upper(),
        "contact_email": normal_email(profile.contact_email),
    }


def invite(society: Society, actor: Person, *, email: str, name: str, role: Role) -> Invitation:
    """Invite an address to a role; inviting it again sends a fresh link and kills the old one."""
    accounts.knock("invite", str(actor.id), most=50, within=timedelta(days=1))
    known = _invitation_to(society, email)
    nonce, token_hash = accounts.minted(TokenKind.INVITATION)
    invitation = known or Invitation(society_id=society.id, email=normal_email(email), version=0)
    invitation.name, invitation.role = one_line(name), role
    invitation.invited_by_id = actor.id
    invitation.nonce, invitation.token_hash = nonce, token_hash
    invitation.version += 1
    invitation.created_at = clock.now()
    invitation.expires_at = clock.now() + INVITATION_LIVES
    invitation.accepted_at = invitation.withdrawn_at = None
    store.add(invitation)
    store.flush()
    audit.record(
        "member.invited",
        "invitation",
        invitation.id,
        actor_id=actor.id,
        society_id=society.id,
        detail={"role": role},
    )
    outbox.tell(MemberInvited(invitation.id, invitation.version))
    return invitation


def _invitation_to(society: Society, email: str) -> Invitation | None:
    return store.scalar(
        select(Invitation).where(Invitation.society_id == society.id, Invitation.email == normal_email(email))
    )


def open_invitation(token: str) -> Invitation:
    """The live invitation of a token. Raises InvitationSpent, which says the way out."""
    invitation = queries.invitation_by_token(token)
    if invitation is None:
        raise Missing
    dead = invitation.accepted_at or invitation.withdrawn_at or invitation.expires_at <= clock.now()
    if dead:
        raise InvitationSpent(
            "This invitation was used, withdrawn or has expired. If you accepted it already, sign in; "
            "else ask the person who invited you for a fresh one."
        )
    return invitation


def accept(token: str) -> tuple[Society, Person]:
    """Accept an invitation: its address is proved by the link, the role is given."""
    invitation = open_invitation(token)
    invitation.accepted_at = clock.now()
    person = accounts.known_person(invitation.email, invitation.name, locale=invitation.society.locale)
    _give_role(invitation.society, person, invitation.role)
    audit.record(
        "member.joined",
        "person",
        person.id,
        actor_id=person.id,
        society_id=invitation.society_id,
        detail={"role": invitation.role},
    )
    return invitation.society, person


def withdraw_invitation(society: Society, invitation_id: int, actor: Person) -> None:
    """Take an invitation back; harmless twice."""
    invitation = store.get(Invitation, invitation_id)
    if invitation is None or invitation.society_id != society.id:
        raise Missing
    invitation.withdrawn_at = invitation.withdrawn_at or clock.now()
    audit.record(
        "invitation.withdrawn", "invitation", invitation.id, actor_id=actor.id, society_id=society.id
    )


def _give_role(society: Society, person: Person, role: Role) -> Member:
    member = queries.member_of(person.id, society.id)
    if member is None:
        member = Member(society_id=society.id, person_id=person.id, role=role, joined_at=clock.now())
        store.add(member)
    member.role = min(member.role, role, key=list(Role).index)
    store.flush()
    outbox.note(MemberChanged(person.id, society.id))
    return member


def change_role(society: Society, member_id: int, role: Role | None, actor: Person) -> None:
    """Give a member another role, or with None take the role away. Raises LastAdmin."""
    member = store.get(Member, member_id)
    if member is None or member.society_id != society.id:
        raise Missing
    if member.role == Role.ADMIN and role != Role.ADMIN and _admins(society) == 1:
        raise LastAdmin("This is the last admin. Make somebody else admin first.")
    detail = {"from": member.role, "to": role}
    outbox.note(MemberChanged(member.person_id, society.id))
    if role is None:
        store.delete(member)
    else:
        member.role = role
    audit.record(
        "member.role", "person", member.person_id, actor_id=actor.id, society_id=society.id, detail=detail
    )
    store.flush()


def _admins(society: Society) -> int:
    counted = select(func.count()).where(Member.society_id == society.id, Member.role == Role.ADMIN)
    return store.scalar(counted) or 0


def follow(society: Society, slug: str, actor: Person) -> Society:
    """Follow the society of a short name; harmless twice. Raises Invalid with the field at fault."""
    other = store.scalar(select(Society).where(Society.slug == slug.strip().lower()))
    if other is None:
        raise Invalid("No society here has the short name “%(slug)s”.", "slug", slug=one_line(slug))
    if other.id == society.id:
        raise Invalid("This is your own society. Please give the short name of another one.", "slug")
    if other.id not in {each.id for each in queries.followed(society.id)}:
        store.add(Follow(society_id=society.id, followed_id=other.id, created_at=clock.now()))
        store.flush()
        _note_follow("society.followed", society, other.id, actor)
    return other


def unfollow(society: Society, followed_id: int, actor: Person) -> None:
    """Follow a society no longer; harmless twice."""
    follow = store.scalar(
        select(Follow).where(Follow.society_id == society.id, Follow.followed_id == followed_id)
    )
    if follow is not None:
        store.delete(follow)
        store.flush()
        _note_follow("society.unfollowed", society, followed_id, actor)


def _note_follow(action: str, society: Society, other_id: int, actor: Person) -> None:
    audit.record(action, "society", other_id, actor_id=actor.id, society_id=society.id)
