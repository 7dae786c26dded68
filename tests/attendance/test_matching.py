"""Whose row it is: only evidence matches by itself."""

from webinar.accounts.rules import TokenKind, derive, fingerprint
from webinar.attendance.rules.matching import Book, Evidence, Fate, Identity, Reason, Verdict, verdict

ADA, BEN = 1, 2
JOIN = derive("key", TokenKind.JOIN, "nonce")
BOOK = Book(
    by_token={fingerprint(JOIN): ADA},
    by_registrant={"R-17": ADA},
    by_email={"ada@clinic.example": ADA, "ben@clinic.example": BEN},
    confirmed=frozenset({ADA}),
    speakers=frozenset({"pia@clinic.example"}),
)


def judged(**known: object) -> Verdict:
    return verdict(Identity(**known), BOOK)


def test_the_own_join_link_matches():
    assert judged(registrant_id=JOIN) == Verdict(Fate.MATCHED, ADA, Evidence.TOKEN)


def test_a_registrant_number_that_an_earlier_match_bound_matches():
    assert judged(registrant_id="R-17", name="A.") == Verdict(Fate.MATCHED, ADA, Evidence.REGISTRANT)


def test_the_exact_address_matches_in_any_case():
    assert judged(email="Ada@Clinic.example") == Verdict(Fate.MATCHED, ADA, Evidence.EMAIL)


def test_a_name_alone_never_matches():
    assert judged(name="Ada Attendee") == Verdict(Fate.REVIEW, reason=Reason.NAME_ONLY)


def test_an_unknown_address_or_number_is_a_question():
    assert judged(email="eve@home.example") == Verdict(Fate.REVIEW, reason=Reason.UNKNOWN_EMAIL)
    assert judged(registrant_id="R-99") == Verdict(Fate.REVIEW, reason=Reason.UNKNOWN_ID)


def test_evidence_for_two_people_is_a_question():
    conflict = judged(registrant_id="R-17", email="ben@clinic.example")
    assert conflict == Verdict(Fate.REVIEW, reason=Reason.CONFLICT)


def test_who_has_no_confirmed_place_is_a_question():
    assert judged(email="ben@clinic.example") == Verdict(Fate.REVIEW, reason=Reason.NO_PLACE)


def test_hosts_and_speakers_without_a_seat_are_no_noise():
    assert judged(email="host@ens.example", role="host") == Verdict(Fate.IGNORED, reason=Reason.HOST)
    assert judged(email="pia@clinic.example") == Verdict(Fate.IGNORED, reason=Reason.SPEAKER)
    assert judged(email="ada@clinic.example", role="host").seat_id == ADA


def test_a_no_show_is_set_aside_unless_it_has_a_seat():
    assert judged(email="eve@home.example", no_show=True) == Verdict(Fate.IGNORED, reason=Reason.NO_SHOW)
    assert judged(email="ben@clinic.example", no_show=True) == Verdict(Fate.IGNORED, reason=Reason.NO_SHOW)
    assert judged(email="ada@clinic.example", no_show=True).fate is Fate.MATCHED
