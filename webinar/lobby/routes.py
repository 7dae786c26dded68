"""The public pages: programme, session, ticket, agenda, help; they only read."""

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webinar.accounts.guards import current_person, signed_in, signed_in_person
from webinar.calendars.models import FeedKind
from webinar.calendars.pages.session import file_path
from webinar.calendars.queries.feeds import live_key
from webinar.lobby import queries
from webinar.lobby.pages import agenda as mine
from webinar.lobby.pages import paths
from webinar.lobby.pages import programme as days
from webinar.lobby.pages.card import card_text, own_ways_in
from webinar.lobby.pages.hours import hour_to_show
from webinar.lobby.pages.row import rows
from webinar.lobby.pages.session import Known, session_page
from webinar.lobby.pages.sisters import sisters
from webinar.lobby.pages.ticket import Beside, ticket_page
from webinar.lobby.pages.zones import zone_search
from webinar.lobby.queries import Wanted
from webinar.materials.queries import decks_shown
from webinar.meetings.queries import room_of
from webinar.registration.forms import register_form
from webinar.registration.guards import known_already, seat_here, this_device, ticket_holder
from webinar.registration.models import Seat
from webinar.registration.pages import better_hour, date_choices, hour_choices, register_page
from webinar.registration.queries.seats import held, position
from webinar.registration.queries.series import family_ids, open_dates
from webinar.registration.rules import has_room
from webinar.sessions.models import Session
from webinar.sessions.queries import series_by_slug
from webinar.societies.guards import frame, public_society
from webinar.societies.models import Role
from webinar.societies.queries import all_societies, memberships
from webinar.societies.rules import includes
from webinar.timekeeping import clock
from webinar.web.addresses import absolute
from webinar.web.headers import private_page
from webinar.web.moments import shown
from webinar.web.preferences import preferences, viewing_of
from webinar.web.viewing import see_as

bp = Blueprint("lobby", __name__)

SHORT_LIST = 5


@bp.get("/")
def home() -> ResponseReturnValue:
    """Societies, coming sessions, and the way to open one's own."""
    now = clock.now()
    coming = queries.coming(Wanted(), now, limit=10)
    listed = rows(coming, "Etc/UTC", now, with_society=True)
    return _page("lobby/home.html", societies=all_societies(), agenda=days.agenda(listed, "Etc/UTC", now))


@bp.get("/help/zones")
def zones() -> ResponseReturnValue:
    """Search for a city; where one zone is meant, straight back to the page one came from, in its time."""
    search = zone_search(request.args.get("q", ""), request.args.get("next"), clock.now())
    return redirect(search.sure_url, 303) if search.sure_url else _page("lobby/zones.html", search=search)


@bp.get("/help")
def help() -> ResponseReturnValue:
    """Joining, certificates, privacy, in words."""
    return _page("lobby/help.html")


@bp.get("/<slug>")
def society(slug: str) -> ResponseReturnValue:
    """One society: who it is, what comes next."""
    found, now = public_society(slug), clock.now()
    wanted = Wanted(found.id)
    coming = rows(queries.coming(wanted, now, limit=SHORT_LIST), found.zone_name, now)
    return _page(
        "lobby/society.html",
        society=found,
        agenda=days.agenda(coming, found.zone_name, now),
        sisters=None if coming else sisters(found, now),
        held=rows(queries.past(wanted, now, limit=SHORT_LIST), found.zone_name, now),
        series=queries.series_of(found.id),
        calendar=paths.society_calendar(slug),
    )


@bp.get("/<slug>/programme")
def programme(slug: str) -> ResponseReturnValue:
    """All coming sessions by the viewer's day, and those that were held."""
    found, now = public_society(slug), clock.now()
    chosen = days.asked(request.args, Wanted(found.id), queries.choices(found.id))
    number = days.page_number(request.args)
    done = queries.past(chosen.wanted, now, offset=(number - 1) * days.PAST_PAGE, limit=days.PAST_PAGE)
    coming = rows(queries.coming(chosen.wanted, now), found.zone_name, now)
    return _page(
        "lobby/programme.html",
        society=found,
        filter=chosen,
        agenda=days.agenda(coming, found.zone_name, now),
        sisters=None if coming or chosen.active else sisters(found, now),
        held=days.past_page(rows(done, found.zone_name, now), number, queries.count_past(chosen.wanted, now)),
        calendar=paths.society_calendar(slug),
    )


@bp.get("/<slug>/series/<series>")
def series(slug: str, series: str) -> ResponseReturnValue:
    """One series: its sessions to come and those held."""
    found, now = public_society(slug), clock.now()
    one = series_by_slug(found.id, series)
    wanted = Wanted(found.id, family_ids(one.id))
    dates = open_dates(wanted.series_ids, now)
    coming = rows(queries.coming(wanted, now), one.zone_name, now)
    return _page(
        "lobby/series.html",
        society=found,
        series=one,
        agenda=days.agenda(coming, one.zone_name, now),
        held=rows(queries.past(wanted, now, limit=queries.MOST_ROWS), one.zone_name, now),
        calendar=paths.series_calendar(slug, series),
        dates=len(dates),
        first=min(dates, key=lambda each: each.starts_at, default=None),
    )


