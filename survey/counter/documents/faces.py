"""The five faces of a rating, drawn for paper: they differ by brows, eyes and mouth, with a word under each."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from core.pdf.colours import INK, MUTED
from core.pdf.drawing import Drawing, Shape, circle
from core.pdf.fonts import PLAIN, SEMI
from core.pdf.lettering import SHRINK, Column, fit

_LINES = {
    5: "M11.5 14q4-4.5 8.5-.5M36.5 14q-4-4.5-8.5-.5M13 22.5q3.5-4.5 7 0M28 22.5q3.5-4.5 7 0"
    "M13.5 29.5h21q-2 9.5-10.5 9.5t-10.5-9.5z",
    4: "M13 15.5q3.5-2.5 7 0M28 15.5q3.5-2.5 7 0M16.5 21v3M31.5 21v3M15 30.5q9 8 18 0",
    3: "M13 16h7M28 16h7M16.5 21.5v3M31.5 21.5v3M16 33h16",
    2: "M12.5 17l7-3M35.5 17l-7-3M16.5 21.5v3M31.5 21.5v3M16 35.5q8-6.5 16 0",
    1: "M12 14.5l8.5 4M36 14.5l-8.5 4M17 23v3M31 23v3M14.5 37.5q2-7 9.5-7t9.5 7",
}
"""By level, best first: the lines of the page's own faces (templates/_macros/faces.html)."""
_TINTS = {5: "#CFE5D5", 4: "#E2EEDA", 3: "#F4EBD3", 2: "#F9DFC8", 1: "#F5CABD"}
FACES = {
    level: Drawing((Shape(circle(24, 24, 21.5), HexColor(_TINTS[level])), Shape(lines)), size=48, line=2.5)
    for level, lines in _LINES.items()
}
"""The faces from very satisfied, 5, to very dissatisfied, 1."""


@dataclass(frozen=True)
class FaceRow:
    """The five faces side by side, each of *side*, its words below; best first, or the other way round."""

    side: float
    words: Sequence[Column]
    is_rising: bool = False

    @property
    def height(self) -> float:
        return 1.08 * self.side + max(column.height for column in self.words)

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        each = width / len(FACES)
        faces = [FACES[level] for level in sorted(FACES, reverse=not self.is_rising)]
        for at, (face, column) in enumerate(zip(faces, self.words, strict=True)):
            left = x + at * each
            face.draw(canvas, left + (each - self.side) / 2, top - self.side, self.side)
            column.draw(canvas, left, top - 1.08 * self.side, each)


def face_row(said: Sequence[Sequence[str]], side: float, size: float, width: float) -> FaceRow:
    """Return the faces with their words, all in one size; *said* has those of one language, or of two."""
    each = 0.94 * width / len(FACES)
    for shrunk in SHRINK:
        rows = [
            [
                fit(word, font, size * share * shrunk, each, most=2, colour=colour, leading=1.18)
                for words, share, font, colour in zip(said, (1, 0.85), (SEMI, PLAIN), (INK, MUTED), strict=False)
                for word in (words[at],)
            ]
            for at in range(len(FACES))
        ]
        if all(text.size >= 0.84 * size * shrunk for column in rows for text in column):
            break
    return FaceRow(side, [Column(column) for column in rows])
