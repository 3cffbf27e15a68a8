"""Each purpose is agreed to by itself, kept with its wording, taken back at once; a child is never named."""

import re

import pytest
from sqlalchemy import select

from core.data_version import PUBLIC, current_version
from privacy.models import Consent
from privacy.queries.consents import MOST_A_DAY
from quiz.contest.labels.consent import CONSENT
from quiz.contest.models import Participant
from quiz.contest.rules.consent import Purpose
from quiz.results.operations import closing
from quiz.results.queries.result import list_winners
from tests.factories import MONDAY, make_attempt, make_contest, make_participant
from tests.quiz.results.test_closing import closed
from tests.support.calls import confirm_winner
from tests.support.pages import Page

CODE = "7K3M9QXD2F4A8BCE"
PERSON = {"name": "Giàng A Páo", "phone": "0912345678", "birth_year": "1971"}


@pytest.fixture
def contest(session):
    made = make_contest(session)
    session.commit()
    return made


def register(client, contest, **facts):
    path = f"/thi/{contest.slug}/dang-ky"
    pairs = Page(client.get(path).text).form().filled(unit=contest.units[0].unit_id, **facts)
    return client.post(path, data=dict(pairs))


def purposes(session):
    return {row.purpose: row.wording for row in session.scalars(select(Consent))}


def test_no_box_is_ticked_beforehand(client, contest):
    form = Page(client.get(f"/thi/{contest.slug}/dang-ky").text).form()

    assert [form.value(name) for name in ("consent", "named", "reached", "guardian")] == [None, None, None, None]


def test_only_ticked_purposes_are_stored_with_their_wording(client, session, contest):
    answer = register(client, contest, **PERSON, consent="y", reached="y")

    assert answer.status_code == 201
    assert purposes(session) == {"taking-part": "2026-12-2", "reached": "2026-12-2"}


def test_without_the_required_consent_a_participant_is_not_registered(client, session, contest):
    answer = register(client, contest, **PERSON, named="y")

    assert answer.status_code == 422
    assert "phiếu giấy" in answer.text
    assert session.scalar(select(Participant)) is None


def test_a_person_who_may_be_under_16_needs_a_guardians_permission(client, session, contest, monkeypatch):
    child = PERSON | {"birth_year": str(2026 - 15)}

    refused = register(client, contest, **child, consent="y")
    allowed = register(client, contest, **child, consent="y", guardian="y")

    assert (refused.status_code, allowed.status_code) == (422, 201)
    assert "giám hộ cho phép" in refused.text
    assert set(purposes(session)) == {"taking-part", "guardian"}


@pytest.mark.parametrize(
    ("agreed", "birth_year", "shown", "hidden"),
    [
        ((Purpose.NAMED,), 1964, "Vàng Seo Páo", "Bạn P."),
        ((), 1964, "Bạn P.", "Vàng Seo Páo"),
        ((Purpose.NAMED,), 2010, "Một người dự thi", "Páo"),
    ],
)
def test_a_winner_is_named_as_they_agreed(client, session, keyring, agreed, birth_year, shown, hidden):
    round = make_contest(session).rounds[0]
    who = make_participant(session, keyring, round.contest, name="Vàng Seo Páo", birth_year=birth_year, agreed=agreed)
    make_attempt(session, keyring, round, participant=who)
    publish(session, round)

    page = client.get(f"/thi/{round.contest.slug}/tuan/1").text

    assert shown in page
    assert hidden not in page


def publish(session, round):
    result = closed(session, round)
    for winner in list_winners(session, result):
        confirm_winner(session, round, winner.participant_id, now=round.results_at)
    closing.mark_published(session, round, now=round.results_at)
    session.commit()


