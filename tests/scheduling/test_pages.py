"""The pages of a poll without JavaScript: the organiser's, the voter's, and the link for everybody."""

import pytest

from tests.factories.accounts import olga
from tests.factories.polls import MAYBE, NO, YES, link, open_link, poll, voter, votes_of
from tests.factories.sessions import draft, speaker
from tests.factories.societies import ens_with_olga
from webinar.db.store import store
from webinar.scheduling.models.poll import Poll
from webinar.scheduling.rules.poll import PollKind
from webinar.scheduling.service import more, polls
from webinar.sessions.models import Session

PIA, ADA = "pia@clinic.example", "ada@clinic.example"
POLL = "/ens/sessions/{}/poll"


@pytest.fixture
def olgas(clock, app):
    found, _olga = ens_with_olga()
    return draft(found)


@pytest.fixture
def desk(page, olgas):
    return page.sign_in(olga())


def typed(**changes: str) -> dict[str, str]:
    return {
        "times-0-starts_local": "2026-10-14T18:00",
        "times-1-starts_local": "2026-10-15T18:00",
        "people-0-name": "Pia Presenter",
        "people-0-email": PIA,
        "deadline_local": "2026-10-11T18:00",
        "do": "open",
    } | changes


def only_poll() -> Poll:
    store.expire_all()
    return store.query(Poll).one()


def option_fields(running: Poll, *choices) -> dict[str, str]:
    pairs = zip(running.options, choices, strict=True)
    return {f"option_{option.id}": choice.value for option, choice in pairs}


def test_the_form_knows_the_speakers_the_sessions_time_and_its_zone(desk, olgas):
    speaker(olgas)
    page = desk.get(POLL.format(olgas.slug))
    shown = page.fields(page.form("/poll/speakers"))
    assert shown["people-0-email"] == PIA
    assert shown["people-0-required"] == "y"
    assert (shown["times-0-starts_local"], shown["zone_name"]) == ("2026-10-14T18:00", "Europe/Berlin")


def test_a_poll_is_opened_and_its_duplicates_are_said(desk, olgas):
    form = typed(
        **{"times-2-starts_local": "2026-10-15T18:00", "people-1-name": "Pia", "people-1-email": PIA}
    )
    page = desk.get(POLL.format(olgas.slug)).submit("/poll/speakers", **form)
    assert "One time stood there twice, as the same moment: it is kept once." in page.text
    assert "One address stood there twice: it is asked once." in page.text
    assert "0 of 1 have answered." in page.text
    assert len(only_poll().options) == 2


def test_more_rows_come_without_a_script_and_keep_what_was_typed(desk, olgas):
    page = desk.get(POLL.format(olgas.slug)).submit("/poll/speakers", **typed(do="times"))
    shown = page.fields(page.form("/poll/speakers"))
    assert page.status == 200
    assert (shown["times-1-starts_local"], shown["times-5-starts_local"]) == ("2026-10-15T18:00", "")


def test_a_doubtful_time_is_asked_for_beside_it_and_taken_once_chosen(desk, olgas):
    page = desk.get(POLL.format(olgas.slug)).submit(
        "/poll/speakers", **typed(**{"times-1-starts_local": "2026-10-25T02:30"})
    )
    assert page.status == 422
    [error] = page.errors
    assert error.startswith("02:30 on 25 October 2026 comes twice in Berlin: clocks go back.")
    page = page.submit("/poll/speakers", **{"times-1-chosen_at": "2026-10-25T01:30:00+00:00", "do": "open"})
    assert [each.later_fold for each in only_poll().options] == [False, True]
    assert "02:30 – 03:30 Berlin ( UTC+01:00 )" in page.text


def test_wrong_input_keeps_everything(desk, olgas):
    form = typed(zone_name="Nowhere/Atlantis", **{"people-0-email": "pia-at-clinic"})
    page = desk.get(POLL.format(olgas.slug)).submit("/poll/speakers", **form)
    shown = page.fields(page.form("/poll/speakers"))
    assert page.status == 422
    assert {name: shown[name] for name in form if name != "do"} == {
        name: value for name, value in form.items() if name != "do"
    }


