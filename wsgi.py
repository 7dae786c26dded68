"""The application for a WSGI server: `granian --interface wsgi wsgi:app`."""

from webinar.app import create_app
from webinar.config import Settings

app = create_app(Settings())
