"""Names of XML elements, in Clark's notation, by the namespaces that CalDAV programs use."""

DAV, CALDAV = "DAV:", "urn:ietf:params:xml:ns:caldav"
CALENDARSERVER, APPLE = "http://calendarserver.org/ns/", "http://apple.com/ns/ical/"

PREFIXES = {DAV: "D", CALDAV: "C", CALENDARSERVER: "CS", APPLE: "A"}


def dav(name: str) -> str:
    """An element of WebDAV (RFC 4918, 3744, 5397, 6578)."""
    return f"{{{DAV}}}{name}"


def cal(name: str) -> str:
    """An element of CalDAV (RFC 4791)."""
    return f"{{{CALDAV}}}{name}"


def split(tag: str) -> tuple[str, str]:
    """Namespace ("" for none) and local name of a tag."""
    if not tag.startswith("{"):
        return "", tag
    space, _, name = tag[1:].rpartition("}")
    return space, name
