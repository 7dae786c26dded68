"""Answers: multi-status documents (RFC 4918 13) and errors with their condition (16)."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus

from webinar.caldav.formats.tree import Node, node, written
from webinar.caldav.rules.asking import Wanted
from webinar.caldav.rules.tags import dav

Properties = Mapping[str, Node]


def found_at(href: str, known: Properties, wanted: Wanted, hidden: frozenset[str] = frozenset()) -> Node:
    """The wanted properties of one address, those it lacks under 404; `hidden` ones only if named."""
    common = [tag for tag in known if tag not in hidden] if wanted.is_all else []
    tags = dict.fromkeys([*common, *wanted.tags])
    have = [_shown(known[tag], wanted) for tag in tags if tag in known]
    lack = [node(tag) for tag in tags if tag not in known]
    parts = [_propstat(have, HTTPStatus.OK)] if have or not lack else []
    parts += [_propstat(lack, HTTPStatus.NOT_FOUND)] if lack else []
    return node(dav("response"), node(dav("href"), href), *parts)


def status_of(href: str, status: HTTPStatus, condition: str = "") -> Node:
    """An address with a status of its own: 404 for what is gone, 507 for what did not fit."""
    error = [node(dav("error"), node(condition))] if condition else []
    return node(dav("response"), node(dav("href"), href), _status(status), *error)


def multistatus(responses: Iterable[Node], token: str = "") -> bytes:
    """The whole document; with the sync token that it leads to."""
    last = [node(dav("sync-token"), token)] if token else []
    return written(node(dav("multistatus"), *responses, *last))


def refusal(condition: str, *inside: Node) -> bytes:
    """An error document that names the failed condition."""
    return written(node(dav("error"), node(condition, *inside)))


def _shown(value: Node, wanted: Wanted) -> Node:
    return node(value.tag) if wanted.names_only else value


def _propstat(properties: list[Node], status: HTTPStatus) -> Node:
    return node(dav("propstat"), node(dav("prop"), *properties), _status(status))


def _status(status: HTTPStatus) -> Node:
    return node(dav("status"), f"HTTP/1.1 {status.value} {status.phrase}")
