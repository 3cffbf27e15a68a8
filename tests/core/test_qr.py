"""QR codes drawn here are read by another decoder."""

import re
from xml.etree import ElementTree

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from core.qr import QUIET, matrix, runs, svg

SCALE = 6
addresses = st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=10, max_size=10).map(
    lambda code: f"HTTPS://DANHGIA.LAMBINH.VN/Q/{code}"
)


def picture_of(modules, quiet=QUIET):
    size = (len(modules) + 2 * quiet) * SCALE
    picture = Image.new("L", (size, size), 255)
    pen = ImageDraw.Draw(picture)
    for y, row in enumerate(modules):
        for x, dark in enumerate(row):
            corner = ((x + quiet) * SCALE, (y + quiet) * SCALE)
            pen.rectangle((*corner, corner[0] + SCALE - 1, corner[1] + SCALE - 1), fill=0 if dark else 255)
    return picture


def modules_drawn_in(picture):
    size = int(re.search(r'viewBox="0 0 (\d+) \1"', picture)[1])
    drawn = [[False] * size for _ in range(size)]
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", picture):
        drawn[int(y)][int(x) : int(x) + int(length)] = [True] * int(length)
    return drawn


def read(picture):
    return [found.text for found in zxingcpp.read_barcodes(picture)]


@settings(max_examples=60, deadline=None)
@given(addresses)
def test_every_address_reads_back_from_the_matrix(address):
    assert read(picture_of(matrix(address))) == [address]


@settings(max_examples=60, deadline=None)
@given(addresses)
def test_every_address_reads_back_from_the_svg(address):
    assert read(picture_of(modules_drawn_in(svg(address, title="Mã QR")), quiet=0)) == [address]


def test_a_symbol_is_at_level_m():
    (found,) = zxingcpp.read_barcodes(picture_of(matrix("HTTPS://DANHGIA.LAMBINH.VN/Q/7K3M9QXD2F")))

    assert found.ec_level == "M"


def test_vietnamese_text_reads_back():
    assert read(picture_of(matrix("Quầy 2 xã Lâm Bình"))) == ["Quầy 2 xã Lâm Bình"]


def test_capitals_make_a_smaller_symbol():
    capitals = matrix("HTTPS://DANHGIA.LAMBINH.VN/Q/7K3M9QXD2F")
    small = matrix("https://danhgia.lambinh.vn/q/7K3M9QXD2F")

    assert (len(capitals), len(small)) == (29, 29)


def test_four_light_modules_surround_the_symbol():
    drawn = modules_drawn_in(svg("HTTPS://DANHGIA.LAMBINH.VN", title="Mã QR"))

    assert not any(any(row) for row in drawn[:4] + drawn[-4:])
    assert not any(any(row[:4] + row[-4:]) for row in drawn)


def test_the_picture_is_one_path_without_styles_or_links():
    picture = svg("HTTPS://DANHGIA.LAMBINH.VN", title="Mã QR")

    assert picture.count("<path") == 1
    assert not re.search(r"style|href|url\(|<script|<!", picture)


def test_a_screen_reader_hears_the_title_even_with_markup_in_it():
    root = ElementTree.fromstring(svg("HTTPS://DANHGIA.LAMBINH.VN", title='Quầy <2> & "3"'))

    assert root.get("role") == "img"
    assert root.find("{http://www.w3.org/2000/svg}title").text == 'Quầy <2> & "3"'


@pytest.mark.parametrize("text", ["", "X" * 5000])
def test_a_text_no_symbol_can_hold_is_refused(text):
    with pytest.raises(ValueError):
        matrix(text)


@given(st.lists(st.booleans()))
def test_runs_cover_exactly_the_dark_modules(row):
    drawn = [False] * len(row)
    for start, length in runs(row):
        drawn[start : start + length] = [True] * length

    assert drawn == row
