"""The A4 poster, read as a phone and as a person would."""

import pypdfium2
import pytest

from survey.counter.documents import posters_pdf
from tests.support.sheets import pages_of, poster, symbols_on, words_on

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


def page_with(**changes):
    return pages_of(posters_pdf([poster(**changes)]))[0]


@pytest.mark.parametrize("changes", [{}, LONG], ids=["short names", "long names"])
def test_a_phone_reads_exactly_the_address(changes):
    (found,) = symbols_on(page_with(**changes))

    assert (found.text, found.ec_level) == (poster(**changes).url, "M")


@pytest.mark.parametrize("changes", [{}, LONG], ids=["short names", "long names"])
def test_the_symbol_is_at_least_80_mm_wide(changes):
    (found,) = symbols_on(page_with(**changes))

    assert (found.position.top_right.x - found.position.top_left.x) / 2 / 72 * 25.4 >= 80


def test_everything_a_citizen_needs_is_on_the_sheet():
    text = words_on(page_with())

    assert "Ông/bà hài lòng với dịch vụ ở quầy này không?" in text
    assert text.startswith("Quầy 2: Hộ tịch, chứng thực Trung tâm Phục vụ hành chính công xã Lâm Bình Ông/bà")
    for step in ("1. Mở Zalo hoặc máy ảnh", "2. Hướng vào mã rồi bấm đường dẫn", "3. Chọn một mặt rồi bấm Gửi"):
        assert step in text
    assert all(word in text for word in ("Rất hài lòng", "Hài lòng", "Bình thường", "Không hài lòng"))
    assert "Rất không hài lòng" in text
    assert "Không có điện thoại thông minh? Xin hỏi phiếu giấy ở bàn hướng dẫn." in text
    assert "danhgia.lambinh.vn/q/7K3M9-QXD2F" in text.replace(" ", "")
    assert "Mã kiểm tra 9TWB Trang mở ra phải hiện đúng mã này." in text
    assert "Chủ trì khảo sát: Ủy ban Mặt trận Tổ quốc Việt Nam xã Lâm Bình" in text
    assert "Cần giúp, xin gọi: 0207 3 812 345" in text
    assert "Cán bộ tại quầy không biết ai đánh giá." in text


def test_no_hotline_leaves_no_empty_line():
    assert "Cần giúp" not in words_on(page_with(hotline=""))


def test_the_same_poster_gives_the_same_bytes():
    assert posters_pdf([poster()]) == posters_pdf([poster()])


def test_names_of_120_letters_are_printed_whole():
    text = words_on(page_with(**LONG)).replace(" ", "")

    assert all(LONG[name].replace(" ", "") in text for name in ("office", "counter", "host", "typed_address"))


def test_decomposed_letters_are_printed_composed():
    assert "Quầy ổn" in words_on(page_with(counter="Qua\u0302\u0300y o\u0302\u0309n"))


def test_the_sheet_is_one_page_of_a4():
    document = pypdfium2.PdfDocument(posters_pdf([poster(**LONG)]))

    assert len(document) == 1
    assert tuple(round(side) for side in document[0].get_size()) == A4


def test_an_empty_address_makes_no_poster():
    with pytest.raises(ValueError, match="needs a text"):
        posters_pdf([poster(url="")])


def test_no_poster_makes_no_file():
    with pytest.raises(ValueError, match="needs a page"):
        posters_pdf([])
