"""A request whose kind or person was written down wrongly is put right before anything is done; its days stand."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from account.models import AuditEntry
from account.operations.audit import SYSTEM
from core.values.week import local_date
from privacy.models import PersonRequest
from privacy.operations import amendment
from privacy.operations import requests as operations
from privacy.operations.amendment import Amendment
from privacy.operations.requests import Asker
from privacy.queries.requests import read_asker
from privacy.rules.actions import PrivacyAction
from privacy.rules.deadlines import Kind
from quiz.persons.queries.participants import subject_of
from tests.abuse.test_person_requests import address_of, state_of
from tests.factories import make_participant
from tests.privacy.test_mistaken_requests import request_
from tests.support.pages import Page
from tests.support.persons import NOW, desk, held_of, make_request, round, who
from tests.support.staff import send

__all__ = ["desk", "request_", "round", "who"]
WHY = "Xin bản sao, đã ghi thành xin xóa"


def page_of(request):
    return f"{address_of(request)}/sua-yeu-cau"


def fresh(session, request):
    session.expire_all()
    return session.get_one(PersonRequest, request.id)


def test_a_corrected_kind_has_days_that_count_from_the_receipt(desk, session, who, request_):
    before = state_of(session, who)

    answer = send(desk, page_of(request_), kind="copy", reason=WHY)
    shown = desk.get(answer.location).text

    found = fresh(session, request_)
    day = local_date(found.received_at)
    assert (found.kind, found.answer_by, len(found.subjects)) == ("copy", day + timedelta(days=10), 1)
    assert [step.deed for step in found.steps] == ["received", "identified", "amended"]
    assert state_of(session, who) == before
    assert "Sửa chỗ ghi sai của yêu cầu" in shown


def test_the_audit_trail_records_the_correction_and_its_reason(desk, session, request_):
    send(desk, page_of(request_), kind="copy", is_untied="y", reason=WHY)

    steps = select(AuditEntry).where(AuditEntry.action == PrivacyAction.PERSON_STEP.value)
    entry = session.scalars(steps.order_by(AuditEntry.number)).all()[-1]
    assert entry.reason == WHY
    assert entry.before == '{"step":"Xóa thông tin"}'
    assert entry.after == '{"step":"Nhận bản sao thông tin; bỏ người đã xác định"}'


def test_a_wrongly_identified_person_is_removed_and_the_right_one_found(desk, session, keyring, round, who, request_):
    other = make_participant(session, keyring, round.contest, name="Vàng Seo Pao", phone="0977123457")
    session.commit()

    send(desk, page_of(request_), kind="delete", is_untied="y", reason="Tìm nhầm người trùng tên")

    found = fresh(session, request_)
    assert (found.subjects, found.person_id) == ([], None)
    assert held_of(session, keyring, who)["privacy_request"] == []
    assert read_asker(session, keyring, found)[0] == "Vàng Seo Páo"
    send(desk, address_of(request_), f"{address_of(request_)}/tim", name="Vàng Seo Pao", phone="0977123457")
    assert [each.subject_id for each in fresh(session, request_).subjects] == [other.id]


@pytest.mark.parametrize(
    ("sent", "message"),
    [({"kind": "copy"}, "Xin ghi sai thế nào."), ({"kind": "delete", "reason": WHY}, "Chưa có gì khác")],
)
def test_without_a_reason_or_a_change_the_form_is_refused(desk, session, request_, sent, message):
    answer = send(desk, page_of(request_), **sent)

    assert (answer.status_code, message in answer.text) == (422, True)
    assert fresh(session, request_).kind == "delete"


def test_a_request_with_a_completed_step_can_not_be_amended(desk, session, keyring, request_):
    operations.note_export(session, request_, actor=SYSTEM, now=NOW)
    session.commit()

    assert page_of(request_) not in desk.get(address_of(request_)).text
    assert desk.get(page_of(request_)).location == address_of(request_)
    done = amendment.amend(session, keyring, SYSTEM, request_, Amendment(Kind.COPY, True, Asker()), now=NOW)
    assert (done, fresh(session, request_).kind) == (False, "delete")


def test_an_online_request_can_not_be_amended(desk, session, request_):
    request_.channel = "online"
    session.commit()

    assert desk.get(page_of(request_)).location == address_of(request_)


def test_an_action_begun_before_the_amendment_is_not_done(session, keyring, who):
    request = make_request(session, keyring, who, kind=Kind.DELETE)
    session.commit()
    seen = PersonRequest(id=request.id, kind=request.kind, person_id=request.person_id)
    amendment.amend(session, keyring, SYSTEM, request, Amendment(Kind.COPY, False, Asker()), now=NOW)
    session.commit()

    done = operations.answer(session, seen, actor=SYSTEM, now=NOW)

    assert (done, fresh(session, request).answered_at) == (False, None)


@pytest.mark.parametrize(
    ("kind", "path", "fields"),
    [("delete", "/xoa", {"sure": "y"}), ("correct", "/sua", {"name": "Vàng Seo Pao"}), ("withdraw", "/rut", {})],
)
def test_a_page_from_before_another_person_was_identified_changes_nothing(
    desk, session, keyring, round, who, kind, path, fields
):
    other = make_participant(session, keyring, round.contest, name="Lù Thị Dung", phone="0912345999")
    request = make_request(session, keyring, who, kind=Kind(kind))
    session.commit()
    stale = state_of_form(desk, address_of(request))
    amendment.amend(session, keyring, SYSTEM, request, Amendment(Kind(kind), True, Asker(), WHY), now=NOW)
    operations.identify(session, keyring, request, [subject_of(other)], Asker(), actor=SYSTEM, now=NOW)
    session.commit()
    before = [state_of(session, each) for each in (who, other)]

    answer = send(desk, address_of(request), f"{address_of(request)}{path}", seen=stale, **fields)

    assert answer.status_code == 302
    assert fresh(session, request).answered_at is None
    assert [state_of(session, each) for each in (who, other)] == before
    assert "Yêu cầu này vừa được sửa ở nơi khác" in desk.get(answer.location).text


def test_of_two_who_identify_a_request_one_does(session, keyring, round, who):
    other = make_participant(session, keyring, round.contest, name="Lù Thị Dung", phone="0912345999")
    request = make_request(session, keyring, who)

    done = operations.identify(session, keyring, request, [subject_of(other)], Asker(), actor=SYSTEM, now=NOW)

    assert done is False
    assert [each.subject_id for each in fresh(session, request).subjects] == [who.id]


def state_of_form(desk, address):
    return next(form.value("seen") for form in Page(desk.get(address).text).forms if form.value("seen"))
