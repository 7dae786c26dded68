"""The certificate PDF: one accessible page, every name as it is written, a QR code that leads back."""

import ctypes
import json
import re
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import segno

from webinar.certificates.formats.face import CertificateFace, CertificateWords, CreditLine
from webinar.certificates.formats.pdf import MissingGlyph, render

A4_LANDSCAPE = (842, 595)
MARGIN = 28  # points: the hairline frame stands there
ADDRESS = "https://webinar.example.org/v/7Q4K-93MD-0VXA-T2BE-M6CN"
FACE = CertificateFace(
    holder="Ada Lovelace",
    society="Example Neurosurgical Society",
    did="attended the live webinar",
    title="Flow diverters in ruptured aneurysms",
    date="14 October 2026, 13:00–14:00 UTC",
    presence="60 of 60 minutes",
    code="7Q4K-93MD-0VXA-T2BE-M6CN",
    verify_url=ADDRESS,
    credit=CreditLine(amount="0.75", unit="example credits", scheme="Hourly, version 2026-01"),
    speakers=("Pia Lindqvist", "Sam Otieno"),
)


def page_of(pdf: bytes) -> pypdfium2.PdfPage:
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 1
    return document[0]


def text_of(pdf: bytes) -> str:
    """The text as it copies out, lines joined, presentation forms folded."""
    copied = page_of(pdf).get_textpage().get_text_range()
    return unicodedata.normalize("NFKC", re.sub(r"\s+", " ", copied))


def test_it_is_one_landscape_a4_page_with_all_that_a_certificate_must_say() -> None:
    pdf = render(FACE)
    assert tuple(round(side) for side in page_of(pdf).get_size()) == A4_LANDSCAPE
    assert text_of(pdf) == (
        "Example Neurosurgical Society Certificate of credit This is to certify that Ada Lovelace"
        " attended the live webinar Flow diverters in ruptured aneurysms"
        " Presented by Pia Lindqvist, Sam Otieno Date 14 October 2026, 13:00–14:00 UTC"
        " Present 60 of 60 minutes Credit claimed 0.75 example credits Scheme: Hourly, version 2026-01"
        f" Certificate code 7Q4K-93MD-0VXA-T2BE-M6CN Scan the code or open the address to check"
        f" this certificate. {ADDRESS}"
    )


def test_without_credit_it_says_attendance_and_no_credit() -> None:
    text = text_of(render(replace(FACE, credit=None)))
    assert "Certificate of attendance" in text
    assert "redit" not in text


def test_the_statement_of_the_society_is_printed_as_given() -> None:
    assert "Accredited by the example council, no. 2026-114." in text_of(
        render(replace(FACE, statement="Accredited by the example council, no. 2026-114."))
    )


def test_it_declares_pdf_ua_its_language_and_its_title() -> None:
    pdf = render(replace(FACE, language="pt-BR"))
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert b"pt-BR" in pdf
    assert pypdfium2.PdfDocument(pdf).get_metadata_dict()["Title"] == "Certificate of credit: Ada Lovelace"
    assert pdfium.FPDFCatalog_IsTagged(pypdfium2.PdfDocument(pdf).raw)


def test_every_font_is_embedded() -> None:
    page = page_of(render(replace(FACE, holder="Ada अनिता محمد 王小明")))
    fonts: dict[str, int] = {}
    for item in page.get_objects([pdfium.FPDF_PAGEOBJ_TEXT]):
        font = pdfium.FPDFTextObj_GetFont(item.raw)
        name = ctypes.create_string_buffer(200)
        pdfium.FPDFFont_GetBaseFontName(font, name, 200)
        fonts[name.value.decode().split("+")[-1]] = pdfium.FPDFFont_GetIsEmbedded(font)
    assert set(fonts.values()) == {1}
    assert len(fonts) == 5


def test_it_carries_no_file_and_the_only_link_is_the_verify_page() -> None:
    pdf = render(replace(FACE, holder="<img src=http://127.0.0.1/x>", title="@import file:///etc/passwd"))
    assert b"/EmbeddedFile" not in pdf
    assert re.findall(rb"/URI ?\((.*?)\)", pdf) == [ADDRESS.encode()]


def test_the_same_face_gives_the_same_bytes() -> None:
    assert render(FACE) == render(FACE)


@pytest.mark.parametrize(
    "holder",
    [
        "डा. अनिता श्रेष्ठ क्षेत्री",
        "د. محمد عبد الرحمن الشريف",
        "فاطمه می\u200cخواهد",
        "Doğuş Işık İğneci fişek",
        "王小明",
        "山田 花子 ひろし",
        "김민수",
        "Юлія Ґалаґан Щербина",
        "Nguyễn Thị Ánh Tuyết",
        "Ελένη Παπαδοπούλου",
        "שרה כהן",
        "Łucja Żółć-Őrsi O’Brien",
        "Ọláyínká Ẹ̀bùn",
        "Bo",
    ],
)
def test_a_name_in_any_script_copies_out_as_it_was_written(holder: str) -> None:
    text = text_of(render(replace(FACE, holder=holder)))
    assert f" {holder.replace(chr(0x200C), '')} " in text.replace("\u200c", "")


def test_a_name_in_two_scripts_keeps_every_word() -> None:
    text = text_of(render(replace(FACE, holder="Layla Haddad (ليلى حداد)")))
    assert [word in text for word in ("Layla Haddad", "ليلى", "حداد")] == [True, True, True]


