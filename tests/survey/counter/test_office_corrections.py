"""Correcting an office and its counters, and the check of a survey's host."""

import pytest
from sqlalchemy import select

from account.models import AuditEntry
from account.rules.permissions import Role
from commune.queries.offices import list_offices
from commune.rules.host import is_own_committee
from survey.counter.models import Counter
from survey.counter.queries.printed import address_of
from tests.factories import make_account, make_counter, make_office, make_unit
from tests.support.staff import enter, send

PAGE = "/quan-tri/danh-gia"
FRONT = "Ủy ban Mặt trận Tổ quốc xã"


@pytest.fixture
def counter(session, client):
    """Create a counter of xã Lâm Bình and sign in its officer."""
    unit = make_unit(session)
    made = make_counter(session, office=make_office(session, unit=unit), name="Tư pháp, hộ tich")
    account = make_account(session, role=Role.MANAGER, unit=unit)
    session.commit()
    enter(client, account)
    return made


def answers(office, **changes):
    return {"name": office.name, "host": office.host, "hotline": ""} | changes


def deeds(session):
    return [(entry.action, entry.changes) for entry in session.scalars(select(AuditEntry))]


@pytest.mark.parametrize(
    ("host", "unit", "is_own"),
    [
        ("UBND xã Lâm Bình", "xã Lâm Bình", True),
        ("Ủy ban nhân dân xã Lâm Bình, tỉnh Tuyên Quang", "xã Lâm Bình", True),
        ("Uỷ ban Nhân dân  xã LÂM BÌNH", "xã Lâm Bình", True),
        ("UBND xã", "xã Lâm Bình", True),
        ("UBND tỉnh Tuyên Quang", "xã Lâm Bình", False),
        ("UBND xã Thượng Lâm", "xã Lâm Bình", False),
        ("UBND xã Lâm Bình", "xã Lâm", False),
        (FRONT, "xã Lâm Bình", False),
        ("Hội đồng nhân dân xã Lâm Bình", "xã Lâm Bình", False),
        ("", "xã Lâm Bình", False),
    ],
)
def test_the_committee_of_the_unit_itself_is_recognised(host, unit, is_own):
    assert is_own_committee(host, unit) is is_own


def test_an_office_is_corrected_in_the_trail_with_before_and_after(session, client, counter):
    office, slug = counter.office, counter.office.slug
    was = office.name

    reply = send(
        client, f"{PAGE}/{slug}/sua", **answers(office, name="Trung tâm hành chính công xã", hotline="0207 3830 123")
    )

    page = client.get(f"{PAGE}/{slug}").text
    assert reply.location == f"{PAGE}/{slug}"
    assert "Tờ treo đã in vẫn mang tên cũ" in page
    assert [each.slug for each in list_offices(session, find="hành chính công")] == [slug]
    assert deeds(session) == [
        ("office.edit", [("hotline", None, "0207 3830 123"), ("name", was, "Trung tâm hành chính công xã")])
    ]


def test_saving_an_office_untouched_adds_no_audit_entry(session, client, counter):
    send(client, f"{PAGE}/{counter.office.slug}/sua", **answers(counter.office))

    assert deeds(session) == []


@pytest.mark.both_databases
def test_a_counter_is_corrected_and_keeps_its_number_and_its_code(session, client, keyring, counter):
    page, code = f"{PAGE}/{counter.office.slug}/quay/2/sua", address_of(keyring, counter)

    send(client, page, name="Tư pháp, hộ tịch")

    session.expire_all()
    now = session.get(Counter, counter.id)
    assert (now.name, now.number, address_of(keyring, now)) == ("Tư pháp, hộ tịch", 2, code)
    assert deeds(session) == [("counter.edit", [("name", "Tư pháp, hộ tich", "Tư pháp, hộ tịch")])]


def test_a_counter_without_a_name_is_asked_for_again(client, counter):
    assert send(client, f"{PAGE}/{counter.office.slug}/quay/2/sua", name=" ").status_code == 422


def test_the_committee_over_an_office_as_host_needs_confirmation(session, client, counter):
    page, host = f"{PAGE}/{counter.office.slug}/sua", "UBND xã Lâm Bình"

    asked = send(client, page, **answers(counter.office, host=host))
    sure = send(client, page, **answers(counter.office, host=host, is_meant="y"))

    assert (asked.status_code, sure.status_code) == (422, 302)
    assert "UBND xã Lâm Bình là cơ quan cấp trên trực tiếp" in asked.text
    assert "Nên chọn Ủy ban Mặt trận Tổ quốc hoặc Hội đồng nhân dân" in asked.text
    assert f'value="{host}"' in asked.text
    assert 'name="is_meant"' in asked.text


def test_a_new_office_is_asked_the_same(client, counter):
    unit = counter.office.unit
    typed = {"unit": unit.id, "name": "Trung tâm xã", "host": "Ủy ban nhân dân xã Lâm Bình"}

    statuses = [send(client, f"{PAGE}/them", **typed, **more).status_code for more in ({}, {"is_meant": "y"})]

    assert statuses == [422, 302]


def test_the_committee_over_a_village_is_that_of_its_commune(session, client, counter):
    village = make_unit(session, name="thôn Nặm Đíp", kind="village", parent=counter.office.unit)
    counter.office.unit_id = village.id
    session.commit()

    reply = send(client, f"{PAGE}/{counter.office.slug}/sua", **answers(counter.office, host="UBND xã Lâm Bình"))

    assert reply.status_code == 422


def test_the_same_words_are_refused_whatever_is_ticked(client, counter):
    reply = send(
        client, f"{PAGE}/{counter.office.slug}/sua", **answers(counter.office, host=counter.office.name, is_meant="y")
    )

    assert reply.status_code == 422


def test_the_networks_of_an_office_are_kept_in_order_and_audited(session, client, counter):
    office = counter.office
    page = f"{PAGE}/{office.slug}/sua"

    reply = send(client, page, **answers(office, networks="203.0.113.9/24, 2001:db8:1::/48"))

    session.refresh(office)
    assert reply.status_code == 302
    assert office.networks == "203.0.113.0/24 2001:db8:1::/48"
    assert deeds(session)[-1][0] == "office.edit"
    assert "127.0.0.1" not in client.get(page).text


def test_what_is_no_network_is_named_and_nothing_typed_is_lost(session, client, counter):
    reply = send(client, f"{PAGE}/{counter.office.slug}/sua", **answers(counter.office, networks="203.0.113.9 wifi"))

    assert reply.status_code == 422
    assert "“wifi” không phải địa chỉ mạng" in reply.text
    assert 'value="203.0.113.9 wifi"' in reply.text


def test_more_networks_than_an_office_has_are_refused(session, client, counter):
    many = " ".join(f"113.160.{number}.0/24" for number in range(9))

    reply = send(client, f"{PAGE}/{counter.office.slug}/sua", **answers(counter.office, networks=many))

    assert reply.status_code == 422
    assert "Một cơ quan ghi được nhiều nhất 8 mạng." in reply.text
    assert counter.office.networks == ""
