"""The tile map as a drawing: every square, its count and its source in the picture."""

import pytest

from core.charts.caption import Caption
from core.charts.files import png_file, svg_file
from core.charts.palette import LIGHT
from core.charts.tile_drawing import draw_tiles
from core.charts.tiles import TileValue, tile_map

PLACES = {"1": (1, 1), "2": (2, 1), "3": (3, 1), "4": (2, 2), "5": (2, 3)}
VALUES = {
    "1": TileValue("hi", "Lâm Bình", 0.9),
    "2": TileValue("lo", "Nà Hang", 0.5),
    "3": TileValue("eq", "Bình An"),
    "4": TileValue("few", "Thượng Lâm"),
}
KEY = {"hi": "cao hơn rõ", "lo": "thấp hơn rõ", "eq": "ngang mức của tỉnh", "few": "chưa đủ lượt", "no": "chưa mở"}
MAP = tile_map(PLACES, VALUES, {})


def drawn(title="1 nơi cao hơn rõ mức của tỉnh, 1 nơi thấp hơn rõ", source=("Lắng Nghe", "lang-nghe.vn/ket-qua/")):
    return draw_tiles(MAP, Caption(title, source=source), KEY, LIGHT)


def texts_of(figure):
    return [text.get_text() for text in figure.axes[0].texts]


def test_the_key_counts_the_squares_of_each_kind():
    assert {"1 cao hơn rõ", "1 thấp hơn rõ", "1 ngang mức của tỉnh", "1 chưa đủ lượt", "1 chưa mở"} <= set(
        texts_of(drawn())
    )


def test_every_square_is_drawn_once_and_once_more_in_the_key():
    assert len(drawn().axes[0].patches) == 2 * len(PLACES)


def test_only_clear_differences_have_an_arrow():
    assert len(drawn().axes[0].lines) == 2 * 2


def test_long_lines_are_broken_inside_the_drawing():
    figure = drawn(title="nơi cao hơn rõ " * 12, source=("số liệu " * 30, "lang-nghe.vn"))
    renderer = figure.canvas.get_renderer() if hasattr(figure.canvas, "get_renderer") else None
    width, height = (figure.get_size_inches() * 72).tolist()

    boxes = [text.get_window_extent(renderer) for text in figure.axes[0].texts]

    assert all(box.x1 < width and box.y0 > 0 and box.y1 < height for box in boxes)


def test_the_files_name_their_title_and_their_source():
    title = "1 nơi cao hơn rõ mức của tỉnh"

    assert f"<title>{title}</title>" in svg_file(drawn(title=title), title).decode()
    assert png_file(drawn()).startswith(b"\x89PNG")


def test_a_map_without_squares_is_refused():
    with pytest.raises(ValueError, match="squares"):
        draw_tiles(tile_map({}, {}, {}), Caption(""), KEY, LIGHT)
