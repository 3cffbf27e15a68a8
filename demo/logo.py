"""The demo province's logo: a sun over three mountains and a river, drawn here and not a real emblem."""

import io

from PIL import Image, ImageDraw

from commune.operations.logos import set_logo
from core.images import redraw
from demo.units import Units
from demo.world import World

BY = "demo"
SIDE = 1024
LEAF, DEEP, SUN, RIVER, PAPER = "#1f6f54", "#175540", "#e0a526", "#7fb3c8", "#fbf8f1"
MOUNTAINS = (([(150, 720), (360, 380), (570, 720)], LEAF), ([(454, 720), (664, 380), (874, 720)], LEAF),
             ([(262, 720), (512, 270), (762, 720)], DEEP))  # fmt: skip


def load_logo(world: World, units: Units) -> None:
    """Set it as the logo of the province, and so of its communes."""
    set_logo(world.session, units.province, redraw(draw()), by=BY, now=world.now)


def draw() -> bytes:
    """Return the logo as PNG."""
    picture = Image.new("RGBA", (SIDE, SIDE), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((8, 8, SIDE - 8, SIDE - 8), fill=LEAF)
    pen.ellipse((56, 56, SIDE - 56, SIDE - 56), fill=PAPER)
    pen.ellipse((620, 170, 800, 350), fill=SUN)
    for corners, colour in MOUNTAINS:
        pen.polygon(corners, fill=colour)
    for at, (left, right) in enumerate(((150, 874), (214, 810), (308, 716))):
        pen.rounded_rectangle((left, 752 + 56 * at, right, 782 + 56 * at), radius=15, fill=RIVER)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
