"""The pre-flight list: what is done, advised, and what forbids publishing."""

from datetime import UTC, datetime, timedelta

from webinar.sessions.rules.preflight import (
    CheckState,
    SessionFacts,
    SpeakerFacts,
    blockers,
    preflight,
)

NOW = datetime(2026, 10, 7, 9, tzinfo=UTC)
PIA = SpeakerFacts("Pia", "confirmed", NOW - timedelta(days=1), True)


def facts(**changes) -> SessionFacts:
    values = {
        "starts_at": NOW + timedelta(days=7),
        "minutes": 60,
        "abstract": "Three cases.",
        "objectives": 2,
        "credit": True,
        "speakers": [PIA],
    } | changes
    return SessionFacts(**values)


def states(**changes) -> dict[str, CheckState]:
    return {check.code: check.state for check in preflight(facts(**changes), NOW)}


def test_a_session_ready_to_go_has_everything_done():
    found = states(has_link=True, decks=1)
    assert list(found) == [
        *("time", "length", "abstract", "objectives", "speakers", "disclosures", "consent", "link", "slides")
    ]
    assert set(found.values()) == {CheckState.DONE}


def test_a_start_that_has_passed_forbids_publishing():
    assert states(starts_at=NOW)["time"] is CheckState.BLOCKER
    assert states(starts_at=NOW + timedelta(microseconds=1))["time"] is CheckState.DONE


def test_more_than_75_minutes_is_advised_against():
    assert (states(minutes=75)["length"], states(minutes=76)["length"]) == (
        CheckState.DONE,
        CheckState.ADVICE,
    )


def test_a_missing_disclosure_forbids_credit_and_only_that():
    silent = SpeakerFacts("Pia", "confirmed", None, True)
    assert states(speakers=[silent])["disclosures"] is CheckState.BLOCKER
    assert states(speakers=[silent], credit=False)["disclosures"] is CheckState.ADVICE


def test_a_disclosure_holds_for_twelve_months():
    year = timedelta(days=365)
    kept = SpeakerFacts("Pia", "confirmed", NOW - year, True)
    old = SpeakerFacts("Pia", "confirmed", NOW - year - timedelta(seconds=1), True)
    assert states(speakers=[kept])["disclosures"] is CheckState.DONE
    assert states(speakers=[old])["disclosures"] is CheckState.BLOCKER


def test_who_has_declined_is_not_waited_for():
    declined = SpeakerFacts("Quinn", "declined", None, None)
    assert blockers(preflight(facts(speakers=[PIA, declined]), NOW)) == ()


def test_what_is_only_advised_never_forbids():
    open_ends = facts(
        abstract="", objectives=0, credit=False, minutes=120, speakers=[], has_link=False, decks=0
    )
    assert blockers(preflight(open_ends, NOW)) == ()
    assert [check.sentence for check in preflight(open_ends, NOW) if check.code == "link"] == [
        "There is no join link yet. People already get their permanent link; add the room before the day."
    ]


def test_names_stand_in_the_sentences():
    waiting = SpeakerFacts("Quinn", "waiting", NOW, None)
    sentences = {c.code: c.sentence for c in preflight(facts(speakers=[PIA, waiting]), NOW)}
    assert sentences["speakers"] == "Not confirmed yet: Quinn."
    assert sentences["consent"] == "No answer about the recording yet: Quinn."
