"""Settings in, Flask application out; the one place that knows every room."""

from urllib.parse import urlsplit

from flask import Blueprint, Flask, url_for
from flask_babel import gettext as _

from webinar import reactions
from webinar.accounts import models as accounts_models
from webinar.accounts import routes as accounts_routes
from webinar.accounts.guards import current_person
from webinar.attendance import models as attendance_models
from webinar.attendance import routes as attendance_routes
from webinar.audit import models as audit_models
from webinar.caldav import models as caldav_models
from webinar.caldav import routes as caldav_routes
from webinar.calendars import models as calendars_models
from webinar.calendars import routes as calendars_routes
from webinar.calendars.providers.dns import records_for
from webinar.certificates import models as certificates_models
from webinar.certificates import routes as certificates_routes
from webinar.config import Settings
from webinar.config import settings as current_settings
from webinar.credits import models as credits_models
from webinar.credits import routes as credits_routes
from webinar.db.store import db
from webinar.demo import routes as demo_routes
from webinar.desk import routes as desk_routes
from webinar.exports import routes as exports_routes
from webinar.files.storage import FolderStorage
from webinar.lobby import routes as lobby_routes
from webinar.mail.carriers import carrier_for
from webinar.materials import models as materials_models
from webinar.materials import routes as materials_routes
from webinar.meetings import models as meetings_models
from webinar.meetings import queries as meetings_queries
from webinar.meetings import routes as meetings_routes
from webinar.outbox import models as outbox_models
from webinar.outbox.service import AT_ONCE
from webinar.registration import models as registration_models
from webinar.registration import routes as registration_routes
from webinar.reminders import models as reminders_models
from webinar.scheduling import routes as scheduling_routes
from webinar.scheduling.models import poll as poll_models
from webinar.scheduling.models import season as season_models
from webinar.sessions import models as sessions_models
from webinar.sessions import routes as sessions_routes
from webinar.societies import models as societies_models
from webinar.societies import routes as societies_routes
from webinar.subscriptions import feeds as subscriptions_feeds
from webinar.subscriptions import models as subscriptions_models
from webinar.subscriptions.door import hang_door
from webinar.timekeeping import clock
from webinar.web.chrome import Chrome, NavItem, wear
from webinar.web.ground import lay_ground
from webinar.web.preferences import preferences, viewing_of
from webinar.web.viewing import see_as

MODELS = (
    outbox_models,
    audit_models,
    accounts_models,
    societies_models,
    sessions_models,
    poll_models,
    season_models,
    materials_models,
    meetings_models,
    registration_models,
    calendars_models,
    subscriptions_models,
    caldav_models,
    reminders_models,
    attendance_models,
    credits_models,
    certificates_models,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    accounts_routes.bp,
    societies_routes.bp,
    sessions_routes.bp,
    scheduling_routes.bp,
    meetings_routes.bp,
    registration_routes.bp,
    calendars_routes.bp,
    subscriptions_feeds.bp,
    caldav_routes.bp,
    attendance_routes.bp,
    credits_routes.bp,
    certificates_routes.bp,
    exports_routes.bp,
    materials_routes.bp,
    lobby_routes.bp,
    desk_routes.bp,
    demo_routes.bp,
)
"""The doors of all rooms, in the order of the story."""


def create_app(settings: Settings | None = None) -> Flask:
    """The application under `settings`, or under those of the environment."""
    settings = settings or Settings()
    app = Flask("webinar", static_folder=None)
    _configure(app, settings)
    db.init_app(app)
    hang_door(app, settings)
    lay_ground(app, settings)
    app.before_request(_dress)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    settings.data.mkdir(parents=True, exist_ok=True)
    clock.follow(settings.clock_offset_file)
    app.config.update(
        SERVER_NAME=urlsplit(settings.base_url).netloc,
        PREFERRED_URL_SCHEME=urlsplit(settings.base_url).scheme,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS={"pool_pre_ping": True},
    )
    app.extensions["webinar.storage"] = FolderStorage(settings.data / "files")
    app.extensions["webinar.carrier"] = carrier_for(settings)
    app.extensions[AT_ONCE] = reactions.AT_ONCE
    app.extensions["webinar.records"] = records_for(settings)
    app.extensions["webinar.backstage"] = meetings_queries.address_of


def _dress() -> None:
    """See this request as its visitor does, in our own frame until a society's page changes it."""
    person = current_person()
    see_as(
        viewing_of(
            preferences(),
            now=clock.now(),
            account_zone=person.zone_name if person else None,
            account_locale=person.locale if person else None,
        )
    )
    wear(
        Chrome(
            brand_name="webinar",
            brand_url="/",
            support_email=current_settings().support_email,
            nav=(NavItem(_("My agenda"), url_for("lobby.agenda")),),
            person_name=person.name if person else None,
            sign_in_url=url_for("accounts.sign_in"),
            sign_out_url=url_for("accounts.sign_out") if person else None,
        )
    )