def test_a_decomposed_name_is_composed() -> None:
    holder = "Nguyễn Thị Ánh"
    assert holder in text_of(render(replace(FACE, holder=unicodedata.normalize("NFD", holder))))


@pytest.mark.parametrize(
    "holder",
    [
        "#panic() *x* $y$ _z_",
        "<b>Ada</b> & `raw` // no",
        '"); #read("/etc/passwd"',
        "@ref <label> \\ ~ --- ...",
        "= Ada",
    ],
)
def test_markup_in_a_name_stays_text(holder: str) -> None:
    assert unicodedata.normalize("NFKC", holder) in text_of(render(replace(FACE, holder=holder)))


def test_control_characters_become_a_space_and_order_overrides_go() -> None:
    assert "Ada Love lace" in text_of(render(replace(FACE, holder="Ada\x00\x07 \u202eLove\r\nlace\u2069")))


@pytest.mark.parametrize(
    "holder", ["W" * 200, "Maria " * 40, "अनिता " * 40, "محمد " * 40, "王" * 120, "A-" * 100, "Ada 王" * 40]
)
@pytest.mark.parametrize("title", ["Aneurysm " * 33, "王小明" * 100, "W" * 300])
def test_the_longest_texts_stay_inside_the_frame_of_one_page(holder: str, title: str) -> None:
    page = page_of(
        render(
            replace(
                FACE,
                holder=holder,
                title=title,
                society="Society of Neurosurgery " * 8,
                speakers=("Pia Lindqvist-Långström",) * 20,
                presence="60 of 60 minutes " * 6,
                statement="Accredited by the example council. " * 12,
            )
        )
    )
    textpage = page.get_textpage()
    boxes = [textpage.get_charbox(at) for at in range(textpage.count_chars())]
    inked = [box for box in boxes if box[2] > box[0]]
    assert min(box[0] for box in inked) > MARGIN
    assert min(box[1] for box in inked) > MARGIN
    assert max(box[2] for box in inked) < A4_LANDSCAPE[0] - MARGIN
    assert max(box[3] for box in inked) < A4_LANDSCAPE[1] - MARGIN


@pytest.mark.parametrize(("holder", "characters"), [("Ada 🙂", "🙂"), ("สมชาย Ada", "สมชาย")])
def test_a_name_that_no_font_can_draw_is_held_with_its_name(holder: str, characters: str) -> None:
    with pytest.raises(MissingGlyph) as caught:
        render(replace(FACE, holder=holder))
    assert caught.value.text == holder
    assert set(caught.value.characters) == set(characters)
    assert holder in caught.value.sentence


def test_a_title_that_no_font_can_draw_is_named_as_such() -> None:
    with pytest.raises(MissingGlyph) as caught:
        render(replace(FACE, title="Aneurysm 🧠"))
    assert (caught.value.text, caught.value.characters) == ("Aneurysm 🧠", "🧠")


def test_after_a_refused_name_the_next_one_is_printed() -> None:
    with pytest.raises(MissingGlyph):
        render(replace(FACE, holder="🙂"))
    assert "Ada Lovelace" in text_of(render(FACE))


@pytest.mark.parametrize("face", [FACE, replace(FACE, credit=None, speakers=())])
def test_a_face_kept_as_json_comes_back_the_same(face: CertificateFace) -> None:
    assert CertificateFace.from_stored(json.loads(json.dumps(face.stored()))) == face


def test_a_brand_colour_must_be_a_colour() -> None:
    with pytest.raises(ValueError, match="not a colour"):
        replace(FACE, brand="red")


def test_the_qr_code_holds_the_address_of_the_verify_page() -> None:
    assert modules_of(page_of(render(FACE)), left=22 * MM) == EXPECTED_MODULES


def test_certificates_made_at_the_same_time_keep_their_own_names() -> None:
    holders = [f"Ada {number}th" for number in range(10, 26)]
    with ThreadPoolExecutor(4) as pool:
        pages = list(pool.map(lambda holder: render(replace(FACE, holder=holder)), holders))
    assert [holder in text_of(page) for holder, page in zip(holders, pages, strict=True)] == [True] * 16


def test_the_page_begins_on_the_right_in_a_right_to_left_language() -> None:
    words = CertificateWords(certifies="نشهد بأن", code="رمز الشهادة")
    page = page_of(render(replace(FACE, language="ar", words=words)))
    assert modules_of(page, left=(297 - 22 - 27) * MM) == EXPECTED_MODULES


MM = 72 / 25.4
EXPECTED_MODULES = [
    [module & 1 for module in row] for row in segno.make_qr(ADDRESS, error="m", mask=3).matrix
]


def modules_of(page: pypdfium2.PdfPage, left: float) -> list[list[int]]:
    """The dark (1) and light (0) modules of the code, 27 mm wide and 18 mm above the page's end.

    Sampled at their centres in a rendering of the page; `left` in points.
    """
    scale, side = 6, len(EXPECTED_MODULES)
    bitmap = page.render(scale=scale, grayscale=True)
    pixels, stride = bytes(bitmap.buffer), bitmap.stride
    top, step = (210 - 18 - 27) * MM, 27 * MM / side

    def dark(column: int, row: int) -> int:
        x, y = (left + (column + 0.5) * step) * scale, (top + (row + 0.5) * step) * scale
        return int(pixels[int(y) * stride + int(x)] < 128)

    return [[dark(column, row) for column in range(side)] for row in range(side)]
