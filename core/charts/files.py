"""Figures as files that leave the page, in the light palette: SVG with outlined letters, and PNG.

Letters are those of DejaVu Sans, which comes with matplotlib and has every letter of Vietnamese; as outlines they need
no font where the file is opened.
"""

import io
from html import escape
from typing import TYPE_CHECKING

from core.charts.svg import DRAWING, svg_text

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DOTS = 144
"""The resolution of a PNG: twice the units of the drawing, sharp on a phone and in a document."""


def svg_file(figure: "Figure", title: str) -> bytes:
    """Return *figure*, drawn in the colours of a theme, as an SVG file called *title*."""
    head, tag, rest = svg_text(figure, "path").partition("<svg ")
    named = rest.replace(">", f"><title>{escape(title)}</title>", 1)
    return f"{head}{tag}{named}".encode()


def png_file(figure: "Figure") -> bytes:
    """Return *figure*, drawn in the colours of a theme, as a PNG."""
    picture = io.BytesIO()
    with DRAWING:
        figure.savefig(picture, format="png", dpi=DOTS, metadata={"Software": None})
    return picture.getvalue()