def test_a_voter_sees_every_time_in_the_chosen_zone_and_answers(page, olgas):
    running = poll(olgas)
    seen = page.get(link(voter(running)) + "?tz=Africa/Cairo")
    legends = [" ".join(each.get_text(" ").split()) for each in seen.soup.find_all("legend")]
    assert legends[0].replace(" ,", ",") == ("Wed 14 Oct 2026, 19:00 – 20:00 Cairo ( UTC+03:00 ), evening")
    answer = seen.submit("/p/", **option_fields(running, YES, MAYBE, NO))
    assert "Thank you, your answers are kept." in answer.text
    store.expire_all()
    assert voter(running).zone_name == "Africa/Cairo"
    again = page.get(link(voter(running)))
    assert "Cairo" in again.text
    assert again.fields(again.form("/p/")) | option_fields(running, YES, MAYBE, NO) == again.fields(
        again.form("/p/")
    )


def test_night_is_said_in_words(page, olgas):
    running = poll(olgas)
    seen = page.get(link(voter(running)) + "?tz=Australia/Sydney")
    assert "night for you" in seen.soup.find("legend").get_text()


def test_a_voters_page_is_secret_and_asks_no_account(page, olgas):
    response = page.raw(link(voter(poll(olgas))))
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "Sign in" not in response.get_data(as_text=True)


def test_a_missing_answer_is_named_and_everything_is_kept(page, olgas):
    running = poll(olgas)
    first = f"option_{running.options[0].id}"
    answer = page.get(link(voter(running))).submit("/p/", **{first: "yes", "suggestion": "Mornings"})
    assert answer.status == 422
    assert answer.errors == ["Please choose Yes, If need be or No for this time."] * 2
    shown = answer.fields(answer.form("/p/"))
    assert (shown[first], shown["suggestion"]) == ("yes", "Mornings")


def test_none_works_says_no_to_all_and_suggests_another_time_in_the_voters_zone(page, desk, olgas):
    running = poll(olgas)
    page.get(link(voter(running)) + "?tz=Asia/Kathmandu").submit(
        "/p/", none_works="y", suggest_local="2026-10-17T09:00", suggestion="Saturday?"
    )
    seen = desk.get(POLL.format(olgas.slug))
    assert "Suggested by Pia Presenter:" in seen.text
    assert "Sat 17 Oct 2026" in seen.text
    assert "Saturday?" in seen.text
    store.expire_all()
    assert {each.choice for each in voter(running).answers} == {NO}


def test_none_works_beside_a_yes_is_asked_about(page, olgas):
    running = poll(olgas)
    answer = page.get(link(voter(running))).submit(
        "/p/", none_works="y", **option_fields(running, YES, NO, NO)
    )
    assert answer.errors == ["You said that a time would do. Please take this tick away, or say No there."]


def test_an_answer_after_closing_is_refused_with_a_sentence_and_its_words_kept(page, olgas):
    running = poll(olgas)
    seen = page.get(link(voter(running)))
    polls.close(running, olga())
    store.commit()
    answer = seen.submit("/p/", suggestion="I was late", **option_fields(running, YES, NO, NO))
    assert answer.status == 409
    assert "This poll is closed, so answers are not taken any more." in answer.text
    assert answer.fields(answer.form("/p/"))["suggestion"] == "I was late"


def test_other_voters_names_are_shown_only_where_the_organiser_ticked_it(page, olgas):
    running = poll(olgas)
    votes_of(running, ADA, YES, NO, NO)
    assert "Ada" not in page.get(link(voter(running))).text
    running.names_shown = True
    store.commit()
    assert "Ada" in page.get(link(voter(running))).text


def test_everybodys_link_takes_name_and_address_and_says_the_same_to_a_known_one(page, olgas):
    running = poll(olgas, kind=PollKind.AUDIENCE, people=())
    said = option_fields(running, YES, NO, NO)
    first = page.get(open_link(running)).submit("/p/", name="Ada", email=ADA, **said)
    second = page.get(open_link(running)).submit("/p/", name="Eve", email=ADA, **said)
    notes = [each.soup.find(id="notes").get_text() for each in (first, second)]
    assert notes[0] == notes[1]
    assert "We mail a link to the address you gave" in notes[0]
    assert [each.name for each in only_poll().voters] == ["Ada"]


def test_a_speakers_poll_has_no_link_for_everybody(page, olgas):
    page.get(open_link(poll(olgas)), status=404)


