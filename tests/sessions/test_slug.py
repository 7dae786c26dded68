"""Addresses are readable where the title allows it, and never taken twice."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webinar.sessions.rules.slug import slug_of


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        (
            "Flow diverters in ruptured aneurysms: when, and with which?",
            "flow-diverters-in-ruptured-aneurysms-when-and-with-which",
        ),
        ("Søren’s größte Łódź", "sorens-grosste-lodz"),
        ("  Spine 101!  ", "spine-101"),
        (
            "a very long title that goes on and on and never stops until it is cut at a word",
            "a-very-long-title-that-goes-on-and-on-and-never-stops-until",
        ),
        ("x" * 80, "x" * 60),
    ],
)
def test_the_title_becomes_the_address(title, slug):
    assert slug_of(title, "webinar", set()) == slug


@pytest.mark.parametrize("title", ["Аневризма", "動脈瘤", "تمدد الأوعية", "12", "!!"])
def test_other_scripts_give_the_kind_and_chance(title):
    assert re.fullmatch(r"journal-club-[a-z2-9]{6}", slug_of(title, "journal_club", set()))


def test_a_taken_address_gets_chance_behind_it():
    assert re.fullmatch(r"spine-[a-z2-9]{4}", slug_of("Spine", "webinar", {"spine"}))


def test_an_address_that_means_something_else_is_not_given():
    assert re.fullmatch(r"new-[a-z2-9]{4}", slug_of("New", "webinar", set()))


@given(st.text(max_size=200))
def test_every_title_gives_a_plain_address(title):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug_of(title, "webinar", set()))
