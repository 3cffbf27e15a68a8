"""A participant sends a request by their code: once, and not without end."""

import re

import pytest
from sqlalchemy import func, select

from privacy.models import PersonRequest
from privacy.operations import requests as operations
from tests.support.pages import Page
from tests.support.persons import CODE, round, who

__all__ = ["round", "who"]


def focused(answer):
    """Return the element on which the reader's focus lands: the first that asks for it."""
    return re.search(r"<\w+[^>]* data-focus>", answer.text)[0]


@pytest.mark.both_databases
def test_a_request_sent_twice_with_ones_code_is_one_request(client, session, who):
    form = Page(client.get("/thi/quyen-cua-toi").text).form()
    data = dict(form.filled(code=CODE, act="ask", kind="delete", details="Xin xóa"))

    pages = [client.post("/thi/quyen-cua-toi", data=data) for _ in range(2)]

    assert [page.status_code for page in pages] == [200, 200]
    assert "Đã nhận yêu cầu" in pages[1].text
    assert focused(pages[1]).startswith('<div class="notice good"')
    assert session.scalar(select(func.count()).select_from(PersonRequest)) == 1


@pytest.mark.both_databases
def test_one_code_can_not_flood_the_desk_with_requests(client, session, who):
    pages = []
    for _ in range(operations.MOST_OPEN + 1):
        form = Page(client.get("/thi/quyen-cua-toi").text).form()
        data = dict(form.filled(code=CODE, act="ask", kind="view", details="Tôi muốn xem"))
        pages.append(client.post("/thi/quyen-cua-toi", data=data))

    last = pages.pop()
    assert {page.status_code for page in pages} == {200}
    assert last.status_code == 409
    assert "5 yêu cầu đang chờ trả lời" in last.text
    assert "Tôi muốn xem" in last.text
    assert focused(last).startswith('<div class="notice bad"')
    assert session.scalar(select(func.count()).select_from(PersonRequest)) == operations.MOST_OPEN
