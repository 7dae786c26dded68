"""Slides for tests: small real PDFs, and files that only pretend."""

import zipfile
from io import BytesIO

import pypdfium2

from tests.factories.accounts import olga
from tests.page import Page, PageClient
from webinar.accounts.rules import TokenKind
from webinar.accounts.service import token_of
from webinar.db.store import store
from webinar.materials import queries, service
from webinar.materials.models import Deck
from webinar.meetings import service as meetings
from webinar.meetings.port import Link
from webinar.sessions.models import Session, Speaker

ROOM = "https://zoom.example/j/123456789"


def pdf(pages: int = 1, *, width: int = 960) -> bytes:
    """A real PDF of empty pages; another width gives other bytes."""
    document = pypdfium2.PdfDocument.new()
    for _number in range(pages):
        document.new_page(width, 540)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def truncated_pdf() -> bytes:
    """A PDF whose transfer stopped half way."""
    whole = pdf(40)
    return whole[: len(whole) // 2]


def encrypted_pdf() -> bytes:
    """A PDF that asks for a password: the standard security handler with keys that nobody has."""
    keys = "<" + "41" * 32 + ">"
    return raw_pdf(
        f"/Encrypt << /Filter /Standard /V 1 /R 2 /O {keys} /U {keys} /P -44 >> /ID [<{'00' * 16}> <{'00' * 16}>]"
    )


def raw_pdf(trailer: str = "", *, pages: str = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>") -> bytes:
    """A PDF written by hand, with more in its trailer or another page tree."""
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        pages,
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 960 540] >>",
    )
    body, places = b"%PDF-1.4\n", []
    for number, words in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{words}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 4\n0000000000 65535 f \n{table}trailer\n<< /Size 4 /Root 1 0 R {trailer} >>\n"
    return body + f"{end}startxref\n{len(body)}\n%%EOF\n".encode()


def archive() -> bytes:
    """A ZIP file with one member."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        packed.writestr("run.html", "<script>alert(1)</script>")
    return written.getvalue()


def pdf_and_archive() -> bytes:
    """A PDF that unpackers take for a ZIP file: its directory hides behind a comment."""
    packed = archive()
    place = packed.rindex(b"PK\x05\x06")
    comment = b"\n%%EOF\n"
    ended = packed[: place + 20] + len(comment).to_bytes(2, "little") + comment
    return pdf() + ended


def pdf_and_page() -> bytes:
    """A PDF that browsers might take for a page."""
    whole = raw_pdf()
    return whole.replace(b"%PDF-1.4\n", b"%PDF-1.4\n<html><script>alert(1)</script>\n", 1)


def deck(speaker: Speaker, content: bytes | None = None, name: str = "talk.pdf") -> Deck:
    """Slides of a speaker, as if uploaded."""
    sent = BytesIO(content or pdf())
    with service.examined(sent, name) as slides, service.laid_down(slides) as key:
        made, _is_new = service.keep(speaker, slides, key, actor_id=speaker.person_id)
        store.commit()
    return made


def current(speaker: Speaker) -> Deck | None:
    """The slides that people see, read afresh."""
    store.expire_all()
    return queries.current_deck(speaker.id)


def file(content: bytes) -> BytesIO:
    """Bytes as a form sends them."""
    return BytesIO(content)


def talk_path(speaker: Speaker) -> str:
    """The address that was mailed to a speaker."""
    return f"/talk/{token_of(TokenKind.TALK, speaker.nonce)}"


def upload(page: PageClient, speaker: Speaker, content: bytes, name: str = "talk.pdf") -> Page:
    """What a speaker does: open the one page, choose a file, press Upload."""
    return page.get(talk_path(speaker)).submit("/slides", file=(BytesIO(content), name))


def room(session: Session, url: str = ROOM) -> None:
    """The session's room is set."""
    meetings.set_link(session, olga(), Link(url=url))
    store.commit()
