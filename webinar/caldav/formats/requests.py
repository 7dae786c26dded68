"""Requests: the bodies of PROPFIND and REPORT, read into what they ask."""

from datetime import UTC, datetime

from webinar.caldav.formats.tree import Node, read
from webinar.caldav.rules.asking import Filter, Multiget, Query, Report, Span, SyncRequest, TextMatch, Wanted
from webinar.caldav.rules.matching import TEXTS
from webinar.caldav.rules.refused import Refused
from webinar.caldav.rules.tags import cal, dav

MOST_HREFS = 2000
_EXACT_CASE = "i;octet"
_COLLATIONS = {"i;ascii-casemap", _EXACT_CASE, "default", "i;unicode-casemap"}


def propfind(body: bytes) -> Wanted:
    """The properties that a PROPFIND asks for; all, if it has no body (RFC 4918 9.1). Raises Refused."""
    if not body.strip():
        return Wanted(is_all=True)
    root = read(body)
    if root.tag != dav("propfind"):
        raise Refused(400, sentence="The body of PROPFIND is a propfind element.")
    return _wanted(root)


def report(body: bytes) -> Report:
    """The report that is asked for. Raises Refused, also for reports that we do not make."""
    root = read(body)
    if root.tag == cal("calendar-query"):
        return Query(_wanted(root), _filter(root), _limit(root))
    if root.tag == cal("calendar-multiget"):
        hrefs = tuple(each.text for each in root.all(dav("href")))
        if not 0 < len(hrefs) <= MOST_HREFS:
            raise Refused(400, sentence=f"A multiget names 1 to {MOST_HREFS} addresses.")
        return Multiget(_wanted(root), hrefs)
    if root.tag == dav("sync-collection"):
        token = root.first(dav("sync-token"))
        return SyncRequest(_wanted(root), token.text.strip() if token else "", _limit(root))
    raise Refused(403, dav("supported-report"))


def _wanted(root: Node) -> Wanted:
    if root.first(dav("propname")):
        return Wanted(is_all=True, names_only=True)
    prop = root.first(dav("prop"))
    if prop is None:
        include = root.first(dav("include"))
        return Wanted(tuple(each.tag for each in include.children) if include else (), is_all=True)
    data = prop.first(cal("calendar-data"))
    expand = data.first(cal("expand")) if data else None
    tags = dict.fromkeys(each.tag for each in prop.children)
    return Wanted(tuple(tags), utc_span=_span(expand) if expand else None)


def _limit(root: Node) -> int | None:
    limit = root.first(dav("limit")) or root.first(cal("limit"))
    most = limit and (limit.first(dav("nresults")) or limit.first(cal("nresults")))
    if not most:
        return None
    text = most.text.strip()
    if not (text.isascii() and text.isdigit() and 0 < len(text) < 10 and int(text)):
        raise Refused(400, sentence="A limit is a whole number above nought.")
    return int(text)


def _filter(root: Node) -> Filter:
    found = root.first(cal("filter"))
    calendar = found.first(cal("comp-filter")) if found else None
    if calendar is None or calendar.attributes.get("name", "").upper() != "VCALENDAR":
        raise Refused(403, cal("valid-filter"))
    if calendar.first(cal("is-not-defined")):
        return Filter(takes_events=False)
    _refuse_others(calendar, {cal("comp-filter")})
    merged = Filter()
    for component in calendar.all(cal("comp-filter")):
        merged = _and(merged, _component(component))
    return merged


def _component(component: Node) -> Filter:
    is_event = component.attributes.get("name", "").upper() == "VEVENT"
    is_absent = component.first(cal("is-not-defined")) is not None
    if is_absent or not is_event:
        # Tasks and journals: there are none. Asking for their absence takes every event.
        return Filter(takes_events=is_absent is not is_event)
    _refuse_others(component, {cal("time-range"), cal("prop-filter")})
    span = component.first(cal("time-range"))
    texts = tuple(_text(each) for each in component.all(cal("prop-filter")))
    return Filter(span=_span(span) if span else None, texts=texts)


def _and(one: Filter, other: Filter) -> Filter:
    if one.span and other.span:
        raise Refused(403, cal("supported-filter"))
    takes = one.takes_events and other.takes_events
    return Filter(takes, one.span or other.span, one.texts + other.texts)


def _text(found: Node) -> TextMatch:
    name = found.attributes.get("name", "").upper()
    _refuse_others(found, {cal("text-match"), cal("is-not-defined")})
    if name not in TEXTS:
        raise Refused(403, cal("supported-filter"))
    match = found.first(cal("text-match"))
    if match is None:
        return TextMatch(name, None, is_negated=found.first(cal("is-not-defined")) is not None)
    collation = match.attributes.get("collation", "i;ascii-casemap")
    if collation not in _COLLATIONS:
        raise Refused(403, cal("supported-collation"))
    negated = match.attributes.get("negate-condition", "no") == "yes"
    return TextMatch(name, match.text, is_negated=negated, is_exact_case=collation == _EXACT_CASE)


def _refuse_others(found: Node, known: set[str]) -> None:
    if any(child.tag not in known for child in found.children):
        raise Refused(403, cal("supported-filter"))


def _span(found: Node) -> Span:
    start, end = found.attributes.get("start"), found.attributes.get("end")
    span = Span(_instant(start) if start else None, _instant(end) if end else None)
    if not (start or end) or (span.start_at and span.end_at and span.end_at <= span.start_at):
        raise Refused(403, cal("valid-filter"))
    return span


def _instant(text: str) -> datetime:
    """A UTC date-time as RFC 4791 9.9 demands it."""
    try:
        return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError as error:
        raise Refused(403, cal("valid-filter")) from error
