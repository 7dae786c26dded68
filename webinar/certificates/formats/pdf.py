"""The certificate as a PDF/UA-1 page: one A4 sheet, fonts embedded, QR code to the verify page."""

import io
import json
import re
import threading
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any, cast

import fontpkg
import segno
import typst
from noto_cjk_sans_otc import FONT_PATH

from webinar.certificates.formats.face import CertificateFace
from webinar.certificates.rules import script_of
from webinar.plaintext import one_line
from webinar.refusal import Refusal

_TEMPLATE = Path(__file__).with_name("certificate.typ")
# One compiler serves all threads and keeps the inputs of its last call: one call at a time.
_LOCK = threading.Lock()

# Overrides and isolates could show a name in another order than its letters are stored in.
_REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_UNSHOWN = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_QR_MASK = 3
_LONGEST_WORD = 32
_BREAK = "\u200b"
_WIDE = re.compile("[\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")

Value = dict[str, Any]


class MissingGlyph(Refusal):
    """A text holds characters that no font at hand can draw; the certificate is held, not printed.

    `text` is the whole text (usually the holder's name), `characters` those without a glyph.
    """

    def __init__(self, text: str, characters: str) -> None:
        super().__init__(
            f"“{text}” cannot be printed yet: no font of ours has the characters {' '.join(characters)}."
            " The certificate is held. Ask the person for another spelling, or add a font."
        )
        self.text = text
        self.characters = characters


def render(face: CertificateFace) -> bytes:
    """`face` as the bytes of a one-page PDF/UA-1 document; the same face gives the same bytes.

    Nothing typed by a person is read as markup, no file or network is reached beyond the template
    and the packaged fonts. Control characters become spaces. Raises MissingGlyph.
    """
    inputs = _inputs(face)
    try:
        with _LOCK:
            pdf = _compiler().compile(
                input=_source(),
                format="pdf",
                pdf_standards=["ua-1"],
                sys_inputs={"face": json.dumps(inputs, ensure_ascii=False)},
            )
    except typst.TypstError as error:
        raise _missing_glyph(error, inputs) or error from None
    return cast(bytes, pdf)


@cache
def _source() -> bytes:
    return _TEMPLATE.read_bytes()


@cache
def _compiler() -> typst.Compiler:
    """The compiler of this process, with the fonts that came by their packages and no others."""
    noto = ("Noto Sans", "Noto Sans Devanagari", "Amiri")
    folders = [str(fontpkg.path(name).parent) for name in noto] + [str(Path(str(FONT_PATH)).parent)]
    fonts = typst.Fonts(include_system_fonts=False, font_paths=folders)
    return typst.Compiler(root=str(_TEMPLATE.parent), font_paths=fonts, ignore_system_fonts=True)


def _inputs(face: CertificateFace) -> Value:
    """The whole certificate as plain data for the template."""
    words = face.words

    def spoken(text: str) -> Value:
        return _value(text, face.language)

    page = spoken(words.certifies)
    speakers = f"{words.speakers} {words.separator.join(face.speakers)}" if face.speakers else ""
    return {
        "lang": page["lang"],
        "region": page["region"],
        "dir": page["dir"],
        "brand": face.brand,
        "document": _line(f"{face.heading}: {face.holder}"),
        "author": _line(face.society),
        "heading": spoken(face.heading),
        "society": spoken(face.society),
        "certifies": page,
        "holder": _value(face.holder, face.holder_language or face.language),
        "did": spoken(face.did),
        "title": spoken(face.title),
        "speakers": spoken(speakers) if speakers else None,
        "facts": _facts(face),
        "statement": spoken(face.statement) if face.statement else None,
        "code_name": spoken(words.code),
        "code": _line(face.code),
        "check": spoken(words.check),
        "url": face.verify_url,
        "qr": _qr_svg(face.verify_url),
        "alternative": _line(f"{words.qr_alternative} {face.verify_url}"),
    }


def _facts(face: CertificateFace) -> list[Value]:
    """The columns between the hairlines: date, presence, and credit if any is claimed."""
    words, credit = face.words, face.credit
    columns = [(words.date, [face.date]), (words.present, [face.presence])]
    if credit is not None:
        columns.append((words.credit, [f"{credit.amount} {credit.unit}", f"{words.scheme}: {credit.scheme}"]))
    return [
        {"name": _value(name, face.language), "lines": [_value(line, face.language) for line in lines]}
        for name, lines in columns
    ]


def _value(text: str, language: str) -> Value:
    """One text with how to set it; `words` are the parts that cannot be broken over two lines."""
    shown = _breakable(_line(text))
    script = script_of(shown, language)
    lang, _, rest = script.language.replace("_", "-").partition("-")
    region = rest[-2:].upper() if len(rest) == 2 else None
    words = [word for word in re.split(rf"[\s{_BREAK}]+", shown) if word and not _WIDE.search(word)]
    return {
        "text": shown,
        "words": sorted(set(words), key=len, reverse=True)[:8],
        "lang": lang.lower(),
        "region": region,
        "dir": script.direction,
        "font": script.font,
    }


def _line(text: str) -> str:
    return _REORDERING.sub("", one_line(text))


def _breakable(text: str) -> str:
    """`text` with invisible places to break in words too long for any line."""

    def split(match: re.Match[str]) -> str:
        word = match[0]
        if _WIDE.search(word):
            return word
        return _BREAK.join(word[at : at + _LONGEST_WORD] for at in range(0, len(word), _LONGEST_WORD))

    return re.sub(rf"\S{{{_LONGEST_WORD + 1},}}", split, text)


def _qr_svg(address: str) -> str:
    """The QR code of `address` as SVG paths, without the quiet zone, which the template leaves."""
    out = io.BytesIO()
    # A fixed mask: every reader takes any, and weighing all eight would be a fifth of the whole page.
    code = segno.make_qr(address, error="m", mask=_QR_MASK)
    code.save(out, kind="svg", border=0, light=None, xmldecl=False)
    return out.getvalue().decode()


def _missing_glyph(error: typst.TypstError, inputs: Value) -> MissingGlyph | None:
    """What could not be drawn, and in which text; None if the error is of another kind."""
    quoted = "".join(dict.fromkeys("".join(_UNSHOWN.findall(error.diagnostic))))
    characters = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), quoted)
    if not characters:
        return None
    texts = (text for text in _texts(inputs) if set(characters) & set(unicodedata.normalize("NFC", text)))
    return MissingGlyph(next(texts, inputs["holder"]["text"]), characters)


def _texts(inputs: Value) -> list[str]:
    """Every text on the page, the holder's name first."""
    values = [inputs["holder"], *(v for v in inputs.values() if isinstance(v, dict))]
    values += [part for fact in inputs["facts"] for part in (fact["name"], *fact["lines"])]
    return [value["text"].replace(_BREAK, "") for value in values]
