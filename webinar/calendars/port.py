"""Records: the texts that domains publish, such as the keys of their mail signatures."""

from typing import Protocol


class RecordsSilent(Exception):
    """The answer cannot be known now; asking later may help."""


class Records(Protocol):
    """Looks TXT records up."""

    def txt(self, name: str) -> bytes | None:
        """The TXT record of an absolute domain name, None where there is none. Raises RecordsSilent."""
        ...
