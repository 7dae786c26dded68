"""The pages of signing in and out, and of one's own choices."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webinar.accounts import service
from webinar.accounts.forms import ChoicesForm, SignInForm
from webinar.accounts.guards import cookie_name, keep_login, signed_in, signed_in_person
from webinar.accounts.service import LinkSpent
from webinar.db.store import transaction
from webinar.refusal import Refusal
from webinar.web import languages
from webinar.web.form import Form
from webinar.web.headers import private_page, secret_page
from webinar.web.safe_next import safe_next
from webinar.web.viewing import current_viewing

bp = Blueprint("accounts", __name__)


@bp.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Ask for an address; known and unknown ones get the same answer."""
    form = SignInForm(next=safe_next(request.args.get("next"), "/"))
    if form.validate_on_submit():
        try:
            with transaction():
                service.ask_to_sign_in(
                    form.email.data, next_path=safe_next(form.next.data, "/"), locale=current_viewing().locale
                )
            return redirect(url_for("accounts.sent"), code=303)
        except Refusal as refusal:
            form.refuse(refusal)
    private_page()
    return render_template("accounts/sign_in.html", form=form), 422 if form.is_submitted() else 200


@bp.get("/sign-in/sent")
def sent() -> ResponseReturnValue:
    """Say where to look for the link."""
    private_page()
    return render_template("accounts/sent.html")


@bp.route("/sign-in/<token>", methods=["GET", "POST"])
def open_link(token: str) -> ResponseReturnValue:
    """The mailed link: a page with one button, since mail scanners open links too (S11)."""
    secret_page()
    try:
        if request.method == "POST":
            with transaction():
                signed = service.sign_in(token, device=request.headers.get("User-Agent", ""))
            return keep_login(redirect(safe_next(signed.next_path, "/"), code=303), signed.token)
        link = service.open_link(token)
        return render_template("accounts/open_link.html", form=Form(), token=token, email=link.email)
    except LinkSpent as refusal:
        return render_template(
            "accounts/link_spent.html", sentence=_(refusal.words, **refusal.values)
        ), refusal.status


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End this browser's login."""
    with transaction():
        service.sign_out(request.cookies.get(cookie_name(), ""))
    response = make_response(redirect("/", code=303))
    response.delete_cookie(cookie_name())
    return response


@bp.route("/me/settings", methods=["GET", "POST"])
@signed_in
def choices() -> ResponseReturnValue:
    """One's own name, zone and language."""
    person = signed_in_person()
    known = {"name": person.name, "zone_name": person.zone_name}
    form = ChoicesForm(locale=person.locale or current_viewing().locale, **known).offer_languages()
    if form.validate_on_submit():
        with transaction():
            service.choose(
                signed_in_person(),
                form.name.data,
                form.zone_name.data or None,
                form.locale.data or languages.DEFAULT,
            )
        flash(_("Saved. Times, pages and mails follow your choice from now on."), "ok")
        return redirect(url_for("accounts.choices"), code=303)
    private_page()
    return render_template("accounts/choices.html", form=form), 422 if form.is_submitted() else 200
