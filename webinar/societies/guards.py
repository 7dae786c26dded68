"""The doors of a society, and the frame its pages wear; to others its desk is not there."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webinar.accounts.guards import current_person
from webinar.accounts.models import Person
from webinar.societies import queries
from webinar.societies.models import Role, Society
from webinar.societies.rules import includes
from webinar.web.assets import asset
from webinar.web.chrome import Chrome, NavItem, wear
from webinar.web.headers import private_page

View = Callable[..., ResponseReturnValue]


def current_society() -> Society:
    """The society that the guard of this view has opened."""
    return cast(Society, g.society)


def organiser_of(view: View) -> View:
    """Only for organisers and admins of the society whose short name is `slug` in the path."""
    return _door(view, Role.ORGANISER)


def admin_of(view: View) -> View:
    """Only for admins of the society whose short name is `slug` in the path."""
    return _door(view, Role.ADMIN)


def _door(view: View, role: Role) -> View:
    @wraps(view)
    def guarded(slug: str, **kwargs: Any) -> ResponseReturnValue:
        person = current_person()
        if person is None:
            wanted = request.full_path.rstrip("?") if request.method == "GET" else "/"
            return redirect(url_for("accounts.sign_in", next=wanted), code=303)
        g.society = queries.visible_to(person, slug, role)
        desk_frame(g.society, person)
        private_page()
        return view(**kwargs)

    guarded.guarded_by = role.value  # type: ignore[attr-defined]
    return guarded


def public_society(slug: str) -> Society:
    """The society of a public page, whose frame the page then wears. Raises Missing."""
    society = queries.by_slug(slug)
    frame(society)
    return society


def frame(society: Society) -> None:
    """Dress this request's public page in the society's brand and navigation."""
    wear(_chrome(society, current_person()))


def desk_frame(society: Society, person: Person) -> None:
    """Dress this request's page as one of the society's desk."""
    member = queries.member_of(person.id, society.id)
    admin = member is not None and includes(member.role, Role.ADMIN)
    wear(_chrome(society, person, _desk_nav(society, admin=admin)))


def _chrome(society: Society, person: Person | None, desk_nav: tuple[NavItem, ...] = ()) -> Chrome:
    return Chrome(
        brand_name=society.name,
        brand_url=url_for("lobby.society", slug=society.slug),
        support_email=society.contact_email,
        nav=_nav(society, person),
        desk_nav=desk_nav,
        person_name=person.name if person else None,
        sign_in_url=url_for("accounts.sign_in", next=request.path),
        sign_out_url=url_for("accounts.sign_out") if person else None,
        help_url=url_for("lobby.help"),
        brand_css_url=_style_url(society),
    )


def _style_url(society: Society) -> str:
    # The address carries the colour and the hash of our sheet, so that browsers may keep it for a year.
    sheet = asset("css/app.css").rsplit(".", 2)[1]
    return url_for("societies.brand_css", slug=society.slug, colour=society.brand_colour[1:], sheet=sheet)


def _nav(society: Society, person: Person | None) -> tuple[NavItem, ...]:
    items = [
        _item(_("Programme"), "lobby.programme", slug=society.slug),
        _item(_("My agenda"), "lobby.agenda"),
    ]
    if person and queries.holds(person, society.id, Role.ORGANISER):
        items.append(_item(_("Desk"), "desk.home", slug=society.slug))
    return tuple(items)


def _desk_nav(society: Society, *, admin: bool) -> tuple[NavItem, ...]:
    slug = society.slug
    items = [
        _item(_("This week"), "desk.home", slug=slug),
        _item(_("New session"), "sessions.draft", slug=slug),
        _item(_("New series"), "sessions.new_series", slug=slug),
        _item(_("Letters"), "desk.letters", slug=slug),
    ]
    if admin:
        items += [
            _item(_("Team"), "societies.team", slug=slug),
            _item(_("Brand"), "societies.profile", slug=slug),
        ]
    return tuple(items)


def _item(label: str, endpoint: str, **values: Any) -> NavItem:
    return NavItem(label, url_for(endpoint, **values), request.endpoint == endpoint)
