"""Setting up offices and counters."""

import re

import pytest

from account.rules.permissions import Role
from survey.counter.manage import office as manage
from tests.factories import make_account, make_office, make_unit
from tests.support.staff import enter, send

PAGE = "/quan-tri/danh-gia/them"


@pytest.fixture
def unit(session, client):
    """Create a commune and sign in its officer."""
    unit = make_unit(session)
    account = make_account(session, role=Role.MANAGER, unit=unit)
    session.commit()
    enter(client, account)
    return unit


def answers(unit, **changes):
    return {"unit": unit.id, "name": "Trung tâm xã", "host": "Ủy ban Mặt trận Tổ quốc xã"} | changes


def test_an_office_without_a_name_and_a_counter_without_a_number_are_asked_for_again(session, client, unit):
    office = make_office(session, unit=unit)
    session.commit()

    nameless = send(client, PAGE, **answers(unit, name=""))
    unnumbered = send(client, f"/quan-tri/danh-gia/{office.slug}/quay/them", name="Đất đai")

    assert (nameless.status_code, unnumbered.status_code) == (422, 422)


def test_a_form_for_adding_has_a_way_back(session, client, unit):
    office = make_office(session, unit=unit)
    session.commit()

    counter = client.get(f"/quan-tri/danh-gia/{office.slug}/quay/them").text
    place = client.get(PAGE).text

    assert f'href="/quan-tri/danh-gia/{office.slug}/quay">Không thêm</a>' in counter
    assert 'href="/quan-tri/danh-gia/">Không thêm</a>' in place


def test_mistakes_are_listed_in_the_order_of_the_page(session, client, unit):
    make_unit(session, name="xã Thượng Lâm", parent=unit)
    office = make_office(session, unit=unit)
    session.commit()

    counter = send(client, f"/quan-tri/danh-gia/{office.slug}/quay/them").text
    place = send(client, PAGE).text

    assert counter.index("Xin nhập số quầy.") < counter.index("Xin nhập lĩnh vực của quầy.")
    assert place.index("Xin chọn đơn vị.") < place.index("Xin nhập tên cơ quan.")


@pytest.mark.parametrize(("hotline", "status"), [("", 302), ("0207 383.0123", 302), ("hỏi bảo vệ", 422), ("113", 422)])
def test_a_hotline_is_a_number_that_can_be_called(client, unit, hotline, status):
    assert send(client, PAGE, **answers(unit, hotline=hotline)).status_code == status


@pytest.mark.both_databases
def test_a_name_that_was_just_taken_is_asked_for_again(session, client, unit, monkeypatch):
    taken = make_office(session, unit=unit).slug
    session.commit()
    monkeypatch.setattr(manage, "free_slug", lambda *_: taken)

    reply = send(client, PAGE, **answers(unit))

    assert reply.status_code == 422
    assert "Vừa có tên này. Xin bấm lần nữa." in reply.text


def test_a_new_counter_asks_for_its_sheet_and_the_code_is_a_file(session, client, unit):
    office = make_office(session, unit=unit)
    session.commit()

    send(client, f"/quan-tri/danh-gia/{office.slug}/quay/them", number=7, name="Đất đai")
    page = client.get(f"/quan-tri/danh-gia/{office.slug}/quay").text

    assert "Đã thêm quầy. Hãy in tờ treo A4 và treo tại quầy." in page
    assert f'download="quay-7-{office.slug}.svg"' in page


def test_the_rated_office_cannot_be_the_host(client, unit):
    reply = send(client, PAGE, **answers(unit, host="TRUNG TÂM  xã"))

    assert reply.status_code == 422
    assert "Cơ quan chủ trì khảo sát phải khác cơ quan được đánh giá." in reply.text
    assert "TRUNG TÂM xã" in reply.text


def test_a_list_that_offers_one_unit_is_not_required_and_one_of_several_is(session, client, unit):
    alone = client.get(PAGE).text
    make_unit(session, name="xã Thượng Lâm", parent=unit)
    session.commit()

    several = client.get(PAGE).text

    assert [bool(re.search(r'<select[^>]* id="unit"[^>]* required', page)) for page in (alone, several)] == [
        False,
        True,
    ]
    assert "Đơn vị</label>" in alone
