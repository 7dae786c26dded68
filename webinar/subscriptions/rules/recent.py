"""Recent: bytes read a moment ago, kept by the hash that they are known by, up to a size."""

from collections import OrderedDict
from threading import Lock


class Recent:
    """At most `most_bytes` in all; what was not asked for the longest goes first. For many threads."""

    def __init__(self, most_bytes: int) -> None:
        self._most, self._size = most_bytes, 0
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._guard = Lock()

    def get(self, name: str) -> bytes | None:
        """The bytes of a name, if they are still here."""
        with self._guard:
            found = self._kept.get(name)
            if found is not None:
                self._kept.move_to_end(name)
            return found

    def put(self, name: str, octets: bytes) -> None:
        """Keep the bytes of a name, unless they alone would take a quarter of all room."""
        if 4 * len(octets) > self._most:
            return
        with self._guard:
            self._size += len(octets) - len(self._kept.pop(name, b""))
            self._kept[name] = octets
            while self._size > self._most:
                self._size -= len(self._kept.popitem(last=False)[1])
