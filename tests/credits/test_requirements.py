"""Requirements of a year or a cycle: what counts, and what Ada still misses."""

from fractions import Fraction

from webinar.credits.rules.reading import requirement_input
from webinar.credits.rules.requirement import judge
from webinar.credits.scheme.reading import read_requirement


def judged(terms, earned=(), **more):
    return judge(read_requirement({"id": "r"} | terms), requirement_input({"earned": list(earned)} | more))


def in_bucket(bucket, credits):
    return {"bucket": bucket, "credits": credits}


def test_years_are_summed_before_they_are_capped_whatever_their_bucket():
    earned = [{"year": 1, "credits": 60}, {"year": "1", "credits": 60}, {"year": 2, "credits": "0.5"}]
    result = judged({"total": 100, "year_cap": 100}, earned)
    assert (result.met, result.counted) == (True, Fraction(201, 2))
    assert result.data()["counted"] == "100.5"


def test_a_year_cap_is_used_instead_of_bucket_maxima():
    earned = [in_bucket("personal", 30) | {"year": 1}]
    assert judged({"year_cap": 20, "bucket_max": {"personal": 10}}, earned).counted == 20
    assert judged({"bucket_max": {"personal": 10}}, earned).counted == 10


def test_what_is_missing_comes_in_order():
    terms = {
        "total": 50,
        "bucket_min": {"b": 5, "a+b": 10, "a": 1},
        "distinct_min": 2,
        "flags": ["audit", "talk"],
    }
    result = judged(terms, [in_bucket("a", 4), in_bucket("b", 0)], flags={"talk": True, "audit": 1})
    assert result.missing == ("total", "b", "a+b", "distinct", "audit")
    assert result.data()["met"] is False


def test_credits_without_a_bucket_count_but_are_no_kind_of_their_own():
    result = judged({"total": 3, "distinct_min": 1}, [{"credits": 3}])
    assert (result.counted, result.missing) == (3, ("distinct",))


def test_an_empty_requirement_is_met():
    assert judged({}).data() == {
        "met": True,
        "counted": "0",
        "missing": [],
        "steps": [{"step": "counted", "out": "0", "unit": "credit"}],
    }
