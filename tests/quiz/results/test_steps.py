"""The path of a round: where it stands, the next deed, and a close that broke off."""

from io import BytesIO

import pytest
from docx import Document

from quiz.attempt.labels.differences import difference_words
from quiz.contest.rules.schedule import SETTLING
from quiz.results.operations.closing import rank_round
from tests.factories import make_attempt, make_contest


@pytest.fixture
def week(session, keyring):
    """Create a round whose hour of close has passed."""
    contest = make_contest(session)
    make_attempt(session, keyring, contest.rounds[0])
    session.commit()
    return contest.rounds[0]


def page_of(client, week):
    return client.get(f"/quan-tri/cuoc-thi/{week.contest.slug}/tuan/1").text


def test_the_next_deed_after_the_hour_is_the_close(organiser, week):
    page = page_of(organiser, week)

    assert "Đã hết giờ nhận bài. Khóa bài, đếm lại và xếp hạng theo thể lệ đã công bố." in page
    assert f"/quan-tri/cuoc-thi/{week.contest.slug}/tuan/1/chot" in page


def test_a_close_that_broke_off_is_shown_with_a_retry(organiser, session, week):
    week.frozen_at = week.closes_at + SETTLING
    session.commit()

    page = page_of(organiser, week)

    assert "Quá vài phút chưa xong là việc chạy nền đã hỏng: bấm chốt lại, bài đã nhận không mất." in page
    assert "Chốt lại tuần 1" in page


@pytest.mark.parametrize(
    ("stored", "words"),
    [
        ("paper ab-12: stored 3, marked 0", "Bài ab-12: điểm đã lưu là 3, chấm lại được 0."),
        ("unit 4, 2026-06-01: stored None, counted (1, 1, 0)", "Đơn vị số 4, ngày 2026-06-01: đã lưu không có"),
        ("entry a, 5: counted b, None", "theo thể lệ phải là b, dự đoán lấy ở không có."),
        ("7 more papers", "Và 7 bài khác."),
        ("mended before the close: 7 more papers", "Đã sửa trước khi chốt: Và 7 bài khác."),
        ("something of a later program", "something of a later program"),
    ],
)
def test_differences_are_named_in_vietnamese(stored, words):
    assert words in difference_words(stored)


MENDED, FOUND = "mended before the close: unit 4, 2026-06-01: stored (0, 0, 0), counted (1, 1, 0)", "7 more papers"


@pytest.mark.parametrize(
    ("differences", "mended", "found"),
    [([MENDED], True, False), ([FOUND], False, True), ([MENDED, FOUND], True, True), ([], False, False)],
)
def test_the_page_and_the_minutes_tell_what_was_mended_from_what_the_close_found(
    organiser, session, week, differences, mended, found
):
    result = rank_round(session, week, now=week.closes_at + SETTLING)
    result.differences = differences
    session.commit()

    page = page_of(organiser, week)
    reply = organiser.get(f"/quan-tri/cuoc-thi/{week.contest.slug}/tuan/{week.number}/ho-so/bien-ban.docx")
    minutes = "\n".join(each.text for each in Document(BytesIO(reply.data)).paragraphs)

    assert ("các lần đếm lại đã thấy và sửa 1 chỗ lệch" in page) is mended
    assert ("Chấm và đếm lại khi chốt thấy 7 chỗ lệch" in page) is found
    assert ("Lúc chốt, chấm và đếm lại mọi bài thì khớp." in page) is (mended and not found)
    assert ("các lần đếm lại đã sửa 1 chỗ lệch" in minutes) is mended
    assert ("Chấm và đếm lại khi chốt thấy 7 chỗ lệch" in minutes) is found
    assert ("khi chốt: khớp với bảng cộng dồn" in minutes) is not found
