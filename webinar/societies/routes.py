"""The pages of founding a society, its team and its brand."""

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webinar.accounts import service as accounts
from webinar.accounts.guards import keep_login, signed_in, signed_in_person
from webinar.db.store import transaction
from webinar.refusal import Refusal
from webinar.societies import pages, queries, service
from webinar.societies.forms import FollowForm, FoundForm, InviteForm, ProfileForm
from webinar.societies.guards import admin_of, current_society, frame
from webinar.societies.models import Role
from webinar.societies.service import ColourTooPale, InvitationSpent, Profile
from webinar.web import languages
from webinar.web.form import Form
from webinar.web.headers import private_page, secret_page

bp = Blueprint("societies", __name__)


@bp.route("/new", methods=["GET", "POST"])
@signed_in
def found() -> ResponseReturnValue:
    """Two minutes, no card: create a society."""
    form = FoundForm(contact_email=signed_in_person().email, locale="en").offer_languages()
    nearest = None
    if form.validate_on_submit():
        try:
            with transaction():
                society = service.found(signed_in_person(), form.slug.data, _profile(form))
                slug = society.slug
            flash(_("Your society is ready. Next: the first session."), "ok")
            return redirect(url_for("sessions.draft", slug=slug), code=303)
        except Refusal as refusal:
            nearest = refusal.nearest if isinstance(refusal, ColourTooPale) else None
            form.refuse(refusal)
    private_page()
    status = 422 if form.is_submitted() else 200
    return render_template("societies/found.html", form=form, nearest=nearest), status


@bp.route("/<slug>/settings/brand", methods=["GET", "POST"])
@admin_of
def profile() -> ResponseReturnValue:
    """What the society says of itself."""
    society = current_society()
    form = ProfileForm(obj=society).offer_languages()
    nearest = None
    if form.validate_on_submit():
        try:
            with transaction():
                service.change_profile(current_society(), _profile(form), signed_in_person())
            flash(_("Saved."), "ok")
            return redirect(url_for("societies.profile", slug=society.slug), code=303)
        except Refusal as refusal:
            nearest = refusal.nearest if isinstance(refusal, ColourTooPale) else None
            form.refuse(refusal)
    return _settings_page(form, FollowForm(formdata=None), nearest)


def _settings_page(form: ProfileForm, follow: FollowForm, nearest: str | None = None) -> ResponseReturnValue:
    society = current_society()
    page = render_template(
        "societies/profile.html",
        form=form,
        follow=follow,
        followed=queries.followed(society.id),
        society=society,
        nearest=nearest,
    )
    return page, 422 if request.method == "POST" else 200


@bp.post("/<slug>/settings/follows")
@admin_of
def follow() -> ResponseReturnValue:
    """Follow another society, so that its public sessions count as clashes."""
    form = FollowForm()
    if form.validate_on_submit():
        try:
            with transaction():
                other = service.follow(current_society(), form.slug.data, signed_in_person())
                flash(_("You follow %(society)s now.", society=other.name), "ok")
                return redirect(url_for("societies.profile", slug=current_society().slug), code=303)
        except Refusal as refusal:
            form.refuse(refusal)
    return _settings_page(ProfileForm(formdata=None, obj=current_society()).offer_languages(), form)


@bp.post("/<slug>/settings/unfollow/<int:followed_id>")
@admin_of
def unfollow(followed_id: int) -> ResponseReturnValue:
    """Follow a society no longer."""
    with transaction():
        service.unfollow(current_society(), followed_id, signed_in_person())
    flash(_("You follow it no longer."), "ok")
    return redirect(url_for("societies.profile", slug=current_society().slug), code=303)


def _profile(form: ProfileForm) -> Profile:
    return Profile(
        name=form.name.data,
        zone_name=form.zone_name.data,
        locale=form.locale.data or languages.DEFAULT,
        brand_colour=form.brand_colour.data,
        contact_email=form.contact_email.data,
        about=form.about.data,
    )


@bp.get("/<slug>/team")
@admin_of
def team() -> ResponseReturnValue:
    """Who helps to run the society."""
    return _team_page(InviteForm())


def _team_page(form: InviteForm, status: int = 200) -> ResponseReturnValue:
    society = current_society()
    return render_template(
        "societies/team.html",
        form=form,
        society=society,
        members=pages.team_rows(queries.team(society.id)),
        invitations=pages.invitation_rows(queries.open_invitations(society.id)),
    ), status


@bp.post("/<slug>/team/invite")
@admin_of
def invite() -> ResponseReturnValue:
    """Invite an address to a role."""
    form = InviteForm()
    if form.validate_on_submit():
        try:
            with transaction():
                service.invite(
                    current_society(),
                    signed_in_person(),
                    email=form.email.data,
                    name=form.name.data,
                    role=Role(str(form.role.data)),
                )
            flash(_("Invitation to %(email)s is on its way.", email=form.email.data), "ok")
            return redirect(url_for("societies.team", slug=current_society().slug), code=303)
        except Refusal as refusal:
            form.refuse(refusal)
    return _team_page(form, 422)


@bp.post("/<slug>/team/<int:member_id>/role")
@admin_of
def change_role(member_id: int) -> ResponseReturnValue:
    """Give another role, or take it away."""
    wanted = request.form.get("role", "")
    role = Role(wanted) if wanted in set(Role) else None
    try:
        with transaction():
            service.change_role(current_society(), member_id, role, signed_in_person())
        flash(_("Changed."), "ok")
    except service.LastAdmin as refusal:
        flash(_(refusal.words, **refusal.values), "bad")
    return redirect(url_for("societies.team", slug=current_society().slug), code=303)


@bp.post("/<slug>/team/invitations/<int:invitation_id>/withdraw")
@admin_of
def withdraw(invitation_id: int) -> ResponseReturnValue:
    """Take an invitation back."""
    with transaction():
        service.withdraw_invitation(current_society(), invitation_id, signed_in_person())
    flash(_("The invitation is withdrawn; its link is dead."), "ok")
    return redirect(url_for("societies.team", slug=current_society().slug), code=303)


@bp.route("/invitations/<token>", methods=["GET", "POST"])
def accept(token: str) -> ResponseReturnValue:
    """The mailed invitation: one button, which also signs in, since the link proves the address."""
    secret_page()
    try:
        if request.method == "POST":
            with transaction():
                society, person = service.accept(token)
                login = accounts.begin_login(person, request.headers.get("User-Agent", ""))
                slug = society.slug
            return keep_login(redirect(url_for("lobby.society", slug=slug), code=303), login)
        invitation = service.open_invitation(token)
        frame(invitation.society)
        return render_template("societies/accept.html", form=Form(), token=token, invitation=invitation)
    except InvitationSpent as refusal:
        return render_template(
            "accounts/link_spent.html", sentence=_(refusal.words, **refusal.values)
        ), refusal.status


@bp.get("/brand/<slug>.css")
def brand_css(slug: str) -> Response:
    """The stylesheet in the society's colour; its address carries both, so it may be kept for a year."""
    response = make_response(pages.brand_css(queries.by_slug(slug)))
    response.mimetype = "text/css"
    response.cache_control.public = True
    response.cache_control.max_age = 365 * 24 * 3600 if "colour" in request.args else 300
    return response
