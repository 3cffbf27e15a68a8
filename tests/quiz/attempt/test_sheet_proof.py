"""Paper sheets in the name of somebody who takes part already: printed for them, with their code, or asked about."""

import json
import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from account.models import AuditEntry
from account.operations.audit import Actor
from core.clock import MILLISECOND
from core.crypto import new_code
from core.values.codes import in_fours
from quiz.attempt.models import Attempt, PaperSheet, Tally
from quiz.attempt.operations.attempt import RoundNotOpen
from quiz.attempt.operations.paper_sheets import PersonOnOtherSheets, key_first, key_second
from quiz.attempt.operations.sheet_printing import print_named_sheets, print_sheets
from quiz.attempt.operations.sheet_settling import NotAsked, answer_sheet
from quiz.attempt.queries.named_sheets import sheet_code
from quiz.attempt.queries.paper_sheets import list_unsettled, state_in
from quiz.attempt.rules.keying import KeyedPaper
from quiz.attempt.rules.sheet_proof import SheetState
from quiz.contest.models import Participant, RosterPerson
from quiz.results.operations.closing import rank_round
from tests.factories import make_account, make_attempt, make_contest, make_participant, make_unit, this_monday
from tests.support.pages import Page
from tests.support.sheets import pages_of, texts_on, words_on
from tests.support.staff import desk, send

HOUR = timedelta(hours=1)
PAO = {"name": "Vàng Seo Páo", "phone": "0977123456", "birth_year": 1970}
CODE = new_code()


@pytest.fixture
def round(session):
    return make_contest(session, questions=3, first_day=this_monday(), shuffles=True).rounds[0]


@pytest.fixture
def keyers(session, round):
    return [make_account(session, unit=round.contest.unit) for _ in range(2)]


@pytest.fixture
def pao(session, keyring, round):
    return make_participant(session, keyring, round.contest, code=CODE, **PAO)


@pytest.fixture
def now(round, monkeypatch):
    moment = round.opens_at + HOUR
    monkeypatch.setattr("core.clock.now", lambda: moment)
    return moment


def sheet_of(session, round, keyers):
    return print_sheets(session, Actor("account", keyers[0].id), round, 1, now=round.opens_at)[0]


def named(session, keyring, round, keyers, **how):
    options = {"reason": "phát tận tay", "again": False, "most": 300, "now": round.opens_at} | how
    return print_named_sheets(
        session, keyring, Actor("account", keyers[0].id), round, round.contest.units[0].unit, **options
    )


def typed(round, **other):
    unit = round.contest.units[0].unit_id
    return KeyedPaper(**PAO | {"unit_id": unit, "agreed": ["taking-part"], "answers": {"1": "A"}, "guess": 7} | other)


def key(session, keyring, keyers, sheet, paper, now):
    key_first(session, keyring, keyers[0].id, sheet, paper, now=now)
    return key_second(session, keyring, Actor("account", keyers[1].id), sheet, paper, now=now)


def enter(client, round, code=CODE):
    page = f"/thi/{round.contest.slug}/vao-thi"
    return client.post(page, data=dict(Page(client.get(page).text).form().filled(code=code)))


def say(client, question, deed):
    form = Page(question.text).form()
    return client.post(form.action, data=dict(form.filled()) | {"deed": deed})


@pytest.mark.both_databases
def test_a_sheet_in_a_participants_name_uses_up_no_try(session, keyring, round, keyers, pao):
    sheet = sheet_of(session, round, keyers)

    state = key(session, keyring, keyers, sheet, typed(round), round.opens_at + HOUR)

    assert state is SheetState.ASKED
    assert session.scalar(select(func.count()).select_from(Attempt)) == 0
    assert make_attempt(session, keyring, round, participant=pao, started_at=round.opens_at + 2 * HOUR).correct == 3


@pytest.mark.both_databases
def test_a_yes_counts_the_sheet_by_the_moment_at_which_it_was_keyed_in(session, keyring, round, keyers, pao):
    sheet, handed_in = sheet_of(session, round, keyers), round.opens_at + HOUR
    key(session, keyring, keyers, sheet, typed(round), handed_in)

    state = answer_sheet(session, keyring, pao.id, sheet.id, is_mine=True, now=round.closes_at - MILLISECOND)

    attempt = session.get_one(Attempt, sheet.id)
    assert (state, attempt.submitted_at, attempt.sheet.guess) == (SheetState.COUNTED, handed_in, 7)
    assert session.scalar(select(func.sum(Tally.turns))) == 1
    assert rank_round(session, round, now=round.results_at).differences == []


