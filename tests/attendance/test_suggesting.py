"""Who an unmatched row may be; a suggestion is never a match."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webinar.attendance.rules.suggesting import (
    Directory,
    Holder,
    Sighted,
    Suggestion,
    clicked_near,
    name_likeness,
    name_words,
)

JOINED_AT = datetime(2026, 10, 14, 13, 0, tzinfo=UTC)
ANITA = Holder(1, "Anita Sharma", ("NP", "Nepal"), JOINED_AT - timedelta(minutes=1))
ASHOK = Holder(2, "A. K. Sharma", ("IN", "India"))
CHEN = Holder(3, "Chen Wei", ("CN", "China"))
GUESTS = Directory([ANITA, ASHOK, CHEN])


def suggested(name: str | None, joined_at: datetime | None = JOINED_AT) -> list[int]:
    return [each.seat_id for each in GUESTS.suggestions(Sighted(name, joined_at))]


def test_the_click_near_the_join_puts_one_namesake_before_the_other():
    assert suggested("Dr Sharma iPhone") == [1, 2]


def test_a_country_in_the_display_name_speaks_for_its_people():
    assert GUESTS.suggestions(Sighted("Chen, China"))[0] == Suggestion(3, 0.53, False, True)


def test_order_accents_titles_and_case_do_not_matter():
    assert name_words("Prof. Lucía IBÁÑEZ") == ("lucia", "ibanez")
    assert name_likeness(name_words("Ibanez, Lucia"), name_words("Lucía Ibáñez")) == 1.0


def test_a_bare_device_that_joined_after_a_click_is_a_weak_guess():
    assert GUESTS.suggestions(Sighted("iPhone", JOINED_AT)) == (Suggestion(1, 0.25, True, False),)


def test_where_nothing_speaks_for_anybody_nobody_is_suggested():
    assert suggested("Zoe Quill") == []
    assert suggested(None, None) == []
    assert suggested("iPhone", JOINED_AT + timedelta(hours=1)) == []


@pytest.mark.parametrize(("minutes", "near"), [(-11, False), (-10, True), (0, True), (2, True), (3, False)])
def test_a_click_is_near_from_ten_minutes_before_to_two_after_the_join(minutes, near):
    holder = Holder(1, "Ada", (), JOINED_AT + timedelta(minutes=minutes))
    assert clicked_near(holder, Sighted("Ada", JOINED_AT)) is near


NAMES = st.text(max_size=30)


@given(NAMES, NAMES)
def test_likeness_is_a_share_and_never_certain_enough_to_match(one, other):
    assert 0.0 <= name_likeness(name_words(one), name_words(other)) <= 1.0
    found = Directory([Holder(1, one, (other,), JOINED_AT)]).suggestions(Sighted(other, JOINED_AT))
    assert all(each.score <= 0.94 for each in found)