@bp.get("/s/<session>")
def session(session: str) -> ResponseReturnValue:
    """One session: when, what, who, and the one thing to do; of two live hours, about one."""
    private_page()
    found, device = queries.session_page(session), this_device()
    if found.twin_of_id:
        return redirect(url_for("lobby.session", session=found.lead.slug, hour=found.hour), code=302)
    frame(found.society)
    asked, mine = request.args.get("hour", ""), seat_here(found, device)
    hour = hour_to_show(found, asked, mine, clock.now())
    page = session_page(hour, _known(hour), clock.now())
    better, known = str(better_hour(found, asked).hour), known_already(device)
    return render_template(
        "lobby/session.html",
        session=page,
        society=found.society,
        ics=file_path(hour),
        form=register_form(found.questions, hour_choices(found), better, date_choices(found), **known),
        register=register_page(found, prefilled_name="" if current_person() else device.name, mine=mine),
    )


@bp.get("/s/<session>/card.txt")
def card(session: str) -> ResponseReturnValue:
    """The session as 1 KB of text."""
    found = queries.session_page(session)
    ways_in = (
        _("Register: %(address)s", address=absolute("lobby.session", session=found.lead.slug)),
        _("Join: by the personal link that you get then"),
    )
    return _text_card(found, ways_in)


@bp.get("/t/<token>")
@ticket_holder
def ticket(seat: Seat) -> ResponseReturnValue:
    """One person's place at one session; the address is the key."""
    _see_as_holder(seat)
    beside = Beside(
        known=_known(seat.session),
        position=position(seat),
        room=room_of(seat.session_id),
        award=queries.awards_of([seat.id]).get(seat.id),
        certificate=queries.certificates_of([seat.id]).get(seat.id),
    )
    page = ticket_page(seat, beside, clock.now())
    return render_template("lobby/ticket.html", ticket=page, session=page.session)


@bp.get("/t/<token>/card.txt")
@ticket_holder
def ticket_card(seat: Seat) -> ResponseReturnValue:
    """The session as 1 KB of text, with the personal join link and the phone numbers."""
    _see_as_holder(seat)
    return _text_card(seat.session, own_ways_in(seat, room_of(seat.session_id)))


@bp.get("/me")
@signed_in
def agenda() -> ResponseReturnValue:
    """What comes next for the signed-in person, what waits for them, what was."""
    private_page()
    person, now = signed_in_person(), clock.now()
    seats = queries.seats_of(person.id)
    ids = [seat.id for seat in seats]
    proofs = mine.Proofs(queries.awards_of(ids), queries.certificates_of(ids))
    talks = queries.talks_of(person.id, now)
    sessions = queries.sessions_of({talk.session_id for talk in talks})
    coming, done = mine.agenda_page(seats, proofs, now)
    roles = memberships(person.id)
    organises = any(includes(member.role, Role.ORGANISER) for member in roles)
    page = mine.Agenda(
        coming=coming,
        to_do=mine.to_do(seats, talks, sessions, now),
        past=done,
        summary=mine.summary(done, proofs.awards),
        feed=mine.feed(live_key(person.id)),
        organiser_feed=mine.feed(live_key(person.id, FeedKind.ORGANISER)) if organises else None,
    )
    return render_template("lobby/agenda.html", agenda=page, memberships=roles)


def _see_as_holder(seat: Seat) -> None:
    """Show the rest in the holder's own zone and language (R3: that of the link comes first)."""
    see_as(
        viewing_of(
            preferences(),
            now=clock.now(),
            link_zone=seat.zone_name,
            account_zone=seat.person.zone_name,
            account_locale=seat.locale,
        )
    )
    frame(seat.session.society)


def _known(session: Session) -> Known:
    room, series_id = room_of(session.id), session.lead.series_id
    return Known(
        full=not has_room(session.capacity, held(session.id)),
        decks=decks_shown(session.lead, clock.now()),
        series_length=queries.series_lengths([series_id]).get(series_id, 0) if series_id else 0,
        has_phone=bool(room and room.dial_in),
    )


def _text_card(session: Session, ways_in: tuple[str, ...]) -> Response:
    seen = shown(session.starts_at, session.ends_at, session.zone_name)
    response = make_response(card_text(session, seen, ways_in=ways_in))
    response.mimetype = "text/plain"
    response.headers["Content-Disposition"] = f'attachment; filename="{session.slug}.txt"'
    return response


def _page(template: str, **values: Any) -> Response:
    """A page that is the same until something changes: a browser that has it is told so (304)."""
    response = make_response(render_template(template, **values))
    response.add_etag()
    response.make_conditional(request)
    return response
