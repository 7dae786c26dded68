"""Checking a code, the holder's own page, the organisers' list, as people use them."""

import re

import pytest

from tests.factories.accounts import ada as ada_person
from tests.factories.accounts import olga as olga_person
from tests.factories.accounts import person
from tests.factories.awards import attended, award, be_present, certificate_of, close_attendance, held_session
from tests.factories.awards import seat as a_seat
from tests.factories.societies import member, society
from tests.questions import questions
from webinar.certificates import queries, service
from webinar.certificates.models import CertificateState
from webinar.db.store import store
from webinar.registration.queries.seats import ticket_path
from webinar.sessions.models import Session

VERIFY_BYTES = 10 * 1024
UNPRINTABLE = "Ada \U00011680"


@pytest.fixture
def awarded(app, work):
    """Ada's seat, with her certificate issued, and her session."""
    session, olga, (seat,) = attended(40)
    award(session, olga)
    work()
    return session, seat


def own(seat):
    return f"{ticket_path(seat)}/certificate"


def desk(session):
    return f"/{session.society.slug}/sessions/{session.slug}/certificates"


def test_anybody_with_the_code_sees_first_that_it_is_valid(page, awarded):
    _session, seat = awarded
    found = page.get(f"/v/{certificate_of(seat).code}")
    assert found.heading == "Valid"
    for words in (
        "Checked Wed 7 Oct 2026, 09:00 UTC",
        "Ada Attendee",
        "attended the live webinar Flow diverters in ruptured aneurysms",
        "30 September 2026, 15:00–16:00 Berlin (UTC+02:00)",
        "40 of 60 minutes",
        "0.75 credit",
        "1 credit per hour, in quarter steps, version 1",
        "Issued by Example Neurosurgical Society",
    ):
        assert words in found.text, words
    assert "ada@clinic.example" not in found.text


def test_the_verify_page_is_light_and_not_for_search_engines(page, awarded):
    answer = page.raw(f"/v/{certificate_of(awarded[1]).code}")
    assert len(answer.get_data()) <= VERIFY_BYTES
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert b'<meta name="robots" content="noindex' in answer.get_data()


@pytest.mark.parametrize(
    "spoil",
    [
        str.lower,
        lambda code: code.replace("-", ""),
        lambda code: code.replace("-", " "),
        lambda code: code.replace("0", "O").replace("1", "l"),
    ],
)
def test_a_code_as_people_type_it_leads_to_its_one_spelling(page, awarded, spoil):
    code = certificate_of(awarded[1]).code
    typed = spoil(code)
    answer = page.raw(f"/v/{typed}")
    if typed != code:
        assert (answer.status_code, answer.headers["Location"]) == (301, f"/v/{code}")
    assert page.get("/v").soup.find("input", id="code")
    assert page.get(f"/v?code={typed}").heading == "Valid"


@pytest.mark.parametrize("typed", ["0000-0000-0000-0000-0000", "nonsense", "a" * 300, "%00", "<b>"])
def test_an_unknown_code_is_told_kindly(page, app, typed):
    found = page.get(f"/v/{typed}", status=404)
    assert "No certificate has this code" in found.text


def test_rubbish_in_the_field_gets_a_sentence_and_stays(page, app):
    found = page.get("/v?code=rubbish", status=422)
    assert found.errors == ["This cannot be a code: it has five groups of four letters and digits."]
    assert found.soup.find("input", id="code")["value"] == "rubbish"


def test_an_old_code_leads_to_the_correction_and_shows_no_more(page, awarded):
    _session, seat = awarded
    old = certificate_of(seat)
    old_code = old.code
    service.correct_name(old, "Ada King")
    found = page.get(f"/v/{old_code}")
    assert found.heading == "Corrected"
    assert "the holder corrected the name" in found.text
    assert "Ada" not in found.text
    assert "Ada King" in found.follow(certificate_of(seat).code).text


def test_an_old_code_leads_to_the_end_of_the_chain(page, awarded, work):
    session, seat = awarded
    first = certificate_of(seat).code
    service.correct_name(certificate_of(seat), "Ada King")
    be_present(seat, 60)
    award(session, olga_person())
    work()
    assert "1.00 credit" in page.get(f"/v/{first}").follow(certificate_of(seat).code).text


