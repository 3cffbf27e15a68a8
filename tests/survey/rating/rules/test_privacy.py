"""Personal data in comments: found and hidden however it is written."""

from itertools import product

import pytest

from survey.rating.rules.privacy import hide_personal, is_personal


@pytest.mark.parametrize(
    ("comment", "kept"),
    [
        ("Gọi (0987) 654 321 nhé", "Gọi (số đã ẩn) nhé"),
        ("0987–654–321", "(số đã ẩn)"),
        ("số ０９８７６５４３２１ hoặc (+84) 987 654 321", "số (số đã ẩn) hoặc (số đã ẩn)"),
        ("căn cước 001090012345", "căn cước (số đã ẩn)"),
        ("Viết cho lo.hoa@example.vn.", "Viết cho (thư điện tử đã ẩn)."),
        ("hoa (at) example.vn, 0987 654 321", "(thư điện tử đã ẩn), (số đã ẩn)"),
    ],
)
def test_numbers_and_addresses_are_hidden(comment: str, kept: str) -> None:
    assert hide_personal(comment) == kept
    assert is_personal(comment) and not is_personal(kept)


@pytest.mark.parametrize("comment", ["Tôi nộp ngày 07-08-2026 9h15", "nộp 07-08-2026 15h30", "Chờ 2 tiếng @@", ""])
def test_dates_and_other_words_stay_as_they_are(comment: str) -> None:
    assert hide_personal(comment) == comment
    assert not is_personal(comment)


@pytest.mark.parametrize(
    ("comment", "kept"),
    [
        ("O912OOO123", "(số đã ẩn)"),
        ("gọi O9I2 OOO 123 nhé", "gọi (số đã ẩn) nhé"),
        ("Số: 09l2345678.", "Số: (số đã ẩn)."),
        ("+84 9l2 345 678", "(số đã ẩn)"),
        ("(O912) OOO-123", "(số đã ẩn)"),
        ("О912ООО123", "(số đã ẩn)"),
        ("căn cước OO1O9OO12345", "căn cước (số đã ẩn)"),
        ("gọi 0912 345 678, 15 giờ", "gọi (số đã ẩn), 15 giờ"),
        ("ngày 05 06, 0912 345 678", "ngày 05 06, (số đã ẩn)"),
    ],
)
def test_numbers_with_letters_like_digits_or_beside_other_numbers_are_hidden(comment: str, kept: str) -> None:
    assert hide_personal(comment) == kept
    assert is_personal(comment) and not is_personal(kept)


ORDINARY = [
    "Cán bộ nhiệt tình, hướng dẫn rõ ràng.",
    "Chờ 45 phút mới đến lượt",
    "Tôi phải đi lại 3 lần",
    "OK",
    "oke, rất tốt!",
    "Ô. Lò Văn I ở quầy 2 rất tận tình",
    "Hồ sơ H58.12-240615-0012 trả đúng hẹn",
    "Lệ phí 15.000 đồng là hợp lý",
    "nộp ngày 05/06/2026 lúc 9h15",
    "07-08-2026, 15h30 mới được gọi",
    "Nghị định 61/2018/NĐ-CP quy định thế nào?",
    "Điều 10, khoản 2, điểm I",
    "Khu phố I, II, III đều xa",
    "Giấy khai sinh bản sao 02 bản",
    "biên lai số 0001234",
    "Quầy 01, 02, 03 đông, quầy 04 vắng",
    "7 giờ 30 đến 11 giờ 30",
    "Buổi sáng 07:30 - 11:30, chiều 13:30 - 17:00",
    "Tổ 10, thôn Nà Mẫu",
    "cho 10 điểm",
    "10/10",
    "100% hài lòng",
    "Thửa đất số 125, tờ bản đồ số 08",
    "Sổ đỏ cấp năm 1998, sang tên năm 2024",
    "diện tích 1.250,5 m2",
    "Bìa đất BO 123456",
    "Sổ bảo hiểm cũ, mới",
    "Tôi sinh 01/01/1960",
    "o Lan làm nhanh lắm",
    "oi giời, lâu quá",
    "Lo lắng vì chưa có kết quả",
    "Il pleut",
    "Wifi yếu, IP lỗi",
    "mã 02266",
    "Số phiếu 0017",
    "lúc 08 giờ 05 phút, 10 phút, 15 phút",
    "0 đồng",
    "O O O",
    "Phí 1.250.000 đồng, trả lại 250.000 đồng",
    "Xe 22B1-123.45 mất biển",
    "Nhà số 12/34/5 ngõ 6",
    "A1, B2, C3",
    "Lô O12, ô số 10",
    "Mẫu 01/ĐK, mẫu 02/ĐK",
    "thời hạn 15 ngày làm việc",
    "20/12 hẹn, 25/12 mới xong",
    "Năm 2023 2024 2025 2026 đều vậy",
    "QĐ 766/QĐ-TTg",
    "Thông tư 01/2018/TT-VPCP",
    "chờ từ 8h đến 10h",
]


@pytest.mark.parametrize("comment", ORDINARY)
def test_an_ordinary_comment_stays_as_it_is(comment: str) -> None:
    assert hide_personal(comment) == comment


def test_two_ordinary_comments_in_one_stay_as_they_are() -> None:
    pairs = [f"{one}{mark}{other}" for one, other in product(ORDINARY, ORDINARY) for mark in (", ", " - ")]

    assert len(pairs) > 500
    assert [pair for pair in pairs if hide_personal(pair) != pair] == []