def test_a_no_sets_the_sheet_aside_and_is_recorded(session, keyring, round, keyers, pao):
    sheet = sheet_of(session, round, keyers)
    key(session, keyring, keyers, sheet, typed(round), round.opens_at + HOUR)

    answer_sheet(session, keyring, pao.id, sheet.id, is_mine=False, now=round.opens_at + 2 * HOUR)

    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "paper.answer")).one()
    assert (sheet.set_aside, sheet.sealed) == ("not-mine", None)
    assert json.loads(entry.after) == {"number": 1, "state": "người có tên nói phiếu không phải của mình"}
    with pytest.raises(NotAsked):
        answer_sheet(session, keyring, pao.id, sheet.id, is_mine=True, now=round.opens_at + 3 * HOUR)


def test_another_participant_can_not_answer(session, keyring, round, keyers, pao):
    sheet, rival = sheet_of(session, round, keyers), make_participant(session, keyring, round.contest)
    key(session, keyring, keyers, sheet, typed(round), round.opens_at + HOUR)

    with pytest.raises(NotAsked):
        answer_sheet(session, keyring, rival.id, sheet.id, is_mine=True, now=round.opens_at + 2 * HOUR)

    assert sheet.sealed is not None


def test_who_opened_the_paper_online_does_not_choose_the_sheet_afterwards(session, keyring, round, keyers, pao):
    sheet = sheet_of(session, round, keyers)
    key(session, keyring, keyers, sheet, typed(round), round.opens_at + HOUR)
    make_attempt(session, keyring, round, participant=pao, started_at=round.opens_at + 2 * HOUR)

    state = answer_sheet(session, keyring, pao.id, sheet.id, is_mine=True, now=round.opens_at + 3 * HOUR)

    assert (state, sheet.set_aside) == (SheetState.NO_TRIES, "no-tries")


def test_an_answer_after_the_close_counts_nothing(session, keyring, round, keyers, pao):
    sheet = sheet_of(session, round, keyers)
    key(session, keyring, keyers, sheet, typed(round), round.opens_at + HOUR)
    before = state_in(session, sheet, now=round.closes_at)

    state = answer_sheet(session, keyring, pao.id, sheet.id, is_mine=True, now=round.closes_at)

    assert (before, state) == (SheetState.UNCONFIRMED, SheetState.UNCONFIRMED)
    assert [each.number for each in list_unsettled(session, round)] == [1]


def test_without_a_code_no_participant_gains_a_sheet_after_the_close(session, keyring, round, keyers, pao):
    sheet = sheet_of(session, round, keyers)

    assert key(session, keyring, keyers, sheet, typed(round), round.closes_at + HOUR) is SheetState.UNCONFIRMED


def test_a_sheet_in_somebodys_name_keeps_back_no_sheet_with_their_code(session, keyring, round, keyers, pao):
    forged, true, other = (sheet_of(session, round, keyers) for _ in range(3))
    key_first(session, keyring, keyers[0].id, forged, typed(round), now=round.opens_at + HOUR)

    key_first(session, keyring, keyers[0].id, true, typed(round, has_code=True), now=round.opens_at + HOUR)

    with pytest.raises(PersonOnOtherSheets):
        key_first(session, keyring, keyers[0].id, other, typed(round, has_code=True), now=round.opens_at + HOUR)


@pytest.mark.both_databases
def test_a_sheet_printed_for_somebody_counts_for_them_once(session, keyring, round, keyers, pao):
    [sheet] = named(session, keyring, round, keyers)
    unnamed = KeyedPaper("", "", 0, 0, (), {"1": "A"}, 7)

    state = key(session, keyring, keyers, sheet, unnamed, round.opens_at + HOUR)

    assert state is SheetState.COUNTED
    assert session.get_one(Attempt, sheet.id).participant_id == pao.id
    assert named(session, keyring, round, keyers, again=True) == []


def test_a_persons_sheet_stays_the_same_and_who_took_part_has_none(session, keyring, round, keyers, pao):
    make_attempt(session, keyring, round, participant=make_participant(session, keyring, round.contest))
    unit = make_unit(session)
    make_participant(session, keyring, round.contest, unit=round.contest.units[0].unit).unit_id = unit.id

    [first] = named(session, keyring, round, keyers)

    assert first.printed_for_id == pao.id
    assert named(session, keyring, round, keyers) == []
    assert named(session, keyring, round, keyers, again=True) == [first]


