"""Drawings of a trend: repeatable, small, without anything that the policy of pages refuses, in the themes' colours."""

import gzip
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from core.charts import palette
from core.charts.caption import EDGE, Caption
from core.charts.files import png_file, svg_file
from core.charts.palette import DARK, LIGHT, NAMES, SENTINELS
from core.charts.svg import inline_svg
from core.charts.trend import LARGE, NARROW, WIDE, Trend, TrendPoint, draw_trend

ROOT = Path(__file__).parents[3]
SHARES = [0.45, 0.58, 0.77, None, 0.82, 0.74]
REFERENCE = (0.79, 0.78, 0.79, 0.8, 0.81, 0.83)
CAPTION = Caption("Lâm Bình: từ 45 % lên 74 %", "Tỷ lệ hài lòng từng tháng, %", ("Lắng Nghe", "lang-nghe.vn"))
TEXT = "{http://www.w3.org/2000/svg}text"


def trend(shares=SHARES, reference=REFERENCE, first=9):
    labels = [f"T{(first + place - 1) % 12 + 1}/{2025 + (first + place - 1) // 12}" for place in range(len(shares))]
    points = [
        TrendPoint(label, share, max((share or 0) - 0.1, 0), min((share or 0) + 0.1, 1))
        for label, share in zip(labels, shares, strict=True)
    ]
    return Trend(tuple(points), "Lâm Bình", tuple(reference), "Toàn tỉnh" if reference else "")


def drawn(size=WIDE, key="thang", title="Tỷ lệ hài lòng", **how):
    return inline_svg(draw_trend(trend(**how), size, SENTINELS), key, title)


def texts_in(picture):
    return [text.text for text in ElementTree.fromstring(picture).iter(TEXT)]


def test_the_same_figures_give_the_same_bytes_in_all_threads():
    with ThreadPoolExecutor(4) as pool:
        pictures = set(pool.map(lambda _: drawn(), range(8)))

    assert len(pictures) == 1


def test_first_highest_and_last_share_are_written_and_both_lines_named():
    assert {"45 %", "82 %", "74 %", "Lâm Bình", "83 %", "Toàn tỉnh"} <= {
        text.replace("\xa0", " ") for text in texts_in(drawn())
    }


def test_each_year_is_named_once():
    texts = texts_in(drawn())

    assert (texts.count("2025"), texts.count("2026")) == (1, 1)


def test_a_month_without_a_share_breaks_the_line():
    assert drawn().count("stroke-v5") == 2
    assert drawn(shares=[0.5] * 6).count("stroke-v5") == 1


def test_without_a_province_there_is_no_dashed_line():
    assert "stroke-dasharray" in drawn()
    assert "stroke-dasharray" not in drawn(reference=())


def test_a_strict_content_policy_finds_nothing_to_refuse():
    assert not re.search(r"style|<script|xlink|<!|<\?|metadata|clip-path|#0a00", drawn())


def test_an_element_has_a_role_a_sentence_a_box_and_no_size():
    root = ElementTree.fromstring(drawn(title='Xã "A" & <B>'))

    assert (root.get("role"), root.get("aria-label"), root.get("width")) == ("img", 'Xã "A" & <B>', None)
    assert root.get("viewBox") == f"0 0 {WIDE.width} {WIDE.height}"


def test_two_drawings_on_a_page_share_no_id():
    ids = [re.findall(r' id="([^"]+)"', drawn(size, key)) for size, key in ((WIDE, "rong"), (NARROW, "hep"))]

    assert all(id.startswith(key) for key, of_one in zip(("rong", "hep"), ids, strict=True) for id in of_one)
    assert set(re.findall(r'href="#([^"]+)"', drawn(key="rong"))) <= set(ids[0])


def test_every_class_of_a_drawing_has_its_rule():
    sheet = (ROOT / "static/css/drawings.css").read_text()

    for name in NAMES:
        assert f".fill-{name} {{" in sheet
        assert f".stroke-{name} {{" in sheet


def test_the_palettes_are_those_of_the_sheets():
    light, _, dark = "".join((ROOT / f"static/css/{name}.css").read_text() for name in ("tokens",)).partition(
        "@media (prefers-color-scheme: dark)"
    )
    charts_light, _, charts_dark = (ROOT / "static/css/charts.css").read_text().partition("@media (prefers-color")

    for colours, sheet in ((LIGHT, light + charts_light), (DARK, dark + charts_dark.partition("}")[0])):
        for name, value in colours.items():
            assert re.search(rf"--{name}: ({value})", sheet), (name, value)


