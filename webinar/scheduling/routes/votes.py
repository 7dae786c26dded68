"""The voter's page: no account, one link, the times in the voter's own zone."""

from dataclasses import replace
from datetime import datetime, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webinar.accounts import service as accounts
from webinar.accounts.rules import TokenKind, is_kind
from webinar.db.store import transaction
from webinar.refusal import Invalid, Missing, Refusal
from webinar.scheduling.forms.vote import OpenVoteForm, VoteForm, vote_form
from webinar.scheduling.models.poll import Poll, PollVoter
from webinar.scheduling.pages.vote import choices_of, options_in_words, vote_page
from webinar.scheduling.queries import polls as queries
from webinar.scheduling.routes.blueprint import bp
from webinar.scheduling.service import votes
from webinar.scheduling.service.votes import Vote
from webinar.sessions import queries as sessions
from webinar.societies.guards import frame
from webinar.timekeeping import clock
from webinar.timekeeping.checks import OutOfYears
from webinar.timekeeping.wall import instant_of, local_of
from webinar.translatable import N_
from webinar.web.chrome import current_chrome, wear
from webinar.web.headers import secret_page
from webinar.web.preferences import known_zone, preferences, viewing_of
from webinar.web.viewing import current_viewing, see_as

DEAD_LINK = N_(
    "This link leads to no poll: its address is not complete, or the poll is no more. Please open the "
    "newest mail about it, or write to the person who asked you."
)
PER_NETWORK = 500
"""Answers through open links within the hour; a whole conference may sit behind one address."""


@bp.route("/p/<token>", methods=["GET", "POST"])
def answer(token: str) -> ResponseReturnValue:
    """See the times, and say what suits."""
    secret_page()
    poll, voter = _entered(token)
    form = vote_form(OpenVoteForm if voter is None else VoteForm, options_in_words(poll))
    status = 200
    if form.is_submitted():
        status = 422
        try:
            if form.validate():
                return _kept(token, form)
        except Missing:
            raise
        except Refusal as refusal:
            form.refuse(refusal)
            status = refusal.status
        poll, voter = _entered(token)
    elif voter is not None:
        form.fill(choices_of(voter), voter.suggestion, _suggested_local(voter))
    page = vote_page(poll, voter, clock.now())
    return render_template("scheduling/vote.html", page=page, form=form, action=_address(token)), status


def _entered(token: str) -> tuple[Poll, PollVoter | None]:
    """The poll behind a link, and its voter unless the link is everybody's; seen in the voter's zone."""
    try:
        voter = None if is_kind(token, TokenKind.OPEN_POLL) else queries.voter_by_token(token)
        poll = voter.poll if voter else queries.poll_by_token(token)
    except Missing:
        raise Missing(DEAD_LINK) from None
    frame(sessions.session_of_id(poll.session_id).society)
    # The way to sign in would carry this page's secret address along.
    wear(replace(current_chrome(), sign_in_url=None))
    known = queries.zone_of(voter) if voter else None
    chosen = preferences()
    # What the address asks for now wins over what was answered in before; so the zone can be changed here.
    asked = known_zone(request.args.get("tz"))
    locale = (voter.locale or (voter.person.locale if voter.person else None)) if voter else None
    see_as(
        viewing_of(
            replace(chosen, zone_name=asked or known or chosen.zone_name),
            now=clock.now(),
            account_locale=locale,
        )
    )
    return poll, voter


def _kept(token: str, form: VoteForm) -> ResponseReturnValue:
    with transaction():
        poll, voter = _entered(token)
        said = _said(form, poll)
        if voter is not None:
            votes.vote(voter, said)
            flash(_("Thank you, your answers are kept. You can change them until the deadline."), "ok")
        else:
            accounts.knock(
                "poll-open", request.remote_addr or "", most=PER_NETWORK, within=timedelta(hours=1)
            )
            votes.vote_openly(poll, form["name"].data, form["email"].data, said)
            flash(
                _(
                    "Thank you. We mail a link to the address you gave; with it answers can be changed. If "
                    "this address was asked or has answered before, those answers stay until that link "
                    "changes them."
                ),
                "ok",
            )
    return redirect(_address(token), code=303)


def _said(form: VoteForm, poll: Poll) -> Vote:
    viewing = current_viewing()
    suggested_at = None
    if form.suggest_local.data:
        try:
            suggested_at = instant_of(form.suggest_local.data, viewing.zone_name or poll.zone_name)
        except OutOfYears as absurd:
            raise Invalid(absurd.sentence, "suggest_local") from absurd
    return Vote(
        choices=form.choices,
        suggestion=form.suggestion.data,
        suggested_at=suggested_at,
        zone_name=viewing.zone_name,
        locale=viewing.locale,
    )


def _suggested_local(voter: PollVoter) -> datetime | None:
    if voter.suggested_at is None:
        return None
    return local_of(voter.suggested_at, current_viewing().zone_name or voter.poll.zone_name)


def _address(token: str) -> str:
    """This page in the zone that it shows: a chosen zone goes along with what is sent."""
    asked = known_zone(request.args.get("tz"))
    return url_for("scheduling.answer", token=token, tz=asked)