def test_a_withdrawn_certificate_shows_date_and_reason_and_nothing_else(page, awarded, work):
    session, seat = awarded
    be_present(seat, 0)
    award(session, olga_person())
    work()
    code = certificate_of(seat).code
    found = page.get(f"/v/{code}")
    main = " ".join(found.soup.find("main").get_text(" ").split())
    assert main == (
        "Withdrawn Withdrawn on Wed 7 Oct 2026, 09:00 UTC : attendance was corrected, and no credit is left."
    )
    assert "Example Neurosurgical Society" not in found.text
    assert page.raw(f"/v/{code}/certificate.pdf").headers["Location"] == f"/v/{code}"


def test_the_pdf_is_one_press_away_and_kept_by_this_browser_only(page, awarded):
    code = certificate_of(awarded[1]).code
    answer = page.raw(f"/v/{code}/certificate.pdf")
    assert answer.get_data().startswith(b"%PDF-")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Cache-Control"] == "private, max-age=3600"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    links = [a["href"] for a in page.get(f"/v/{code}").soup.find_all("a")]
    assert f"/v/{code}/certificate.pdf" in links


def test_the_holder_keeps_it_private_and_shows_it_again(page, awarded):
    _session, seat = awarded
    code = certificate_of(seat).code
    hidden = page.get(own(seat)).submit("visibility")
    assert "Private: whoever has the code sees only that the certificate is valid." in hidden.text
    found = page.get(f"/v/{code}")
    assert found.heading == "Valid"
    assert "Ada" not in found.text
    assert "Flow diverters" not in found.text
    assert page.raw(f"/v/{code}/certificate.pdf").status_code == 303
    assert page.raw(f"{own(seat)}.pdf").get_data().startswith(b"%PDF-")
    page.get(own(seat)).submit("visibility")
    assert "Ada Attendee" in page.get(f"/v/{code}").text


def test_the_signed_in_holder_opens_a_private_pdf_and_nobody_else(page, awarded):
    _session, seat = awarded
    service.choose_visibility(certificate_of(seat), visible=False)
    path = f"/v/{certificate_of(seat).code}/certificate.pdf"
    assert page.sign_in(person("eve@clinic.example", "Eve")).raw(path).status_code == 303
    assert page.sign_in(ada_person()).raw(path).status_code == 200


def test_the_holder_corrects_the_name_on_the_own_page_once(page, awarded):
    _session, seat = awarded
    done = page.get(own(seat)).submit("name", name="Ada Kıng-Şahin")
    assert "Ada Kıng-Şahin" in done.text
    assert certificate_of(seat).holder == "Ada Kıng-Şahin"
    assert "The name was corrected once already" in done.text
    assert not [form for form in done.soup.find_all("form") if form["action"].endswith("/name")]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Please fill this in."),
        ("x" * 121, "120"),
        ("Ada\x07", "Some characters cannot be shown"),
        ("123", "Please write the name as it should stand"),
        ("Ada Attendee", "This is the name on the certificate already."),
    ],
)
def test_a_bad_name_gets_a_sentence_and_stays_in_the_form(page, awarded, typed, sentence):
    _session, seat = awarded
    answer = page.get(own(seat)).submit("name", name=typed)
    assert answer.status == 422
    assert sentence in " ".join(answer.errors)
    assert certificate_of(seat).holder == "Ada Attendee"


def test_a_second_correction_by_an_open_page_is_refused(page, awarded):
    _session, seat = awarded
    open_page = page.get(own(seat))
    open_page.submit("name", name="Ada King")
    answer = open_page.submit("name", name="Ada Queen")
    assert answer.status == 409
    assert "corrected once already" in answer.text


def test_html_in_a_name_is_text(page, awarded):
    _session, seat = awarded
    page.get(own(seat)).submit("name", name="<b>Ada</b>")
    found = page.get(f"/v/{certificate_of(seat).code}")
    assert found.soup.find("h2").get_text() == "<b>Ada</b>"