def test_people_of_a_roster_who_have_not_registered_are_given_two_ways(app, session, round, keyers):
    page = f"/quan-tri/cuoc-thi/{round.contest.slug}/tuan/1/phieu-giay/co-ten"
    session.commit()
    organiser = desk(app, keyers[0])
    without = organiser.get(page).text
    on_roster = {"contest_id": round.contest_id, "identity_hash": b"i" * 32, "name_hash": b"n" * 32}
    session.add(RosterPerson(**on_roster, imported_at=round.opens_at))
    session.commit()

    said = Page(organiser.get(page).text).text

    assert "Người trong danh sách mà chưa đăng ký" not in without
    assert "không đọc lại được họ tên, nên không in phiếu có tên cho họ" in said
    assert "họ nhận mã cá nhân, rồi có tên ở trang này, hoặc ghi mã ấy lên phiếu thường" in said


def test_a_pack_is_printed_scanned_and_keyed_in_through_the_pages(app, session, keyring, round, keyers, pao, now):
    session.commit()
    one, other = (desk(app, account) for account in keyers)
    page = f"/quan-tri/cuoc-thi/{round.contest.slug}/tuan/1/phieu-giay"

    file = send(one, f"{page}/co-ten", unit=round.contest.units[0].unit_id, reason="phát tận tay", is_checked="y")

    sheet = session.scalars(select(PaperSheet)).one()
    code = sheet_code(keyring, sheet)
    first = pages_of(file.data)[0]
    assert "Vàng Seo Páo" in words_on(first)
    assert in_fours(code) in words_on(first)
    assert "Số điện thoại" not in words_on(first)
    [scanned] = texts_on(first, 4)
    address = re.sub(r"^https?://[^/]+", "", scanned)
    assert address == f"{page}/1?ma={code}"
    assert "Vàng Seo Páo" in one.get(address).text
    asked = one.get(f"{page}/1")
    assert "Vàng Seo Páo" not in asked.text
    assert one.get(f"{page}/1?ma={'0' * 12}").status_code == 404
    for keyer in (one, other):
        assert send(keyer, address, ma=code, q1="A", guess="12").status_code == 302
    assert session.scalars(select(Attempt)).one().participant_id == pao.id
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "paper.print")).one()
    assert json.loads(entry.after) == {"sheets": 1, "unit": round.contest.units[0].unit.name}


def test_no_sheet_is_printed_once_it_could_not_be_filled_in_any_more(session, keyring, round, keyers, pao):
    with pytest.raises(RoundNotOpen):
        named(session, keyring, round, keyers, now=round.closes_at)
    with pytest.raises(RoundNotOpen):
        print_sheets(session, Actor("account", keyers[0].id), round, 1, now=round.closes_at)


def test_the_code_on_a_sheet_opens_nothing_online(session, keyring, round, keyers, pao, now, client):
    [sheet] = named(session, keyring, round, keyers)
    session.commit()

    reply = enter(client, round, sheet_code(keyring, sheet))

    assert reply.status_code == 422
    assert session.scalars(select(Attempt)).all() == []


def test_a_personal_code_on_a_sheet_is_checked_and_kept_nowhere(app, session, keyring, round, keyers, pao, now):
    sheet_of(session, round, keyers)
    session.commit()
    page = f"/quan-tri/cuoc-thi/{round.contest.slug}/tuan/1/phieu-giay/1"
    facts = {**PAO, "unit": round.contest.units[0].unit_id, "consent": "y", "q1": "A"}
    one, other = (desk(app, account) for account in keyers)

    wrong = send(one, page, **facts, code=new_code())

    assert (wrong.status_code, "Mã này không phải của người" in wrong.text) == (404, True)
    for keyer in (one, other):
        assert send(keyer, page, **facts, code=in_fours(CODE)).status_code == 302
    assert session.scalars(select(Attempt)).one().participant_id == pao.id


