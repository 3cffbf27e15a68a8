"""The colours of paper: those of the pages in their light theme, dark enough for a black-and-white printer."""

from reportlab.lib.colors import HexColor, white

INK, MUTED = HexColor("#1F2A2E"), HexColor("#3F494B")
LEAF, LEAF_DEEP, LEAF_TINT = HexColor("#1F6F54"), HexColor("#175540"), HexColor("#E4EFE4")
GAC, GOLD, GOLD_TINT = HexColor("#B93A26"), HexColor("#E0A526"), HexColor("#FBEFCF")
LINE, PROVINCE, WHITE = HexColor("#CCC4B4"), HexColor("#2F3D66"), white
