"""Fixtures of the ground floor: the tiny app and a visitor without cookies."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.tiny_app import make_app


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return make_app(tmp_path)


@pytest.fixture
def visitor(app: Flask) -> FlaskClient:
    return app.test_client()