def test_the_person_is_asked_before_the_paper_opens_and_a_no_leaves_the_try(
    app, session, keyring, round, keyers, pao, now, client
):
    key(session, keyring, keyers, sheet_of(session, round, keyers), typed(round), now)
    session.commit()

    question = enter(client, round)
    answered = say(client, question, "khong-phai")
    form = Page(answered.text).form()
    begun = client.post(form.action, data=dict(form.filled()))

    assert "Có một phiếu thi giấy ghi tên bạn" in question.text
    assert "Lượt thi của bạn còn nguyên" in answered.text
    assert "Câu hỏi số 1?" in begun.text
    listed = desk(app, keyers[0]).get(f"/quan-tri/cuoc-thi/{round.contest.slug}/tuan/1/phieu-giay").text
    assert "người có tên nói phiếu không phải của mình" in listed


def test_a_yes_on_the_page_counts_and_a_second_tap_changes_nothing(session, keyring, round, keyers, pao, now, client):
    sheet = sheet_of(session, round, keyers)
    key(session, keyring, keyers, sheet, typed(round), now)
    session.commit()
    question = enter(client, round)

    replies = [say(client, question, deed) for deed in ("cua-toi", "khong-phai")]

    assert ["được tính là bài của bạn" in each.text for each in replies] == [True, True]
    assert "Bạn đã thi tuần 1" in enter(client, round).text
    session.expire_all()
    assert (session.get_one(PaperSheet, sheet.id).set_aside, len(session.scalars(select(Attempt)).all())) == (None, 1)


@pytest.fixture
def registered_by_a_sheet(session, keyring, round, keyers):
    """Let a sheet register somebody who then gets a personal code from the organiser."""
    sheet = sheet_of(session, round, keyers)
    key(session, keyring, keyers, sheet, typed(round), round.opens_at + HOUR)
    person = session.scalars(select(Participant)).one()
    person.code_hash = keyring.mac("personal-code", CODE)
    session.commit()
    return sheet, person


@pytest.mark.both_databases
def test_whom_a_strangers_sheet_registered_takes_it_back_and_has_their_try(
    session, keyring, round, registered_by_a_sheet
):
    sheet, person = registered_by_a_sheet
    turns = session.scalar(select(func.sum(Tally.turns)))

    state = answer_sheet(session, keyring, person.id, sheet.id, is_mine=False, now=round.opens_at + 2 * HOUR)

    assert (turns, state, session.scalar(select(func.sum(Tally.turns)))) == (1, SheetState.NOT_MINE, None)
    assert make_attempt(session, keyring, round, participant=person, started_at=round.opens_at + 3 * HOUR).correct == 3
    assert [each.number for each in list_unsettled(session, round)] == [sheet.number]
    assert rank_round(session, round, now=round.results_at).differences == []


def test_who_says_that_it_is_theirs_is_asked_once(session, keyring, round, registered_by_a_sheet):
    sheet, person = registered_by_a_sheet

    state = answer_sheet(session, keyring, person.id, sheet.id, is_mine=True, now=round.opens_at + 2 * HOUR)

    assert (state, session.get(Attempt, sheet.id) is not None) == (SheetState.COUNTED, True)
    with pytest.raises(NotAsked):
        answer_sheet(session, keyring, person.id, sheet.id, is_mine=False, now=round.opens_at + 3 * HOUR)


def test_nothing_is_taken_back_once_the_round_is_over(session, keyring, round, registered_by_a_sheet):
    sheet, person = registered_by_a_sheet

    with pytest.raises(RoundNotOpen):
        answer_sheet(session, keyring, person.id, sheet.id, is_mine=False, now=round.closes_at)

    assert session.get(Attempt, sheet.id) is not None


def test_a_sheet_with_proof_does_not_ask_again(session, keyring, round, keyers, pao):
    sheet = sheet_of(session, round, keyers)
    key(session, keyring, keyers, sheet, typed(round, has_code=True), round.opens_at + HOUR)

    with pytest.raises(NotAsked):
        answer_sheet(session, keyring, pao.id, sheet.id, is_mine=False, now=round.opens_at + 2 * HOUR)


def test_the_question_says_that_the_sheet_counts_and_leads_to_the_paper(client, round, now, registered_by_a_sheet):
    question = enter(client, round)
    answered = say(client, question, "khong-phai")
    paper = client.post(Page(answered.text).form().action, data=dict(Page(answered.text).form().filled()))

    assert "Ban Tổ chức đã đăng ký bạn theo phiếu; bài đang được tính" in question.text
    assert "Lượt thi của bạn còn nguyên," in answered.text
    assert (paper.status_code, "Nộp bài" in paper.text) == (200, True)
