"""Settings in, Flask application out; the one place that knows every room."""

from flask import Blueprint, Flask
from jinja2 import StrictUndefined

from webinar.accounts import models as accounts_models
from webinar.attendance import models as attendance_models
from webinar.audit import models as audit_models
from webinar.calendars import models as calendars_models
from webinar.certificates import models as certificates_models
from webinar.config import Settings
from webinar.credits import models as credits_models
from webinar.db.store import db
from webinar.files.storage import FolderStorage
from webinar.mail.carriers import carrier_for
from webinar.materials import models as materials_models
from webinar.meetings import models as meetings_models
from webinar.outbox import models as outbox_models
from webinar.registration import models as registration_models
from webinar.reminders import models as reminders_models
from webinar.sessions import models as sessions_models
from webinar.societies import models as societies_models
from webinar.timekeeping import clock

MODELS = (
    outbox_models,
    audit_models,
    accounts_models,
    societies_models,
    sessions_models,
    materials_models,
    meetings_models,
    registration_models,
    calendars_models,
    reminders_models,
    attendance_models,
    credits_models,
    certificates_models,
)

BLUEPRINTS: tuple[Blueprint, ...] = ()


def create_app(settings: Settings | None = None) -> Flask:
    """The application under `settings`, or under those of the environment."""
    settings = settings or Settings()
    app = Flask("webinar")
    _configure(app, settings)
    db.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    settings.data.mkdir(parents=True, exist_ok=True)
    clock.follow(settings.clock_offset_file)
    app.jinja_env.undefined = StrictUndefined
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS={"pool_pre_ping": True},
        MAX_CONTENT_LENGTH=settings.upload_max_bytes + (1 << 20),
        MAX_FORM_MEMORY_SIZE=1 << 20,
        PREFERRED_URL_SCHEME=settings.base_url.partition(":")[0],
    )
    app.extensions["webinar.settings"] = settings
    app.extensions["webinar.storage"] = FolderStorage(settings.data / "files")
    app.extensions["webinar.carrier"] = carrier_for(settings)
