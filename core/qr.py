"""QR codes as plain matrices and as light SVG pictures."""

from html import escape

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

QUIET = 4
"""Width of the light border, in modules, that ISO/IEC 18004 requires."""


def matrix(text: str, *, mask: int | None = None) -> list[list[bool]]:
    """Return the modules of the smallest QR symbol for *text* at level M, True for dark, without the quiet zone.

    Text of capitals, digits and `$%*+-./:` alone gives a smaller symbol than the same text in small letters. *mask* is
    one of the eight patterns of the standard, all of which readers know; by default the one that the standard scores
    best, and to score them takes five times as long.

    Raises:
        ValueError: *text* is empty, or longer than a QR symbol holds.
    """
    if not text:
        raise ValueError("a QR code needs a text")
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=mask)  # M is 0 and L is 1: never `or` it
    code.add_data(text)
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.get_matrix()]


def svg(text: str, *, title: str, mask: int | None = None) -> str:
    """Return a QR code as an SVG element for a page: one path, quiet zone included, *title* for screen readers.

    It has no size, style or outside reference; the page's style sheet sets the size.
    """
    modules = matrix(text, mask=mask)
    size = len(modules) + 2 * QUIET
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {size} {size}"'
        ' shape-rendering="crispEdges">'
        f"<title>{escape(title)}</title>"
        f'<rect width="{size}" height="{size}" fill="#fff"/>'
        f'<path fill="#000" d="{_path(modules)}"/></svg>'
    )


def runs(row: list[bool]) -> list[tuple[int, int]]:
    """Return the runs of dark modules in *row*: the start and length of each.

    >>> runs([True, True, False, True])
    [(0, 2), (3, 1)]
    """
    found: list[tuple[int, int]] = []
    for place, dark in enumerate(row):
        if dark and place and row[place - 1]:
            start, length = found.pop()
            found.append((start, length + 1))
        elif dark:
            found.append((place, 1))
    return found


def _path(modules: list[list[bool]]) -> str:
    return "".join(
        f"M{QUIET + start} {QUIET + line}h{length}v1h-{length}z"
        for line, row in enumerate(modules)
        for start, length in runs(row)
    )
