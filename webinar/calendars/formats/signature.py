"""Who vouches for an inbound mail: its DKIM signatures, and our own mail server's verdict."""

import logging
from collections.abc import Iterator

import dkim
from authres import AuthenticationResultsHeader
from authres.core import AuthResError

from webinar.calendars.formats.address import domain_of
from webinar.calendars.formats.mail import InboundMail
from webinar.calendars.port import Records
from webinar.calendars.rules.reply import Proof, is_aligned

MOST_SIGNATURES = 5
SMALLEST_KEY_BITS = 1024
_log = logging.getLogger("webinar.calendars.dkim")
_log.setLevel(logging.CRITICAL)  # a signature that fails is a finding, told by the verdict


def proofs(mail: InboundMail, raw: bytes, records: Records, authserv_id: str) -> frozenset[Proof]:
    """What shows that `mail` is by its author. Raises RecordsSilent while DNS does not answer.

    `raw` are the mail's bytes as received; `authserv_id` is our server's name, "" to believe none.
    """
    domain = domain_of(mail.author)
    if not domain:
        return frozenset()
    found = set()
    if authserv_id and _receiver_vouches(mail.verdicts, domain, authserv_id):
        found.add(Proof.RECEIVER)
    elif any(is_aligned(domain, signer) for signer in _signers(raw, records)):
        found.add(Proof.SIGNED)
    return frozenset(found)


def _signers(raw: bytes, records: Records) -> Iterator[str]:
    """The domains whose signature of the whole mail holds.

    One that covers only the first bytes of the body (`l=`) is none: anybody may add to such a mail.
    """
    try:
        signed = dkim.DKIM(raw, logger=_log, minkey=SMALLEST_KEY_BITS)
    except dkim.DKIMException:
        return
    count = sum(name.lower() == b"dkim-signature" for name, _value in signed.headers)
    for number in range(min(count, MOST_SIGNATURES)):
        try:
            holds = signed.verify(number, dnsfunc=lambda name, timeout=0: _record(records, name))
        except (dkim.DKIMException, ValueError, LookupError, TypeError):
            continue  # a broken signature is no signature (RFC 6376 6.1)
        fields = signed.signature_fields
        if holds and b"l" not in fields:
            yield bytes(fields[b"d"]).decode("ascii", "replace").lower()


def _record(records: Records, name: bytes | str) -> bytes | None:
    return records.txt(name.decode("ascii", "replace") if isinstance(name, bytes) else name)


def _receiver_vouches(verdicts: tuple[str, ...], domain: str, authserv_id: str) -> bool:
    """Whether our server found the author's domain in order: by DMARC, an aligned signature or aligned SPF.

    Only its topmost header counts: what stands below may have come with the mail (RFC 8601 5 and 7.1).
    """
    for line in verdicts:
        try:
            header = AuthenticationResultsHeader.parse_value(line)
        except (AuthResError, ValueError, LookupError, TypeError, AttributeError):
            continue
        if str(header.authserv_id or "").lower() == authserv_id.lower():
            return any(
                result.result == "pass" and is_aligned(domain, proven)
                for result in header.results
                for proven in _proven(result.method, result.properties)
            )
    return False


def _proven(method: str, properties: list[object]) -> Iterator[str]:
    wanted = {"dmarc": ("header", "from"), "dkim": ("header", "d"), "spf": ("smtp", "mailfrom")}.get(method)
    for each in properties:
        if (getattr(each, "type", None), getattr(each, "name", None)) == wanted:
            yield domain_of(str(getattr(each, "value", "")))