@pytest.mark.parametrize("field", ["name", "phone"])
def test_a_child_is_on_no_page_of_the_contest(client, session, keyring, field):
    round = make_contest(session).rounds[0]
    facts = {"name": "Sùng Thị Dợ", "phone": "0977000555"}
    child = make_participant(session, keyring, round.contest, **facts, birth_year=2011)
    make_attempt(session, keyring, round, participant=child)
    publish(session, round)

    pages = [client.get(path).text for path in ("/", f"/thi/{round.contest.slug}", f"/thi/{round.contest.slug}/bang",
                                                f"/thi/{round.contest.slug}/tuan/1")]  # fmt: skip

    assert not any(facts[field] in page or facts["phone"][-3:] + "<" in page for page in pages)


def open_rights(client, code, **more):
    form = Page(client.get("/thi/quyen-cua-toi").text).form()
    return client.post("/thi/quyen-cua-toi", data=dict(form.filled(code=code, **more)))


def test_a_consent_withdrawn_by_code_removes_the_name_from_the_page(client, session, keyring):
    round = make_contest(session).rounds[0]
    who = make_participant(session, keyring, round.contest, name="Vàng Seo Páo", code="7K3M9QXD2F4A8BCE")
    make_attempt(session, keyring, round, participant=who)
    publish(session, round)
    assert "Vàng Seo Páo" in client.get(f"/thi/{round.contest.slug}/tuan/1").text

    answer = open_rights(client, "7K3M-9QXD-2F4A-8BCE", act="named")

    assert "Đã rút lại" in answer.text
    assert "Vàng Seo Páo" not in client.get(f"/thi/{round.contest.slug}/tuan/1").text


def test_the_page_lists_each_consent_that_stands_with_a_button_to_withdraw_it(client, session, keyring):
    make_participant(session, keyring, make_contest(session), code="7K3M9QXD2F4A8BCE")
    session.commit()

    answer = open_rights(client, "7K3M9QXD2F4A8BCE").text
    after = open_rights(client, "7K3M9QXD2F4A8BCE", act="named").text

    assert "Hiện bạn chưa đồng ý điều gì" not in answer
    assert 'name="act" value="named"' in answer
    assert 'name="act" value="named"' not in after


def consent_of(session, who, purpose):
    """Every yes of *who* to *purpose*, the first one first."""
    mine = (Consent.subject_id == who.id, Consent.purpose == purpose)
    return list(session.scalars(select(Consent).where(*mine).order_by(Consent.given_at)))


@pytest.mark.both_databases
def test_withdrawing_twice_keeps_the_first_time(client, session, keyring):
    who = make_participant(session, keyring, make_contest(session), code="7K3M9QXD2F4A8BCE")
    session.commit()
    moments = []
    for _ in range(2):
        open_rights(client, "7K3M9QXD2F4A8BCE", act="named")
        session.expire_all()
        moments.append(consent_of(session, who, "named")[0].withdrawn_at)

    assert moments[0] is not None
    assert moments[0] == moments[1]


def test_an_unknown_code_opens_nothing(client, session, keyring):
    make_participant(session, keyring, make_contest(session), now=MONDAY)
    session.commit()

    assert open_rights(client, "7K3M9QXD2F4A8BCE").status_code == 404


def test_the_notice_is_linked_from_every_page(client, session, contest):
    for path in ("/", f"/thi/{contest.slug}", "/quan-tri/dang-nhap", "/khong-co"):
        assert "/quyen-rieng-tu" in client.get(path).text

    page = client.get("/quyen-rieng-tu")

    assert page.status_code == 200
    assert "Ban Tổ chức" in page.text
    assert "90 ngày sau kết quả đợt cuối" in page.text
    assert "Phiên đăng nhập của cán bộ" not in page.text


