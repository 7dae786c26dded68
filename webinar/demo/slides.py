"""A small PDF to stand for a speaker's slides."""

import typst

SOURCE = """
#set page(width: 16cm, height: 9cm)
#set text(size: 20pt)
= #sys.inputs.title
#pagebreak()
== Evidence in ten slides
"""


def small_deck(title: str) -> bytes:
    """Two slides with the session's title, as PDF."""
    pdf = typst.compile(SOURCE.encode(), sys_inputs={"title": title})
    return bytes(pdf)
