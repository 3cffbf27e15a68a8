"""Charts are repeatable, small and described in words, and their cache holds whole files."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import charts
from core.charts import DARK, HEIGHT, WIDTH, cached, darkened, trend_svg

ROOT = Path(__file__).parents[2]
MONTHS = [("T4/2026", 0.8, 0.7, 0.9), ("T5/2026", None, 0.0, 1.0), ("T6/2026", 0.87, 0.78, 0.93)]
shares = st.none() | st.floats(0, 1)


def draw(points=MONTHS, n=(50, 3, 1204), title="Tỷ lệ hài lòng", alt="Tháng 6: 87 %"):
    return trend_svg(points, title=title, alt=alt, n=n)


def texts_in(picture):
    return [text.text for text in ElementTree.fromstring(picture).iter("{http://www.w3.org/2000/svg}text")]


def test_the_same_figures_give_the_same_bytes():
    assert draw() == draw()


def test_threads_drawing_at_once_give_the_same_bytes():
    with ThreadPoolExecutor(4) as pool:
        drawn = set(pool.map(lambda _: draw(), range(8)))

    assert len(drawn) == 1


def test_each_month_is_labelled_with_its_share_and_n():
    texts = texts_in(draw())

    assert {"T4", "T6", "2026", "80 %", "87 %", "50", "1.204"} <= set(texts)


def test_a_month_without_a_share_has_a_text():
    assert "chưa đủ lượt" in texts_in(draw())


def test_a_gap_breaks_the_curve():
    whole = draw([*MONTHS[:1], ("T5/2026", 0.8, 0.7, 0.9), *MONTHS[2:]])

    assert whole.count('stroke="#1f6f54"') == 1
    assert draw().count('stroke="#1f6f54"') == 0


def test_only_gaps_show_no_percentage_of_anything():
    texts = texts_in(draw([("T5/2026", None, 0.0, 1.0), ("T6/2026", None, 0.0, 1.0)], n=(3, 0)))

    assert [text for text in texts if text.endswith("%")] == ["0 %", "50 %", "100 %"]


def test_a_new_year_is_named_once():
    points = [(label, 0.8, 0.7, 0.9) for label in ("T11/2025", "T12/2025", "T1/2026", "T2/2026")]

    texts = texts_in(draw(points, n=(9, 9, 9, 9)))

    assert (texts.count("2025"), texts.count("2026")) == (1, 1)


def test_two_years_that_begin_side_by_side_are_not_printed_over_each_other():
    months = ["T12/2025", *(f"T{month}/2026" for month in range(1, 12))]

    texts = texts_in(draw([(label, 0.8, 0.7, 0.9) for label in months], n=[9] * 12))

    assert (texts.count("2025"), texts.count("2026")) == (0, 1)


def test_a_screen_reader_hears_title_and_story_even_with_markup_in_them():
    root = ElementTree.fromstring(draw(title="Quầy <2>", alt='"87 %" & hơn'))

    assert root.get("role") == "img"
    assert [child.text for child in root[:2]] == ["Quầy <2>", '"87 %" & hơn']
    assert root.get("aria-labelledby") == root[0].get("id")
    assert root.get("aria-describedby") == root[1].get("id")


def test_a_strict_content_policy_finds_nothing_to_refuse():
    assert not re.search(r"style|<script|href|url\(|<!|<\?|metadata|clip-path", draw())


def test_a_dark_picture_has_every_colour_of_the_dark_theme_and_none_of_the_light_one():
    colours = set(re.findall(r"#[0-9a-f]{6}", darkened(draw())))

    assert colours == set(DARK.values())


def test_the_dark_theme_of_pictures_is_that_of_the_pages():
    dark = (ROOT / "static/css/tokens.css").read_text().partition("scheme: dark")[2]
    paper, ink, soft, leaf = (re.search(rf"--{name}: (#\w+)", dark)[1] for name in ("paper", "ink", "soft", "leaf"))

    assert [DARK[colour] for colour in (charts.PAPER, charts.INK, charts.MUTED, charts.LEAF)] == [
        paper,
        ink,
        soft,
        leaf,
    ]


def test_a_year_of_months_stays_light():
    year = [(f"T{month}/2026", 0.8, 0.7, 0.9) for month in range(1, 13)]

    assert len(draw(year, n=[1000] * 12).encode()) < 12_000


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(shares, st.integers(0, 99_999)), min_size=1, max_size=36))
def test_whatever_the_figures_everything_lies_inside_the_picture(rows):
    points = [(f"T{place % 12 + 1}/2026", share, 0.0, 1.0) for place, (share, _) in enumerate(rows)]

    root = ElementTree.fromstring(draw(points, n=[count for _, count in rows]))

    for text in root.iter("{http://www.w3.org/2000/svg}text"):
        assert 0 <= float(text.get("x")) <= WIDTH
        assert 10 <= float(text.get("y")) <= HEIGHT


@pytest.mark.parametrize(("points", "n"), [([], []), (MONTHS, [1])])
def test_a_trend_of_nothing_or_without_its_n_is_refused(points, n):
    with pytest.raises(ValueError, match="at least one point"):
        draw(points, n)


def test_a_picture_is_drawn_once_per_version(tmp_path):
    drawn = []

    for key in ("quay-2:v1", "quay-2:v1", "quay-2:v2"):
        cached(tmp_path / "charts", key, lambda key=key: drawn.append(key) or f"<svg>ầ {key}</svg>")

    assert drawn == ["quay-2:v1", "quay-2:v2"]
    assert cached(tmp_path / "charts", "quay-2:v1", lambda: "") == "<svg>ầ quay-2:v1</svg>"


def test_a_key_cannot_leave_its_folder(tmp_path):
    cached(tmp_path / "charts", "../../etc/x", lambda: "<svg/>")

    assert [file.parent.name for file in tmp_path.rglob("*.svg")] == ["charts"]


def test_a_refusing_disk_still_shows_the_picture_and_leaves_nothing_half_written(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(charts.Path, "replace", refuse)

    assert cached(tmp_path, "quay-2", lambda: "<svg/>") == "<svg/>"
    assert list(tmp_path.iterdir()) == []


def test_a_failed_drawing_is_not_kept(tmp_path):
    with pytest.raises(ZeroDivisionError):
        cached(tmp_path, "quay-2", lambda: str(1 / 0))

    assert cached(tmp_path, "quay-2", lambda: "<svg/>") == "<svg/>"


def test_a_full_folder_drops_its_older_half(tmp_path, monkeypatch):
    monkeypatch.setattr(charts, "KEPT", 4)

    for number in range(10):
        cached(tmp_path, f"quay-{number}", lambda: "<svg/>")

    assert len(list(tmp_path.iterdir())) <= 4