def test_the_own_page_is_a_secret_of_its_address(page, awarded):
    answer = page.raw(own(awarded[1]))
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert page.get("/t/ti_wrong/certificate", status=404).status == 404


def test_before_the_award_and_after_a_withdrawal_the_own_page_says_so(page, awarded, work):
    session, seat = awarded
    later = a_seat(session, "Ben Attendee", "ben@clinic.example")
    assert "There is no certificate yet." in page.get(own(later)).text
    be_present(seat, 0)
    award(session, olga_person())
    work()
    assert "Withdrawn: attendance was corrected, and no credit is left." in page.get(own(seat)).text


def test_my_certificates_are_mine(page, awarded):
    _session, _seat = awarded
    found = page.sign_in(ada_person()).get("/me/certificates")
    assert "Flow diverters in ruptured aneurysms" in found.text
    assert "0.75 credit Valid" in found.text
    assert found.follow("Flow diverters").heading == "Your certificate"
    eve = page.sign_in(person("eve@clinic.example", "Eve")).get("/me/certificates")
    assert "No certificate yet" in eve.text
    assert page.sign_out().get("/me/certificates").heading == "Sign in"


def test_olga_sees_what_was_issued_and_sends_it_again(page, awarded, work, carrier, clock):
    session, _seat = awarded
    clock.shift(60)
    found = page.sign_in(olga_person()).get(desk(session))
    assert re.search(
        r"Ada Attendee ada@clinic.example Valid 0.75 credit [0-9A-Z-]{24} Wed 7 Oct 2026", found.text
    )
    assert "on its way" in found.submit("send").text
    work()
    assert len(carrier.sent) == 2


def test_olga_sees_what_is_held_and_why(page, app, work):
    session, olga, (seat,) = attended(40)
    seat.name = UNPRINTABLE
    award(session, olga)
    work()
    found = page.sign_in(olga).get(desk(session))
    assert "1 certificate is held." in found.text
    assert (
        f"“{UNPRINTABLE}” cannot be printed yet: no font of ours has the characters \U00011680." in found.text
    )
    assert "It still cannot be printed." in found.submit("send").text
    assert page.sign_out().get(f"/v/{certificate_of(seat).code}", status=404).status == 404
    fixed = page.get(own(seat)).submit("name", name="Ada Attendee")
    assert "Corrected." in fixed.text
    assert certificate_of(seat).state is CertificateState.VALID


def test_before_the_worker_came_by_the_desk_says_that_they_are_being_made(page, app):
    session, olga, _seats = attended(40, 60)
    found = page.sign_in(olga).get(desk(session))
    assert "No certificates yet" in found.text
    award(session, olga)
    assert "Being made: 2." in page.get(desk(session)).text


def test_the_desk_of_another_society_knows_nothing_of_it(page, awarded):
    session, _seat = awarded
    member(society("rad", founder=person("rita@rad.example", "Rita")), person("rob@rad.example", "Rob"))
    page.sign_in(person("rob@rad.example", "Rob"))
    page.get(desk(session), status=404)
    page.get(f"/rad/sessions/{session.slug}/certificates", status=404)


def test_a_certificate_of_another_session_cannot_be_sent_from_here(page, awarded, work, carrier):
    session, _seat = awarded
    olga = olga_person()
    elsewhere = held_session(session.society)
    a_seat(elsewhere, minutes=40)
    close_attendance(elsewhere, olga)
    award(elsewhere, olga)
    work()
    found = page.sign_in(olga).get(desk(session))
    fields = found.fields(found.form("send"))
    other = queries.of_session(elsewhere.id)[0].id
    answer = page.raw(f"{desk(session)}/{other}/send", method="POST", data=fields)
    assert answer.status_code == 404


def test_the_lists_ask_the_same_number_of_questions_for_one_and_for_three(app, work):
    asked = []
    for minutes in ((40,), (40, 40, 40)):
        session, olga, _seats = attended(*minutes)
        award(session, olga)
        work()
        session_id = session.id
        asked.append(questions(lambda session_id=session_id: _read(session_id)))
    assert asked[0] == asked[1]


def _read(session_id):
    for each in queries.of_session(store.get_one(Session, session_id).id):
        assert each.seat.person.email
        assert each.award.credit
