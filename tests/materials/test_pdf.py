"""Which files are taken as slides; each refusal is a sentence, and parsing never happens in our process."""

from tempfile import TemporaryFile

import pytest

from tests.factories import materials
from webinar.materials.formats import pdf


def pages_of(content: bytes) -> int:
    with TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        return pdf.count_pages(file)


def refused(content: bytes) -> str:
    with pytest.raises(pdf.UnreadableSlides) as refusal:
        pages_of(content)
    assert refusal.value.field == "file"
    return refusal.value.sentence


@pytest.mark.parametrize("pages", [1, 12])
def test_the_pages_of_a_pdf_are_counted(pages):
    assert pages_of(materials.pdf(pages)) == pages


def test_a_pdf_written_by_hand_is_read_and_its_file_is_rewound():
    with TemporaryFile() as file:
        file.write(materials.raw_pdf())
        assert pdf.count_pages(file) == 1
        assert file.tell() == 0


@pytest.mark.parametrize(
    "content",
    [
        b"<!doctype html><title>Slides</title><script>alert(1)</script>",
        b"\xef\xbb\xbf%PDF-1.7\n%%EOF",
        b" %PDF-1.7\n%%EOF",
        b"\x89PNG\r\n\x1a\n",
        b"PK\x03\x04",
        b"x",
    ],
)
def test_what_does_not_begin_as_a_pdf_is_none(content):
    assert refused(content) == pdf.NO_PDF


def test_a_zip_file_named_pdf_is_refused():
    assert refused(materials.archive()) == pdf.NO_PDF


def test_a_pdf_whose_transfer_stopped_is_refused():
    assert refused(materials.truncated_pdf()) == pdf.CUT_OFF


@pytest.mark.parametrize(
    "content",
    [materials.pdf_and_archive(), materials.pdf_and_page(), materials.pdf() + b"<script>alert(1)</script>"],
    ids=["archive behind", "page in front", "script behind"],
)
def test_a_file_of_two_kinds_in_one_is_refused(content):
    assert refused(content) == pdf.TWO_IN_ONE


def test_bytes_that_look_like_an_archives_end_by_chance_do_no_harm():
    chance = materials.raw_pdf().replace(b"xref\n", b"% PK\x05\x06" + b"\x01" * 30 + b"\nxref\n", 1)
    assert pages_of(chance) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\nnothing at all\n%%EOF\n",
        materials.raw_pdf(pages="<< /Type /Pages /Kids [] /Count 0 >>"),
    ],
    ids=["empty shell", "no pages"],
)
def test_a_damaged_pdf_is_refused(content):
    assert refused(content) == pdf.BROKEN


def test_a_pdf_with_a_password_is_refused():
    assert refused(materials.encrypted_pdf()) == pdf.LOCKED


def test_a_pdf_that_takes_too_long_is_given_up():
    with TemporaryFile() as file:
        file.write(materials.pdf())
        with pytest.raises(pdf.UnreadableSlides) as refusal:
            pdf.count_pages(file, wall_seconds=0.001)
    assert refusal.value.sentence == pdf.TOO_HARD


def test_a_child_that_dies_of_its_limits_is_told_as_too_hard(tmp_path):
    hungry = tmp_path / "hungry.py"
    hungry.write_text(
        "import resource\nresource.setrlimit(resource.RLIMIT_AS, (1 << 28, 1 << 28))\nbytearray(1 << 30)\n"
    )
    with TemporaryFile() as file:
        file.write(materials.pdf())
        with pytest.raises(pdf.UnreadableSlides) as refusal:
            pdf.count_pages(file, program=hungry)
    assert refusal.value.sentence == pdf.TOO_HARD