def test_the_result_prints_numbers_names_who_is_missing_and_explains_itself(desk, olgas):
    running = poll(olgas)
    votes_of(running, PIA, NO, YES, MAYBE)
    seen = desk.get(POLL.format(olgas.slug))
    rows = seen.soup.find("table").find("tbody").find_all("tr")
    cells = [[" ".join(each.get_text(" ").split()) for each in row.find_all("td")][:5] for row in rows]
    assert cells == [
        ["0", "0", "1", "–", "Pia Presenter"],
        ["1", "0", "0", "–", "nobody"],
        ["0", "1", "0", "–", "nobody"],
    ]
    assert (
        "Thu 15 Oct 2026, 18:00–19:00 Berlin (UTC+02:00), evening is best: 1 of 1 required people say yes; "
        "at any other time at most 0." in seen.text
    )


def test_one_press_closes_the_poll_and_sets_the_time(desk, olgas):
    running = poll(olgas)
    votes_of(running, PIA, NO, YES, NO)
    option = str(running.options[1].id)
    seen = desk.get(POLL.format(olgas.slug))
    forms = [form for form in seen.soup.find_all("form") if "schedule" in str(form["action"])]
    assert len(forms) == 4  # the best time's own, and one for each
    assert str(forms[0].find("button")["value"]) == option
    answer = desk.post(str(forms[0]["action"]), seen.fields(forms[0]) | {"option": option})
    assert "The session is set to this time" in answer.text
    store.expire_all()
    assert store.query(Session).one().starts_at == running.options[1].starts_at


def test_changing_the_zone_shows_both_results_and_chooses_nothing_by_itself(desk, olgas):
    poll(olgas)
    seen = desk.get(POLL.format(olgas.slug)).submit("/zone", zone_name="kathmandu", do="show")
    assert "Both results for Kathmandu" in seen.text
    assert "18:00 – 19:00 Kathmandu" in seen.text
    assert "21:45 – 22:45 Kathmandu" in seen.text
    refused = seen.submit("/zone", do="change")
    assert refused.errors == ["Please choose what stays: the clock times or the moments."]
    assert only_poll().zone_name == "Europe/Berlin"
    refused.submit("/zone", keep="instants", do="change")
    assert only_poll().zone_name == "Asia/Kathmandu"


def test_a_wrong_deadline_and_a_known_address_are_told_beside_their_fields(desk, olgas):
    poll(olgas)
    page = desk.get(POLL.format(olgas.slug)).submit("/deadline", deadline_local="2026-10-01T18:00")
    assert page.errors == ["This deadline lies in the past. Please choose one to come."]
    page = desk.get(POLL.format(olgas.slug)).submit("/people", name="Pia", email=PIA)
    assert page.errors == ["This address is asked already."]


def test_pages_ask_the_database_as_often_for_many_voters_as_for_few(desk, page, olgas, questions):
    running = poll(olgas, names_shown=True)
    path, own = POLL.format(olgas.slug), link(voter(running))

    def asked() -> tuple[int, int]:
        found = []
        for address in (path, own):
            store.commit()
            with questions() as statements:
                page.raw(address)
            found.append(len(statements))
        return found[0], found[1]

    votes_of(running, PIA, YES, NO, NO)
    few = asked()
    for number in range(8):
        email = f"guest{number}@clinic.example"
        more.ask_one(running, olga(), polls.Asked(f"Guest {number}", email))
        votes_of(running, email, YES, NO, NO, zone_name="Asia/Kathmandu")
    assert asked() == few


def test_a_suggestion_is_asked_about_with_one_press_and_a_typed_time_by_its_form(page, desk, olgas):
    running = poll(olgas)
    path = POLL.format(olgas.slug)
    page.get(link(voter(running))).submit("/p/", none_works="y", suggest_local="2026-10-17T09:00")
    seen = desk.get(path)
    press = next(
        form for form in seen.soup.find_all("form") if form.find("button", attrs={"name": "suggested"})
    )
    value = str(press.find("button")["value"])
    answer = desk.post(str(press["action"]), seen.fields(press) | {"suggested": value})
    assert "All voters are being asked about the new time." in answer.text
    assert not answer.soup.find("button", attrs={"name": "suggested"})
    token = answer.fields(answer.form("/close"))
    answer = desk.post(path + "/speakers/times", token | {"starts_local": "2026-10-25T02:30"})
    assert [each[:38] for each in answer.errors] == ["02:30 on 25 October 2026 comes twice i"]
    assert len(only_poll().options) == 4
