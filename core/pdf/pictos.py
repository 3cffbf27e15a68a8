"""Pictograms of what to do with a telephone: open the camera, point it at a code."""

from core.pdf.colours import GOLD_TINT, INK, LEAF, LEAF_TINT, WHITE
from core.pdf.drawing import Drawing, Shape, circle, rectangle

CAMERA = Drawing(
    (
        Shape(rectangle(17, 4, 30, 56, 5), WHITE),
        Shape("M21 11h22v38H21z", LEAF_TINT),
        Shape(circle(32, 54.5, 2)),
        Shape("M25 25h3l2-3h4l2 3h3v12H25z", WHITE),
        Shape(circle(32, 31, 3.5)),
    ),
    size=64,
    line=2.2,
)
AIM = Drawing(
    (
        Shape(rectangle(30, 6, 28, 34, 2), WHITE),
        Shape("M34 10h8v8h-8zM46 10h8v8h-8zM34 22h8v8h-8zM46 22h3v3h-3zM51 27h3v3h-3z", INK, None),
        Shape("M35 35h18"),
        Shape(rectangle(6, 22, 22, 38, 4), GOLD_TINT),
        Shape("M9 28h16v24H9z", WHITE),
        Shape("M12 34v-3h3M22 34v-3h-3M12 46v3h3M22 46v3h-3"),
    ),
    size=64,
    line=2.2,
)
HAND = Shape("M41 58l-6-8c-2-3 1-5 3-3l4 4V36c0-4 6-4 6 0v8l8 2c3 1 4 3 3.5 6L58 60H43z", GOLD_TINT)
PHONE, BUTTON = Shape(rectangle(8, 4, 34, 56, 5), WHITE), Shape(rectangle(13, 40, 24, 9, 2), LEAF)
"""The telephone, the button and the pressing hand of a last step; each kind of sheet draws its own form between."""
LOCK = Drawing((Shape("M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3", None, LEAF),), size=24, line=1.9)