@pytest.mark.both_databases
def test_a_withdrawn_consent_is_given_again_and_its_history_stays(client, session, keyring):
    round = make_contest(session).rounds[0]
    who = make_participant(session, keyring, round.contest, name="Vàng Seo Páo", code=CODE)
    make_attempt(session, keyring, round, participant=who)
    publish(session, round)
    taken = open_rights(client, CODE, act="named")

    answer = open_rights(client, CODE, act="agree", named="y")

    assert "nêu họ tên, đơn vị" in taken.text
    assert "Đã ghi sự đồng ý" in answer.text
    assert [each.withdrawn_at is None for each in consent_of(session, who, "named")] == [False, True]
    assert "Vàng Seo Páo" in client.get(f"/thi/{round.contest.slug}/tuan/1").text


def test_no_box_for_renewed_consent_is_ticked_and_no_tick_changes_nothing(client, session, keyring):
    who = make_participant(session, keyring, make_contest(session), code=CODE)
    session.commit()
    open_rights(client, CODE, act="named")

    answer = open_rights(client, CODE, act="agree")

    assert answer.status_code == 422
    assert "ít nhất một việc" in answer.text
    assert re.findall(r"<input[^>]*checkbox[^>]*>", answer.text)
    assert not re.search(r"<input[^>]*\schecked", answer.text)
    assert len(consent_of(session, who, "named")) == 1


@pytest.mark.both_databases
def test_agreeing_twice_is_one_agreement(client, session, keyring):
    who = make_participant(session, keyring, make_contest(session), code=CODE)
    session.commit()

    for _ in range(2):
        open_rights(client, CODE, act="agree", reached="y")

    assert len(consent_of(session, who, "reached")) == 1


def test_a_list_that_is_never_empty_is_not_marked_optional(client, session, keyring):
    make_participant(session, keyring, make_contest(session), code=CODE)
    session.commit()

    labels = re.findall(r"<label[^>]*>(.+?)</label>", open_rights(client, CODE).text)

    assert "Bạn yêu cầu điều gì?" in labels
    assert 'Nói rõ thêm <span class="optional">(không bắt buộc)</span>' in labels


def test_a_person_who_may_be_a_child_is_asked_for_nothing_free(client, session, keyring):
    child = make_participant(session, keyring, make_contest(session), code=CODE, birth_year=2011, agreed=[])
    session.commit()

    page = open_rights(client, CODE)
    reply = open_rights(client, CODE, act="agree", named="y")

    assert 'name="reached"' not in page.text
    assert 'name="named"' not in page.text
    assert reply.status_code == 422
    assert consent_of(session, child, "named") == []


def test_the_consent_names_the_facts_that_are_kept_and_the_older_wording_stays(client, contest):
    page = Page(client.get(f"/thi/{contest.slug}/dang-ky").text).text

    assert "giữ họ tên, số điện thoại, năm sinh và đơn vị của tôi" in page
    assert "bốn thông tin trên (tên, số máy, tuổi, đơn vị)" in CONSENT["2026-11"][Purpose.TAKING_PART]
    assert "nêu họ tên, đơn vị và ba số cuối điện thoại của tôi" in page
    assert "nêu họ tên và đơn vị của tôi" in CONSENT["2026-11"][Purpose.NAMED]
    assert all(set(words) == set(Purpose) for words in CONSENT.values())


def test_a_withdrawal_that_ends_no_consent_leaves_pages_cached(client, session, keyring):
    make_participant(session, keyring, make_contest(session), code=CODE)
    session.commit()
    before = current_version(session.connection(), PUBLIC)

    answer = open_rights(client, CODE, act="reached")

    session.rollback()
    assert answer.status_code == 200
    assert current_version(session.connection(), PUBLIC) == before


def test_a_consent_is_given_again_a_few_times_a_day_and_always_withdrawn(client, session, keyring):
    who = make_participant(session, keyring, make_contest(session), code=CODE)
    session.commit()
    for _ in range(MOST_A_DAY):
        open_rights(client, CODE, act="agree", reached="y")
        open_rights(client, CODE, act="reached")

    refused = open_rights(client, CODE, act="agree", reached="y")

    assert refused.status_code == 409
    assert "chờ đến mai" in refused.text
    assert all(each.withdrawn_at for each in consent_of(session, who, "reached"))
