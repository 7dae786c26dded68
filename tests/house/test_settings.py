"""`.env.example` lists each setting once, with its meaning and its default, and can be read as it stands."""

import re

import pytest
from dotenv import dotenv_values

from tests.house.tree import ROOT
from webinar.config import Settings

EXAMPLE = ROOT / ".env.example"
ENTRY = re.compile(r"^# (?P<meaning>.+)\n#?\s?WEBINAR_(?P<name>[A-Z_]+)=(?P<value>.*)$", re.MULTILINE)


def listed() -> dict[str, tuple[str, str]]:
    """Setting → meaning and value as the example tells them."""
    found = ENTRY.finditer(EXAMPLE.read_text())
    return {entry["name"].lower(): (entry["meaning"], entry["value"]) for entry in found}


def test_it_lists_exactly_the_settings_in_their_order():
    assert list(listed()) == list(Settings.model_fields)


@pytest.mark.parametrize("name", Settings.model_fields)
def test_it_tells_the_meaning_and_the_default(name):
    field = Settings.model_fields[name]
    default = "" if field.default is None else str(field.default)
    assert listed()[name] == (field.description, default)


def test_a_copy_of_it_with_a_key_and_an_address_is_enough(tmp_path, monkeypatch):
    for name in Settings.model_fields:
        monkeypatch.delenv(f"WEBINAR_{name.upper()}", raising=False)
    filled = EXAMPLE.read_text()
    filled = re.sub(r"(?m)^WEBINAR_SECRET_KEY=$", f"WEBINAR_SECRET_KEY={'k' * 40}", filled)
    filled = re.sub(r"(?m)^WEBINAR_BASE_URL=.*$", "WEBINAR_BASE_URL=https://talks.example.org", filled)
    (tmp_path / ".env").write_text(filled)
    assert Settings(_env_file=tmp_path / ".env").base_url == "https://talks.example.org"


def test_every_line_of_it_is_a_setting_or_a_remark():
    assert {f"webinar_{name}" for name in listed()} >= {name.lower() for name in dotenv_values(EXAMPLE)}
