"""Wrong codes: 404 at first, then 429; a right code is always served, since a hall shares its address."""

import pytest

from core.crypto import new_code
from tests.support.visitor import Visitor

RECEIPTS = {"rating": "/danh-gia/tra-cuu", "paper": "/thi/tra-cuu", "rights": "/thi/quyen-cua-toi"}


def guess(visitor, path, address, code=None):
    form = visitor.get(path).page.form()
    return visitor.post(path, form.filled(code=code or new_code()), X_Forwarded_For=address)


@pytest.mark.parametrize(("number", "path"), list(enumerate(RECEIPTS.values())), ids=list(RECEIPTS))
def test_twenty_wrong_codes_are_not_found_then_the_wait_grows(served, visitor, number, path):
    address = f"198.51.100.{number}"

    answers = [guess(visitor, path, address) for _ in range(22)]

    assert [answer.status for answer in answers] == [404] * 20 + [429] * 2
    assert answers[-1].headers["Retry-After"] in {"1", "2"}
    assert "Từ mạng này đã nhập sai nhiều mã. Xin đợi" in answers[-1].text
    assert guess(visitor, path, "203.0.113.7").status == 404


def test_a_personal_code_is_guessed_no_more_often(served, visitor):
    path = f"/thi/{served.new_contest()}/vao-thi"

    statuses = [guess(visitor, path, "198.51.100.44").status for _ in range(21)]

    assert statuses == [404] * 20 + [429]


def test_the_wrong_code_stays_in_its_field(served, visitor):
    wrong = new_code()
    for _ in range(20):
        guess(visitor, "/thi/tra-cuu", "198.51.100.55")

    answer = guess(visitor, "/thi/tra-cuu", "198.51.100.55", wrong)

    assert answer.status == 429
    assert answer.page.form().value("code") == wrong


def test_in_a_hall_where_somebody_guesses_a_right_code_still_opens(served):
    slug, address = served.new_contest(), "198.51.100.66"
    with Visitor(served.live.url) as attacker, Visitor(served.live.url) as honest:
        statuses = {guess(attacker, "/thi/tra-cuu", address).status for _ in range(22)}
        entered = guess(honest, f"/thi/{slug}/vao-thi", address, served.new_code(slug))

    assert statuses == {404, 429}
    assert entered.status == 200