def test_a_year_of_months_stays_light():
    year = drawn(shares=[0.8] * 12, reference=[0.8] * 12, size=NARROW)

    assert len(gzip.compress(year.encode())) < 1500


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.none() | st.floats(0, 1), min_size=1, max_size=36).filter(lambda each: any(x is not None for x in each))
)
def test_whatever_the_figures_everything_lies_inside_the_drawing(shares):
    for size in (WIDE, NARROW):
        for text in ElementTree.fromstring(drawn(size, shares=shares, reference=())).iter(TEXT):
            assert 0 <= float(text.get("x")) <= size.width
            assert 8 <= float(text.get("y")) <= size.height


@pytest.mark.parametrize("wrong", [{"shares": [None]}, {"shares": [0.5], "reference": (0.5, 0.6)}])
def test_a_trend_without_a_share_or_with_another_reference_is_refused(wrong):
    with pytest.raises(ValueError, match="a trend has a share"):
        drawn(**{"reference": (), **wrong})


def test_a_file_has_outlined_letters_and_the_light_colours(tmp_path):
    file = svg_file(draw_trend(trend(), WIDE, LIGHT, CAPTION), "Xã <A>").decode()

    ElementTree.fromstring(file)
    assert "<text" not in file
    assert "<title>Xã &lt;A&gt;</title>" in file
    assert LIGHT["v5"] in file
    assert not set(re.findall("#[0-9a-f]{6}", file)) & set(SENTINELS.values())


def test_a_picture_is_twice_as_large_as_its_drawing(tmp_path):
    (tmp_path / "x.png").write_bytes(png_file(draw_trend(trend(), WIDE, LIGHT, CAPTION)))

    picture = Image.open(tmp_path / "x.png").convert("RGB")

    figure = draw_trend(trend(), WIDE, LIGHT, CAPTION)
    assert picture.size == tuple(round(144 * inches) for inches in figure.get_size_inches())
    assert picture.width == 2 * (WIDE.width + 2 * EDGE)
    assert "#{:02x}{:02x}{:02x}".format(*picture.getpixel((2, 2))) == LIGHT["paper"]


def test_the_font_of_files_has_every_letter_of_vietnamese():
    from matplotlib.font_manager import FontProperties, findfont, get_font

    letters = "ăâđêôơưĂÂĐÊÔƠƯ" + "".join(
        base + mark for base in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" for mark in "\u0300\u0309\u0303\u0301\u0323"
    )
    from unicodedata import normalize

    known = get_font(findfont(FontProperties())).get_charmap()

    assert [letter for letter in normalize("NFC", letters) if ord(letter) not in known] == []


def test_the_names_of_both_palettes_are_the_same():
    assert set(palette.LIGHT) == set(palette.DARK) == set(SENTINELS)


def test_large_letters_have_the_names_above_and_keep_inside_the_drawing():
    root = ElementTree.fromstring(drawn(size=LARGE))
    texts = {text.text.replace("\xa0", " "): text for text in root.iter(TEXT)}

    assert {"Lâm Bình 74 %", "Toàn tỉnh 83 %"} <= set(texts)
    assert {float(text.get("font-size")) for text in texts.values()} == {LARGE.text}
    assert all(0 < float(_place(text)) < LARGE.width for text in texts.values())


def _place(text):
    return text.get("x") or re.search(r"translate\(([\d.]+)", text.get("transform"))[1]


def test_the_first_share_stands_clear_of_the_reference():
    picture = draw_trend(trend(shares=[0.71, 0.62, 0.7, 0.7, 0.7, 0.8], reference=[0.74] * 6), WIDE, LIGHT)
    label = next(text for text in picture.axes[0].texts if text.get_text().startswith("71"))
    dashed = next(line for line in picture.axes[0].lines if line.is_dashed())

    height = dashed.get_ydata()[0]
    assert not height - WIDE.text < label.get_position()[1] < height


@pytest.mark.parametrize("words", ["ngắn", "tháng nào cũng có tỷ lệ của mình " * 9])
def test_the_words_of_a_file_keep_clear_of_its_edges_and_of_the_curve(words):
    figure = draw_trend(trend(), WIDE, LIGHT, Caption(words, words, (words, "lang-nghe.vn")))
    width, height = (figure.get_size_inches() * 72).tolist()

    boxes = [text.get_window_extent() for text in figure.axes[0].texts]

    assert all(box.x0 > 15 and box.x1 < width - 15 and box.y0 > 15 and box.y1 < height - 15 for box in boxes)
    assert not any(one.overlaps(other) for at, one in enumerate(boxes) for other in boxes[:at])
