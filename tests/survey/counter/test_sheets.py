"""Every kind of sheet: each code on it is readable, and nothing crosses an edge, a cut, or something else."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import qr
from core.translation import translate
from core.values.language import use
from survey.counter.documents import LANGUAGES, SHEETS, Words, posters_pdf
from survey.counter.documents.poster.words import own_words
from survey.counter.labels import LANGUAGE, SHEET
from survey.instrument.rules.quick import LEVELS, QUICK
from tests.support.sheets import (
    COPIES,
    MM,
    PAGES,
    astray,
    boxes_on,
    overlap,
    overlapping,
    pages_of,
    photographed,
    poster,
    quiet_zones,
    texts_on,
    words_on,
)

EACH = pytest.mark.parametrize("sheet", list(SHEETS))
ENGLISH = LANGUAGES["en"]
TURNS = (0, 7, 33, 90, 180, 211) if os.environ.get("LONG") else (7, 180)
EXAMPLES = 200 if os.environ.get("LONG") else 10
LONG_HOST = "danhgia.trungtamphucvuhanhchinhcong.tuyenquang.gov.vn"
UGLY = [
    {},
    {"hotline": ""},
    {
        "office": "Trung tâm Phục vụ hành chính công phường Nguyễn Thị Minh Khai Đông, tỉnh Đắk Lắk, "
        "cơ sở hai đặt tại buôn Ako Dhông (trụ sở cũ của Ủy ban nhân dân phường)",
        "counter": "Quầy 999: Hộ tịch, chứng thực, đất đai, xây dựng, môi trường, nông nghiệp, lao động, xã hội",
        "host": "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam phường phối hợp với Hội đồng nhân dân phường " * 2,
        "url": f"https://{LONG_HOST.upper()}/Q/7K3M9QXD2F",
        "typed_address": f"{LONG_HOST}/q/7K3M9-QXD2F",
        "hotline": "0207 3 812 345 0207 3 812 345 0207 3 812",
    },
    {"office": "<script>alert(1)</script>" * 8, "counter": '=HYPERLINK("http://evil.example")', "host": "{{7*7}} %s"},
    {"office": "Buôn Čư Mgar, xã Ea Tu̱l, ƀuôn Krông Ana", "counter": "Quầy 3: Ê Đê čhăm mñê", "host": "Mông Đrăh"},
    {"office": "W" * 500, "counter": "Ậ" * 500, "host": "M " * 300},
    {"office": "a", "counter": "b", "host": "c"},
    {"url": "http://127.0.0.1:8000/Q/7K3M9QXD2F", "typed_address": "127.0.0.1:8000/q/7K3M9-QXD2F"},
]  # fmt: skip
names = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=200)
spoken = st.text(st.characters(codec="utf-8", categories=["L", "M", "N", "P", "Zs"]), min_size=1)
words = st.builds(
    Words,
    question=st.one_of(spoken, st.just("Ậ" * 90)),
    steps=st.tuples(*[st.one_of(spoken, st.just("Ậ" * 30), st.just("Ậy " * 10))] * 3),
    promise=st.one_of(spoken, st.just("Ậ" * 80)),
    typed=st.one_of(st.just(""), spoken, st.just("Ậ" * 60)),
    check=st.one_of(st.just(""), spoken, st.just("Ậy " * 30)),
)


def page_of(sheet, second=None, **changes):
    return pages_of(posters_pdf([poster(**changes)], sheet, second))[0]


def test_the_words_under_the_faces_are_those_of_the_rating_page():
    assert own_words().levels == tuple(LEVELS.values())
    assert own_words().question.replace("\u00a0", " ") == QUICK.items[0].label["vi"]


def test_the_english_of_a_poster_has_the_words_of_the_english_page():
    with use("en"):
        levels = tuple(map(translate, LEVELS.values()))

    assert ENGLISH.levels == levels
    assert ENGLISH.steps[2].endswith("tap Send")


def test_every_kind_of_sheet_has_its_word_and_every_language_too():
    assert list(SHEET) == list(SHEETS)
    assert list(LANGUAGE) == ["vi", *LANGUAGES]


@EACH
def test_every_sheet_has_its_size(sheet):
    page = page_of(sheet)

    assert [round(side / MM) for side in page.get_size()] == list(PAGES[sheet])


@EACH
@pytest.mark.parametrize("second", [None, ENGLISH], ids=["vi", "vi and en"])
@pytest.mark.parametrize("changes", UGLY)
def test_every_code_is_read_its_quiet_is_kept_and_nothing_is_astray(sheet, second, changes):
    page = page_of(sheet, second, **changes)

    zones = quiet_zones(page)

    assert texts_on(page, 4) == [poster(**changes).url] * COPIES[sheet]
    assert astray(page, sheet) == []
    assert overlapping(page) == []
    assert len(zones) == COPIES[sheet]
    assert [(box, zone) for box in boxes_on(page) for zone in zones if overlap(box, zone)] == []


@EACH
@pytest.mark.parametrize("turned", TURNS)
def test_every_code_is_read_from_a_small_blurred_and_turned_photograph(sheet, turned):
    assert photographed(page_of(sheet), turned) == [poster().url] * COPIES[sheet]


def test_the_modules_of_a_hanging_sheet_are_wide_even_at_the_longest_host():
    pages = {sheet: page_of(sheet, **UGLY[2]) for sheet in ("a4", "a5")}

    widths = {sheet: _module(page, UGLY[2]["url"]) for sheet, page in pages.items()}
    assert widths["a4"] >= 2.5
    assert widths["a5"] >= 1.5


def _module(page, url):
    ((left, _, right, _),) = quiet_zones(page)
    return ((right - left) + 2) / MM / (len(qr.matrix(url)) + 2 * qr.QUIET)


@EACH
def test_every_sheet_says_what_a_citizen_needs(sheet):
    text = words_on(page_of(sheet, ENGLISH))

    assert text.count("Ông/bà hài lòng với dịch vụ ở quầy này không?") == COPIES[sheet]
    assert text.count("Quầy 2: Hộ tịch, chứng thực") == COPIES[sheet]
    assert text.replace(" ", "").count("danhgia.lambinh.vn/q/7K3M9-QXD2F") == COPIES[sheet]
    assert text.count("9TWB") == COPIES[sheet]
    assert text.count("Ủy ban Mặt trận Tổ quốc Việt Nam xã Lâm Bình") == COPIES[sheet]
    assert text.count("Cần giúp, xin gọi:") == text.count("0207 3 812 345") == COPIES[sheet]
    assert text.count("Cán bộ tại quầy không biết ai đánh giá.") == COPIES[sheet]


@pytest.mark.parametrize("sheet", ["a4", "a5", "the"])
def test_the_second_language_is_beside_question_steps_and_promise(sheet):
    text = words_on(page_of(sheet, ENGLISH))

    assert text.index("Ông/bà hài lòng") < text.index(ENGLISH.question)
    assert [text.count(said) for said in (ENGLISH.promise, *ENGLISH.steps)] == [COPIES[sheet]] * 4


def test_several_counters_make_several_pages_each_with_its_own_code():
    urls = [f"https://DANHGIA.LAMBINH.VN/Q/7K3M9QXD2{at}" for at in range(5)]

    pages = pages_of(posters_pdf([poster(url=url) for url in urls], "nhan"))

    assert [texts_on(page) for page in pages] == [[url] * 6 for url in urls]


def test_a_symbol_is_one_path():
    plain, ruled = (posters_pdf([poster(url=url)], "the") for url in ("A", "https://DANHGIA.LAMBINH.VN/Q/7K3M9QXD2F"))

    def paths(pdf):
        return sum(1 for thing in pages_of(pdf)[0].get_objects(max_depth=9) if thing.type == 2)

    assert paths(plain) == paths(ruled)  # a larger symbol without further paths


@EACH
@settings(max_examples=EXAMPLES, deadline=None)
@given(office=names, counter=names, host=names, second=st.none() | words)
def test_whatever_is_printed_the_code_is_read_and_nothing_leaves_its_place(sheet, office, counter, host, second):
    page = page_of(sheet, second, office=office, counter=counter, host=host)

    assert texts_on(page, 4) == ["https://DANHGIA.LAMBINH.VN/Q/7K3M9QXD2F"] * COPIES[sheet]
    assert astray(page, sheet) == []
