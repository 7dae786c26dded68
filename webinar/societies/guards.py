"""The doors of a society: views that only its organisers or admins reach; to others they are not there."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webinar.accounts.guards import current_person
from webinar.societies import queries
from webinar.societies.models import Role, Society

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
        return view(**kwargs)

    guarded.guarded_by = role.value  # type: ignore[attr-defined]
    return guarded
