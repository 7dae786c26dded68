"""XML elements, read by a parser that refuses DOCTYPE and entities (S19), and written."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from webinar.caldav.rules.refused import Refused
from webinar.caldav.rules.tags import PREFIXES, split

DEEPEST, MOST = 40, 20_000
"""Bounds of what is read: depth, and number of elements."""

_UNSPEAKABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass
class Node:
    """One element: its tag in Clark's notation, its text, its children."""

    tag: str
    text: str = ""
    children: list["Node"] = field(default_factory=list)
    attributes: Mapping[str, str] = field(default_factory=dict)

    def all(self, tag: str) -> Iterator["Node"]:
        """The children with a tag."""
        return (child for child in self.children if child.tag == tag)

    def first(self, tag: str) -> "Node | None":
        """The first child with a tag."""
        return next(self.all(tag), None)


def node(tag: str, *inside: "Node | str") -> Node:
    """An element with children or text."""
    text = "".join(part for part in inside if isinstance(part, str))
    return Node(tag, text, [part for part in inside if isinstance(part, Node)])


def read(body: bytes) -> Node:
    """The root element of a document. Raises Refused (400) for what is no XML, or none that we read."""
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = reader.refuse
    parser.EntityDeclHandler = reader.refuse
    parser.StartElementHandler = reader.open
    parser.EndElementHandler = reader.close
    parser.CharacterDataHandler = reader.say
    try:
        parser.Parse(body, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise Refused(400, sentence="The request is not well-formed XML.") from error
    return reader.root.children[0]


class _Reader:
    def __init__(self) -> None:
        self.root = Node("")
        self.path = [self.root]
        self.count = 0

    def refuse(self, *_declared: object) -> None:
        raise Refused(400, sentence="The request declares a document type or entities.")

    def open(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if len(self.path) > DEEPEST or self.count > MOST:
            raise Refused(400, sentence="The request is nested too deeply or too long.")
        opened = Node("{" + name if "}" in name else name, attributes=attributes)
        self.path[-1].children.append(opened)
        self.path.append(opened)

    def close(self, _name: str) -> None:
        self.path.pop()

    def say(self, text: str) -> None:
        self.path[-1].text += text


def written(root: Node) -> bytes:
    """The document of a root element; carriage returns are kept, as calendar data needs them."""
    spaces = "".join(f' xmlns:{prefix}="{space}"' for space, prefix in PREFIXES.items())
    return f'<?xml version="1.0" encoding="utf-8"?>\n{_element(root, spaces)}\n'.encode()


def _element(each: Node, spaces: str = "") -> str:
    space, name = split(each.tag)
    if space in PREFIXES:
        name = f"{PREFIXES[space]}:{name}"
    else:
        spaces += f" xmlns={quoteattr(space)}"
    attributes = "".join(f" {key}={quoteattr(value)}" for key, value in each.attributes.items())
    inside = _text(each.text) + "".join(map(_element, each.children))
    return f"<{name}{spaces}{attributes}>{inside}</{name}>" if inside else f"<{name}{spaces}{attributes}/>"


def _text(text: str) -> str:
    return escape(_UNSPEAKABLE.sub("", text), {"\r": "&#13;"})
