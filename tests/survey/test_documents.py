"""The poster, read as a phone reads it and as a person reads it."""

import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.documents import Poster, posters_pdf

A4 = (595, 842)
OFFICE = "Trung tâm Phục vụ hành chính công xã Lâm Bình, tỉnh Tuyên Quang, cơ sở tại xã Thượng Lâm cũ"
COUNTER = "Quầy 2: Hộ tịch, chứng thực, đất đai, xây dựng, môi trường, nông nghiệp, lao động và bảo trợ xã hội"
LONG = {
    "office": OFFICE.ljust(120, "ạ"),
    "counter": COUNTER.ljust(120, "ộ"),
    "host": "Ủy ban Mặt trận Tổ quốc Việt Nam xã Lâm Bình phối hợp với Hội đồng nhân dân xã Lâm Bình".ljust(120, "ữ"),
    "url": "https://danhgia.trungtamphucvuhanhchinhcong.tuyenquang.gov.vn/q/7K3M9QXD2F",
    "typed_address": "danhgia.trungtamphucvuhanhchinhcong.tuyenquang.gov.vn/q/7K3M9-QXD2F",
}
names = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=160)


def poster(**changes):
    valid = {
        "office": "Trung tâm Phục vụ hành chính công xã Lâm Bình",
        "counter": "Quầy 2: Hộ tịch, chứng thực",
        "url": "HTTPS://DANHGIA.LAMBINH.VN/Q/7K3M9QXD2F",
        "typed_address": "danhgia.lambinh.vn/q/7K3M9-QXD2F",
        "check_code": "9TWB",
        "host": "Ủy ban Mặt trận Tổ quốc Việt Nam xã Lâm Bình",
        "hotline": "0207 3 812 345",
    }
    return Poster(**{**valid, **changes})


def page_of(pdf):
    return pypdfium2.PdfDocument(pdf)[0]


def symbols_on(pdf, scale=2):
    return zxingcpp.read_barcodes(page_of(pdf).render(scale=scale).to_pil())


def text_of(pdf):
    return " ".join(page_of(pdf).get_textpage().get_text_bounded().split())


def boxes_on(pdf):
    text = page_of(pdf).get_textpage()
    return [text.get_rect(index) for index in range(text.count_rects())]


def overlap(one, other):
    left, right = max(one[0], other[0]), min(one[2], other[2])
    low, high = max(one[1], other[1]), min(one[3], other[3])
    return right - left > 0.5 and high - low > 3  # marks above and below letters may touch, letters may not


@pytest.mark.parametrize("changes", [{}, LONG], ids=["short names", "long names"])
def test_a_phone_reads_exactly_the_address(changes):
    (found,) = symbols_on(posters_pdf([poster(**changes)]))

    assert (found.text, found.ec_level) == (poster(**changes).url, "M")


@pytest.mark.parametrize("changes", [{}, LONG], ids=["short names", "long names"])
def test_the_symbol_is_at_least_80_mm_wide(changes):
    (found,) = symbols_on(posters_pdf([poster(**changes)]))

    assert (found.position.top_right.x - found.position.top_left.x) / 2 / 72 * 25.4 >= 80


def test_everything_a_citizen_needs_is_on_the_sheet():
    text = text_of(posters_pdf([poster()]))

    assert "Ông/bà hài lòng với dịch vụ ở quầy này không?" in text
    assert "Quầy 2: Hộ tịch, chứng thực Trung tâm Phục vụ hành chính công xã Lâm Bình" in text
    assert all(step in text for step in ("Mở máy ảnh", "Hướng máy vào mã", "Bấm vào đường dẫn"))
    assert "danhgia.lambinh.vn/q/7K3M9-QXD2F" in text.replace(" ", "")
    assert "Mã kiểm tra 9TWB Trang mở ra phải hiện đúng mã này." in text
    assert "Cơ quan chủ trì khảo sát: Ủy ban Mặt trận Tổ quốc Việt Nam xã Lâm Bình" in text
    assert "Điện thoại: 0207 3 812 345" in text
    assert "Cán bộ tại quầy không biết ai đánh giá." in text


def test_no_hotline_leaves_no_empty_line():
    assert "Điện thoại" not in text_of(posters_pdf([poster(hotline="")]))


def test_the_same_poster_gives_the_same_bytes():
    assert posters_pdf([poster()]) == posters_pdf([poster()])


def test_names_of_120_letters_are_printed_whole():
    text = text_of(posters_pdf([poster(**LONG)])).replace(" ", "")

    assert all(LONG[name].replace(" ", "") in text for name in ("office", "counter", "host", "typed_address"))


def test_decomposed_letters_are_printed_composed():
    assert "Quầy ổn" in text_of(posters_pdf([poster(counter="Qua\u0302\u0300y o\u0302\u0309n")]))


def test_the_sheet_is_one_page_of_a4():
    document = pypdfium2.PdfDocument(posters_pdf([poster(**LONG)]))

    assert len(document) == 1
    assert tuple(round(side) for side in document[0].get_size()) == A4


@pytest.mark.parametrize("changes", [{}, LONG, {"office": "W" * 500, "counter": "Ậ" * 500, "host": "M " * 300}])
def test_no_line_overlaps_another(changes):
    boxes = boxes_on(posters_pdf([poster(**changes)]))

    assert not [(one, two) for place, one in enumerate(boxes) for two in boxes[:place] if overlap(one, two)]


@settings(max_examples=25, deadline=None)
@given(names, names, names)
def test_whatever_the_names_the_code_is_read_and_nothing_leaves_the_page(office, counter, host):
    pdf = posters_pdf([poster(office=office, counter=counter, host=host)])

    assert [found.text for found in symbols_on(pdf)] == ["HTTPS://DANHGIA.LAMBINH.VN/Q/7K3M9QXD2F"]
    assert all(
        left >= 0 and low >= 0 and right <= A4[0] + 1 and top <= A4[1] for left, low, right, top in boxes_on(pdf)
    )


def test_an_empty_address_makes_no_poster():
    with pytest.raises(ValueError, match="needs a text"):
        posters_pdf([poster(url="")])
