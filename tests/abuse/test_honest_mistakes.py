"""Mistakes without intent: blank questions, a number typed wrongly, a link previewed by another program."""

import pytest

from core.crypto import new_key


def test_blank_questions_are_asked_about_once_and_then_taken(served, visitor):
    slug = served.new_contest()
    paper = served.begin(visitor, slug)

    asked = visitor.post(paper.action, paper.filled(q1="A", guess=3, blanks_seen=None))
    again = asked.page.form("nop-bai")
    taken = visitor.post(again.action, again.filled(q1="A", guess=3))

    assert (asked.status, taken.status) == (422, 201)
    assert "Còn 2 câu chưa trả lời: câu 2 , câu 3 ." in asked.text
    assert again.value("guess") == "3"


def test_a_full_paper_is_taken_at_once(served, visitor):
    paper = served.begin(visitor, served.new_contest())

    answer = visitor.post(paper.action, paper.filled(q1="A", q2="B", q3="C", guess=3, blanks_seen=None))

    assert answer.status == 201


@pytest.mark.parametrize(
    "number", ["0912345678", "0912 345 678", "+84 912.345.678", "001064012345", "gọi 0207 388 8999 nhé"]
)
def test_a_comment_with_a_personal_number_is_refused(served, visitor, number):
    form = served.rating_form(visitor)

    answer = visitor.post(form.action, form.filled(level=2, comment=f"Chờ lâu. {number}", key=new_key()))

    assert answer.status == 422
    assert "Góp ý có số điện thoại, số căn cước hoặc địa chỉ thư điện tử." in answer.text
    assert number in answer.text


@pytest.mark.parametrize("number", ["15/10/2026", "3 lần", "hồ sơ 12345", "1.500.000 đồng", "2 tuần 10 ngày"])
def test_a_comment_may_hold_other_numbers(served, visitor, number):
    form = served.rating_form(visitor)

    answer = visitor.post(form.action, form.filled(level=2, comment=number, key=new_key()))

    assert answer.status == 201


def test_a_look_at_the_head_of_a_page_is_answered_like_the_page(served, visitor):
    doors = [served.rating, "/danh-gia/tra-cuu", "/thi/tra-cuu"]
    doors += [f"/thi/{served.lam_binh}/{door}" for door in ("dang-ky", "vao-thi", "bang")]

    answers = [visitor.send("HEAD", door).status for door in doors]

    assert answers == [200] * 6
