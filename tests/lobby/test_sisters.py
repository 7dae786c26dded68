"""An empty programme shows what followed societies have planned; a full one, a filter, a draft do not."""

import pytest

from tests.factories.accounts import olga, sam
from tests.factories.registration import call_off
from tests.factories.sessions import draft, session
from tests.factories.societies import society
from webinar.db.store import store
from webinar.societies import service

SISTERS = "Meanwhile, from societies close to us"


@pytest.fixture
def sister(app):
    return society("sister", name="Sister Society")


@pytest.fixture
def ens(sister):
    made = society()
    service.follow(made, "sister", sam())
    store.commit()
    return made


def titles(found) -> list[str]:
    return [a.get_text() for a in found.soup.select("section[aria-labelledby=sisters] ul a")]


@pytest.mark.parametrize("path", ["/ens", "/ens/programme"])
def test_an_empty_programme_shows_the_public_sessions_of_followed_societies(page, ens, sister, path):
    assert SISTERS not in page.get(path).text
    session(sister, title="Moyamoya")
    draft(sister, title="Still secret")
    call_off(session(sister, title="Called off"))
    found = page.get(path)
    assert (SISTERS in found.text, titles(found)) == (True, ["Moyamoya"])
    assert "Sister Society" in found.text
    session(ens, title="Our own")
    assert SISTERS not in page.get(path).text


def test_a_filter_that_fits_nothing_shows_nobody_elses_sessions(page, ens, sister):
    session(sister, title="Moyamoya", topic="Vascular")
    assert SISTERS not in page.get("/ens/programme?credit=1").text


def test_who_is_followed_shows_nothing_of_the_follower(page, ens, sister):
    session(ens, title="Our own")
    assert "Our own" not in page.get("/sister").text
    service.unfollow(ens, sister.id, olga())
    store.commit()
