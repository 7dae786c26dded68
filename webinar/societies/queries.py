"""Finding societies and members; the one door through which a society is reached (S16)."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from webinar.accounts.models import Person
from webinar.accounts.rules import fingerprint
from webinar.db.store import store
from webinar.refusal import Missing
from webinar.societies.models import Follow, Invitation, Member, Role, Society
from webinar.societies.rules import includes


def by_slug(slug: str) -> Society:
    """The society of a short name. Raises Missing."""
    society = store.scalar(select(Society).where(Society.slug == slug))
    if society is None:
        raise Missing
    return society


def visible_to(person: Person | None, slug: str, role: Role) -> Society:
    """The society, if the person holds the role there; else Missing, as if it did not exist."""
    society = by_slug(slug)
    if person is None or not holds(person, society.id, role):
        raise Missing
    return society


def holds(person: Person, society_id: int, role: Role) -> bool:
    """Whether somebody may do in a society what `role` may, by the roles stored this moment."""
    member = member_of(person.id, society_id)
    return member is not None and includes(member.role, role)


def member_of(person_id: int, society_id: int) -> Member | None:
    """Somebody's membership in one society."""
    return store.scalar(select(Member).where(Member.person_id == person_id, Member.society_id == society_id))


def memberships(person_id: int) -> Sequence[Member]:
    """Where somebody has a role, by the societies' names."""
    return store.scalars(
        select(Member)
        .join(Member.society)
        .where(Member.person_id == person_id)
        .options(joinedload(Member.society))
        .order_by(Society.name)
    ).all()


def team(society_id: int) -> Sequence[Member]:
    """Everybody with a role, admins first."""
    members = store.scalars(
        select(Member).where(Member.society_id == society_id).options(joinedload(Member.person))
    ).all()
    return sorted(members, key=lambda member: (list(Role).index(member.role), member.person.name))


def open_invitations(society_id: int) -> Sequence[Invitation]:
    """Invitations neither accepted nor withdrawn, oldest first."""
    return store.scalars(
        select(Invitation)
        .where(
            Invitation.society_id == society_id,
            Invitation.accepted_at.is_(None),
            Invitation.withdrawn_at.is_(None),
        )
        .order_by(Invitation.id)
    ).all()


def invitation_by_token(token: str) -> Invitation | None:
    """The invitation that a mailed token opens."""
    return store.scalar(select(Invitation).where(Invitation.token_hash == fingerprint(token)))


def taken_slugs() -> frozenset[str]:
    """All short names in use."""
    return frozenset(store.scalars(select(Society.slug)))


def all_societies() -> Sequence[Society]:
    """Every society by name, for the front page."""
    return store.scalars(select(Society).order_by(Society.name)).all()


def followed(society_id: int) -> Sequence[Society]:
    """The societies that a society follows, by name."""
    return store.scalars(
        select(Society).where(Society.id.in_(followed_ids(society_id))).order_by(Society.name, Society.id)
    ).all()


def followed_ids(society_id: int) -> Select[int]:
    """The question for the ids of societies that a society follows, to stand inside another one."""
    return select(Follow.followed_id).where(Follow.society_id == society_id)
