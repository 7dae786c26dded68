"""Languages call themselves by their own names."""

import pytest

from webinar.web.languages import name_of


@pytest.mark.parametrize(
    ("tag", "name"),
    [("en", "English"), ("fr", "Français"), ("vi", "Tiếng Việt"), ("ar", "العربية"), ("xx-no", "xx-no")],
)
def test_a_language_is_named_in_itself_with_its_own_capitals(tag, name):
    assert name_of(tag) == name
