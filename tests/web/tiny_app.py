"""A tiny app on the ground floor: pages with every component, and views that fail in every way."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask, abort, render_template, request
from jinja2 import ChoiceLoader, FileSystemLoader

import webinar
from webinar.config import Settings
from webinar.refusal import Invalid, Missing, Refusal
from webinar.web.bodies import large_body
from webinar.web.chrome import Chrome, NavItem, wear
from webinar.web.fields.choice import ChoiceField, ChoicesField, RadioChoiceField, TickField
from webinar.web.fields.country import CountryField
from webinar.web.fields.email import EmailField
from webinar.web.fields.minutes import MinutesField
from webinar.web.fields.text import LineField, ProseField
from webinar.web.fields.upload import UploadField
from webinar.web.fields.wall_time import WallTimeField
from webinar.web.fields.zone import ZoneField
from webinar.web.form import Form
from webinar.web.ground import lay_ground
from webinar.web.headers import private_page, secret_page
from webinar.web.moments import shown
from webinar.web.preferences import preferences, viewing_of
from webinar.web.public_form import PublicForm
from webinar.web.viewing import see_as

HERE = Path(__file__).parent
NOW = datetime(2026, 10, 8, 8, 17, tzinfo=UTC)
START_AT = datetime(2026, 10, 14, 13, 0, tzinfo=UTC)
LATE_AT = datetime(2026, 10, 14, 17, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
KB = 1_000


class RegisterForm(PublicForm):
    name = LineField("Name as it should appear on your certificate", autocomplete="name")
    email = EmailField("Email")
    country = CountryField("Country")


class DeskForm(Form):
    title = LineField("Title", max_length=40)
    start = WallTimeField("Start")
    zone = ZoneField("Time zone", hint="Wall time and zone are what we promise.")
    minutes = MinutesField("Length in minutes", least=5, most=600)
    abstract = ProseField("Abstract", required=False, max_length=500)
    kind = ChoiceField(
        "Kind", choices={"Live": [("webinar", "Webinar")], "Reading": [("journal_club", "Journal club")]}
    )
    language = RadioChoiceField("Language", choices=[("en", "English"), ("ar", "العربية")])
    topics = ChoicesField("Topics", choices=[("v", "Vascular"), ("s", "Spine")], required=False)
    consent = TickField("The speakers agreed to a recording", required=True)
    slides = UploadField(
        "Slides", max_bytes=300 * KB, accept=".pdf", required=False, hint="PDF, at most 300 KB."
    )


def make_app(folder: Path, **changes: Any) -> Flask:
    values: dict[str, Any] = {
        "mode": "test",
        "base_url": "http://localhost",
        "data": folder,
        "secret_key": "s" * 40,
    }
    settings = Settings(_env_file=None, **{**values, **changes})
    app = Flask("tiny", static_folder=None, template_folder=str(Path(webinar.__file__).parent / "templates"))
    app.jinja_loader = ChoiceLoader([app.jinja_loader, FileSystemLoader(HERE / "templates")])
    lay_ground(app, settings)
    _views(app)
    _failing_views(app)
    return app


def _views(app: Flask) -> None:
    @app.before_request
    def greet() -> None:
        see_as(viewing_of(preferences(), now=NOW))
        nav = (NavItem("Programme", "/p", True), NavItem("Journal club", "/jc"), NavItem("My agenda", "/me"))
        desk_nav = (NavItem("Home", "/d", True), NavItem("People", "/d/p"), NavItem("Mails", "/d/m"))
        wear(
            Chrome(
                "Example Neurosurgical Society",
                "/ens",
                "events@example.org",
                nav,
                desk_nav,
                "Olga Example",
                None,
                "/out",
            )
        )

    @app.route("/everything", methods=["GET", "POST"])
    def everything() -> Any:
        form, desk = RegisterForm(), DeskForm()
        if request.method == "POST":
            form.validate(), desk.validate()
        seen, late = (shown(at, at + HOUR, "Europe/Berlin") for at in (START_AT, LATE_AT))
        return render_template("everything.html", form=form, desk=desk, seen=seen, late=late)

    @app.route("/public", methods=["GET", "POST"])
    def public() -> Any:
        form = RegisterForm()
        if form.validate_on_submit():
            return {"email": form.email.data, "name": form.name.data, "country": form.country.data}
        page = render_template(
            "public.html", form=form, seen=shown(START_AT, START_AT + HOUR, "Europe/Berlin")
        )
        return page, 422 if request.method == "POST" else 200


def _failing_views(app: Flask) -> None:
    @app.get("/refused")
    @app.get("/api/v1/refused")
    def refused() -> str:
        raise Refusal("This session is full. <b>Join</b> the waiting list.")

    @app.get("/api/v1/invalid")
    def invalid() -> str:
        raise Invalid("The end lies before the start.", field="end")

    @app.get("/missing")
    def missing() -> str:
        raise Missing()

    @app.get("/broken")
    def broken() -> str:
        raise ZeroDivisionError("secret detail")

    @app.get("/fast")
    def fast() -> str:
        abort(429)

    @app.get("/mine")
    def mine() -> str:
        private_page()
        return "mine"

    @app.get("/t/secret")
    def ticket() -> str:
        secret_page()
        return "ticket"

    @app.post("/upload")
    @large_body(lambda settings: settings.upload_max_bytes)
    def upload() -> str:
        return str(len(request.files["slides"].read()))
