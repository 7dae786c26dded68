"""A program of its own: counts the pages of the PDF on standard input, under limits it sets itself.

It imports nothing of the application and inherits no environment. Exit codes: 0 with the number on
standard output, 3 protected, 4 damaged; anything else means that a limit struck.
"""

import ctypes
import resource
import sys

import pypdfium2
import pypdfium2.raw as pdfium

MEMORY_BYTES = 1 << 30
CPU_SECONDS = 20
PROTECTED, DAMAGED = 3, 4
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000


def give_up() -> None:
    """Keep only the memory, time and files that counting needs, and no network where the system allows."""
    limits = (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 32),
    )
    for what, most in limits:
        resource.setrlimit(what, (most, most))
    unshare = getattr(ctypes.CDLL(None), "unshare", None)
    if unshare is not None:
        unshare(CLONE_NEWUSER | CLONE_NEWNET)


def main() -> int:
    """Count, and answer by exit code."""
    give_up()
    try:
        document = pypdfium2.PdfDocument(sys.stdin.buffer)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        return PROTECTED if locked else DAMAGED
    if pdfium.FPDF_GetSecurityHandlerRevision(document) != -1:
        return PROTECTED
    pages, size = len(document), pdfium.FS_SIZEF()
    if pages < 1 or not all(pdfium.FPDF_GetPageSizeByIndexF(document, page, size) for page in range(pages)):
        return DAMAGED
    sys.stdout.write(f"{pages}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
