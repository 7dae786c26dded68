"""Founding a society and building its team, as people do it; what others must not see."""

import re
from email import message_from_bytes, policy

import pytest

from tests.factories.accounts import ada, olga, sam
from tests.factories.societies import ens_with_olga, member, society
from webinar.societies import queries
from webinar.societies.models import Role
from webinar.web.assets import style_sheet


def found(page, **typed):
    form = {
        "name": "Example Neurosurgical Society",
        "slug": "ens",
        "zone_name": "Asia/Kathmandu",
        "brand_colour": "#0B5563",
    } | typed
    return page.get("/new").submit("/new", **form)


def test_an_organiser_founds_a_society(page):
    page.sign_in(sam())
    found(page)
    made = queries.by_slug("ens")
    assert (made.name, made.zone_name, made.brand_colour) == (
        "Example Neurosurgical Society",
        "Asia/Kathmandu",
        "#0B5563",
    )
    assert queries.holds(sam(), made.id, Role.ADMIN)


def test_strangers_are_asked_to_sign_in_first(page):
    assert page.get("/new").heading == "Sign in"


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("slug", "a b!", "Use 2 to 30 lower-case letters"),
        ("slug", "me", "This short name is needed for one of our own pages"),
        ("name", "", "Please"),
        ("name", "x" * 121, "120"),
        ("zone_name", "Mars/Olympus", "time zone"),
        ("brand_colour", "#FFEE88", "The nearest shade that can is"),
        ("brand_colour", "teal", "Write the colour as #"),
        ("contact_email", "nobody", "address"),
    ],
)
def test_bad_input_gets_a_sentence_and_stays_in_the_form(page, field, typed, sentence):
    page.sign_in(sam())
    answer = found(page, **{field: typed})
    assert answer.status == 422
    assert sentence in " ".join(answer.errors), answer.errors
    assert answer.fields(answer.form("/new"))[field] == typed


def test_a_taken_short_name_is_refused_with_three_free_ones(page):
    society("ens")
    page.sign_in(olga())
    answer = found(page)
    assert answer.errors == ["“ens” is taken. Free are: ens-society, ens-net, ens-global."]


def test_a_co_organiser_is_invited_and_joins_by_one_press(page, carrier, work):
    page.sign_in(sam())
    found(page)
    page.get("/ens/team").submit("/invite", email="olga@ens.example", name="Olga Organiser", role="organiser")
    work()
    recipient, raw = carrier.sent[-1]
    message = message_from_bytes(raw, policy=policy.default)
    assert recipient == "olga@ens.example"
    assert message["Subject"] == "Sam Society asks you to help run Example Neurosurgical Society"
    path = re.search(r"http://webinar\.test(\S+)", message.get_body(("plain",)).get_content())[1]
    page.sign_out()
    page.get(path).submit()
    assert queries.holds(olga(), queries.by_slug("ens").id, Role.ORGANISER)
    assert page.get(path, status=409).heading == "This link is spent"


def test_a_withdrawn_invitation_opens_nothing(page, carrier, work):
    page.sign_in(sam())
    found(page)
    page.get("/ens/team").submit("/invite", email="olga@ens.example", name="Olga", role="organiser")
    work()
    text = message_from_bytes(carrier.sent[-1][1], policy=policy.default).get_body(("plain",)).get_content()
    path = re.search(r"http://webinar\.test(\S+)", text)[1]
    page.get("/ens/team").submit("/withdraw")
    assert page.get(path, status=409).heading == "This link is spent"


def test_the_last_admin_stays(page):
    page.sign_in(sam())
    found(page)
    answer = page.get("/ens/team").submit("/role", role="")
    assert "This is the last admin" in answer.text
    assert queries.holds(sam(), queries.by_slug("ens").id, Role.ADMIN)


def test_the_team_page_is_not_there_for_organisers_nor_for_strangers(page):
    ens_with_olga()
    page.sign_in(olga())
    page.get("/ens/team", status=404)
    page.sign_in(ada())
    page.get("/ens/team", status=404)


def test_a_role_in_one_society_opens_nothing_in_another(page):
    ens_with_olga()
    other = society("other", founder=ada(), name="Other Society")
    member(other, ada(), Role.ADMIN)
    page.sign_in(ada())
    page.get("/other/team")
    page.get("/ens/team", status=404)


def test_the_brand_stylesheet_carries_the_colour_for_both_themes(page):
    society("ens")
    response = page.raw("/brand/ens.css?colour=0B5563")
    assert response.mimetype == "text/css"
    sheet = response.get_data(as_text=True)
    assert sheet.startswith(style_sheet())
    assert sheet.removeprefix(style_sheet()).startswith("@layer tokens{:root{--primary:#0B5563;")
