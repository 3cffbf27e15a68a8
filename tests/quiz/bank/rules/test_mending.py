"""A typing error may be mended after the round has opened; anything else may not."""

import pytest

from quiz.bank.rules.mending import why_no_typo


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Ai trả kêt quả cho ngừơi dân?", "Ai trả kết quả cho người dân?"),
        ("Trung tâm phục vụ hành chinh công làm gì?", "Trung tâm Phục vụ hành chính công làm gì?"),
        ("Luật số 10/2022/QH15 qui định gì", "Luật số 10/2022/QH15 quy định gì?"),
    ],
)
def test_a_typing_error_is_mended(before, after):
    assert why_no_typo(before, after) is None


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("Giấy tờ nào phải nộp?", "Giấy tờ nào không phải nộp?", "không"),
        ("Hồ sơ được trả trong 5 ngày, đúng không?", "Hồ sơ được trả trong 15 ngày, đúng không?", "Con số"),
        ("Ai trả kết quả?", "Ai kiểm tra hồ sơ và thu phí?", "và"),
        ("Ai trả kết quả?", "Ai nhận phí?", "đổi quá nhiều"),
        ("Ai trả kết quả?", "Ai trả kết quả?", "chưa thay đổi"),
    ],
)
def test_a_change_of_meaning_is_none(before, after, reason):
    assert reason in str(why_no_typo(before, after))
