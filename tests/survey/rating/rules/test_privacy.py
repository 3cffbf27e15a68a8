"""Personal data in comments: found and hidden however it is written."""

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
