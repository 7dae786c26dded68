"""What stands on a certificate, in words ready to be set."""

import re
from dataclasses import asdict, dataclass
from typing import Any, Self

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateWords:
    """The fixed words of a certificate in the language of the document; English unless given."""

    attendance_heading: str = "Certificate of attendance"
    credit_heading: str = "Certificate of credit"
    certifies: str = "This is to certify that"
    speakers: str = "Presented by"
    separator: str = ", "
    date: str = "Date"
    present: str = "Present"
    credit: str = "Credit claimed"
    scheme: str = "Scheme"
    check: str = "Scan the code or open the address to check this certificate."
    code: str = "Certificate code"
    qr_alternative: str = "QR code with the address"


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditLine:
    """The credit claimed, never the maximum: `amount` "0.75", its `unit`, and the `scheme` with version."""

    amount: str
    unit: str
    scheme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateFace:
    """Everything printed on one certificate; plain text throughout, nothing is markup.

    `did` continues “This is to certify that (holder)”: "attended the live webinar". `date` and
    `presence` are finished texts ("14 October 2026, 13:00–14:00 UTC"; "60 of 60 minutes").
    `credit` is None for a certificate of attendance only. `statement` is the society's own
    accreditation wording. `code` and `verify_url` lead to the public page, `brand` is #RRGGBB.
    `language` (BCP 47) is that of the document, `holder_language` that of the name if known:
    it picks letter forms (Nepali, Japanese). Raises ValueError for a colour of another form.
    """

    holder: str
    society: str
    did: str
    title: str
    date: str
    presence: str
    code: str
    verify_url: str
    credit: CreditLine | None = None
    speakers: tuple[str, ...] = ()
    statement: str = ""
    brand: str = "#0B5563"
    language: str = "en"
    holder_language: str = ""
    words: CertificateWords = CertificateWords()

    def __post_init__(self) -> None:
        if not _COLOUR.fullmatch(self.brand):
            raise ValueError(f"not a colour: {self.brand!r}")

    @property
    def heading(self) -> str:
        """The heading, by whether credit is claimed."""
        return self.words.attendance_heading if self.credit is None else self.words.credit_heading

    def stored(self) -> dict[str, Any]:
        """The face as plain JSON values, kept with the certificate as issued."""
        return {**asdict(self), "speakers": list(self.speakers)}

    @classmethod
    def from_stored(cls, stored: dict[str, Any]) -> Self:
        """The face that `stored()` gave; words added to the product since then take their English."""
        credit = stored["credit"]
        return cls(
            **{
                **stored,
                "speakers": tuple(stored["speakers"]),
                "credit": None if credit is None else CreditLine(**credit),
                "words": CertificateWords(**stored["words"]),
            }
        )
