"""Paper sheets: printed with a code, keyed in by two accounts, counted once, and shown to the approver."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from account.models import AuditEntry
from account.operations.audit import Actor
from core.clock import MILLISECOND
from core.crypto import new_code
from quiz.attempt.models import Attempt, Entry, PaperSheet, Tally
from quiz.attempt.operations.attempt import RoundNotOpen
from quiz.attempt.operations.paper_sheets import (
    AlreadyKeyed,
    Differing,
    PersonOnOtherSheets,
    SameAccount,
    key_first,
    key_second,
    purge_readings,
)
from quiz.attempt.operations.sheet_printing import print_sheets
from quiz.attempt.queries.attempt import entry_value
from quiz.attempt.queries.paper import find_paper, paper_of
from quiz.attempt.queries.paper_sheets import count_sheets, list_keyers
from quiz.attempt.rules.keying import KeyedPaper
from quiz.results.manage import origins
from quiz.results.operations.closing import rank_round
from tests.factories import make_account, make_contest, make_participant, this_monday
from tests.support.pages import Page
from tests.support.sheets import pages_of, texts_on, words_on
from tests.support.staff import desk, send

HOUR = timedelta(hours=1)


@pytest.fixture
def round(session):
    return make_contest(session, questions=3, first_day=this_monday(), shuffles=True).rounds[0]


@pytest.fixture
def keyers(session, round):
    """Create two organisers of the contest's unit."""
    return [make_account(session, unit=round.contest.unit) for _ in range(2)]


def sheet_of(session, round, keyers):
    now = round.opens_at + HOUR
    return print_sheets(session, Actor("account", keyers[0].id), round, 1, now=now)[0]


def right(session, keyring, round, sheet):
    """Return the letters that are right on this sheet, by place."""
    paper = paper_of(keyring, round, find_paper(session, round.id, round.paper_version), sheet.id)
    return {
        str(each.position): next(n for (n, _t), s in zip(each.choices, each.stored, strict=True) if s in each.key)
        for each in paper.questions
    }


def typed(round, answers, **other):
    facts = {"name": "Vàng Seo Páo", "phone": "0977123456", "birth_year": 1970}
    unit = round.contest.units[0].unit_id
    return KeyedPaper(**facts | {"unit_id": unit, "agreed": ["taking-part"], "answers": answers, "guess": 10} | other)


def key(session, keyring, keyers, sheet, paper, *, now, **how):
    key_first(session, keyring, keyers[0].id, sheet, paper, now=now)
    key_second(session, keyring, Actor("account", keyers[1].id), sheet, paper, now=now, **how)
    return session.get(Attempt, sheet.id)


@pytest.mark.both_databases
def test_two_keyings_that_agree_are_one_marked_paper_at_the_limit(session, keyring, round, keyers):
    sheet = sheet_of(session, round, keyers)
    paper = typed(round, right(session, keyring, round, sheet))

    attempt = key(session, keyring, keyers, sheet, paper, now=round.opens_at + 2 * HOUR)

    assert (attempt.mode, attempt.correct) == ("paper", 3)
    assert entry_value(attempt, 10).duration_ms == round.limit_seconds * 1000
    assert session.scalar(select(func.sum(Tally.turns))) == 1
    assert rank_round(session, round, now=round.results_at).differences == []


def test_the_first_keying_counts_nothing_and_is_sealed(session, keyring, round, keyers):
    sheet = sheet_of(session, round, keyers)

    key_first(session, keyring, keyers[0].id, sheet, typed(round, {"1": "A"}), now=round.opens_at + HOUR)

    assert session.scalars(select(Attempt)).all() == []
    assert b"0977123456" not in sheet.sealed


def test_one_account_alone_brings_in_no_paper(session, keyring, round, keyers):
    sheet, paper = sheet_of(session, round, keyers), typed(round, {"1": "A"})
    key_first(session, keyring, keyers[0].id, sheet, paper, now=round.opens_at + HOUR)

    with pytest.raises(SameAccount):
        key_second(session, keyring, Actor("account", keyers[0].id), sheet, paper, now=round.opens_at + HOUR)

    assert session.scalars(select(Entry)).all() == []


def test_keyings_that_differ_store_nothing_until_the_second_insists_and_are_counted(session, keyring, round, keyers):
    sheet, now, second = sheet_of(session, round, keyers), round.opens_at + HOUR, Actor("account", keyers[1].id)
    key_first(session, keyring, keyers[0].id, sheet, typed(round, {"1": "A"}), now=round.opens_at + HOUR)
    other = typed(round, {"1": "B"}, guess=11)

    with pytest.raises(Differing) as error:
        key_second(session, keyring, second, sheet, other, now=now)
    key_second(session, keyring, second, sheet, other, now=now, insists=True)

    assert error.value.fields == ["guess", "q1"]
    assert (sheet.differed, sheet.sealed) == (2, None)
    assert count_sheets(session, round).differed == 1


def test_a_second_reading_that_is_mended_to_agree_stays_counted_as_differing(session, keyring, round, keyers):
    sheet, now, second = sheet_of(session, round, keyers), round.opens_at + HOUR, Actor("account", keyers[1].id)
    first = typed(round, {"1": "A"})
    key_first(session, keyring, keyers[0].id, sheet, first, now=now)
    with pytest.raises(Differing):
        key_second(session, keyring, second, sheet, typed(round, {}, guess=1), now=now)

    key_second(session, keyring, second, sheet, first, now=now)

    assert (sheet.differed, count_sheets(session, round).differed) == (2, 1)


def test_a_sheet_takes_one_paper(session, keyring, round, keyers):
    sheet, now = sheet_of(session, round, keyers), round.opens_at + HOUR
    key(session, keyring, keyers, sheet, typed(round, {"1": "A"}), now=now)

    with pytest.raises(AlreadyKeyed):
        key(session, keyring, keyers, sheet, typed(round, {"1": "A"}, phone="0977123457"), now=now)


def test_somebody_who_took_part_online_has_no_second_entry_on_paper(session, keyring, round, keyers):
    make_participant(session, keyring, round.contest, name="Vàng Seo Páo", phone="0977123456", birth_year=1970)
    sheets, now = [sheet_of(session, round, keyers) for _ in range(2)], round.opens_at + HOUR
    key(session, keyring, keyers, sheets[0], typed(round, {"1": "A"}, has_code=True), now=now)

    again = key(session, keyring, keyers, sheets[1], typed(round, {"1": "A"}, has_code=True), now=now)

    assert (again, sheets[1].set_aside) == (None, "no-tries")


def test_somebody_whose_try_a_sheet_took_reads_so(session, keyring, round, keyers, client, monkeypatch):
    code, now = new_code(), round.opens_at + HOUR
    mine = {"name": "Vàng Seo Páo", "phone": "0977123456", "birth_year": 1970}
    make_participant(session, keyring, round.contest, code=code, **mine)
    key(session, keyring, keyers, sheet_of(session, round, keyers), typed(round, {}, has_code=True), now=now)
    session.commit()
    monkeypatch.setattr("core.clock.now", lambda: now)
    page = f"/thi/{round.contest.slug}/vao-thi"

    reply = client.post(page, data=dict(Page(client.get(page).text).form().filled(code=code)))

    assert "Nếu bạn không làm phiếu giấy, xin báo Ban Tổ chức" in reply.text


def test_a_sheet_keyed_in_after_the_close_counts_as_the_last_and_is_counted_apart(session, keyring, round, keyers):
    sheet = sheet_of(session, round, keyers)

    attempt = key(session, keyring, keyers, sheet, typed(round, {"1": "A"}), now=round.closes_at + HOUR)

    assert attempt.submitted_at == round.closes_at - MILLISECOND
    assert count_sheets(session, round).late == 1
    assert list_keyers(session, round) == [(*keyers, 1)]


def test_once_the_round_is_ranked_no_sheet_comes_in(session, keyring, round, keyers):
    sheet = sheet_of(session, round, keyers)
    rank_round(session, round, now=round.results_at)

    with pytest.raises(RoundNotOpen):
        key(session, keyring, keyers, sheet, typed(round, {"1": "A"}), now=round.results_at)
    with pytest.raises(RoundNotOpen):
        sheet_of(session, round, keyers)


def test_what_one_person_keyed_in_goes_a_month_after_the_close(session, keyring, round, keyers):
    sheet = sheet_of(session, round, keyers)
    key_first(session, keyring, keyers[0].id, sheet, typed(round, {}), now=round.opens_at + HOUR)

    assert purge_readings(session, (round.closes_at + timedelta(days=29)).date()) == 0
    assert purge_readings(session, (round.closes_at + timedelta(days=32)).date()) == 1


def test_sheets_are_printed_with_their_numbers_and_keyed_in_through_the_pages(app, session, keyring, round, keyers):
    session.commit()
    one, other = (desk(app, account) for account in keyers)
    page = f"/quan-tri/cuoc-thi/{round.contest.slug}/tuan/1/phieu-giay"

    file = send(one, page, quantity=2, is_checked="y")

    pages = pages_of(file.data)
    words = " ".join(map(words_on, pages))
    codes = [code for at in pages for code in texts_on(at, 4)]
    assert "số 1" in words
    assert "số 2" in words
    assert words.count("Câu hỏi số 3?") == 2
    assert [code.lower().endswith(f"{page}/{number}") for number, code in enumerate(codes, start=1)] == [True, True]
    sheet = session.scalars(select(PaperSheet).where(PaperSheet.number == 2)).one()
    facts = {
        "name": "Vàng Seo Páo",
        "phone": "0977 123 456",
        "birth_year": "1970",
        "unit": round.contest.units[0].unit_id,
        "consent": "y",
        "guess": "12",
    }
    letters = {f"q{place}": letter for place, letter in right(session, keyring, round, sheet).items()}
    assert send(one, f"{page}/2", **facts, **letters).status_code == 302
    differing = send(other, f"{page}/2", **facts, **letters | {"q1": ""})
    assert differing.status_code == 409
    assert "Hai lần nhập khác nhau ở 1 chỗ" in differing.text
    assert send(other, f"{page}/2", **facts, **letters).status_code == 302
    session.expire_all()
    assert session.scalars(select(Attempt)).one().correct == 3
    assert (sheet.differed, count_sheets(session, round).differed) == (1, 1)
    assert "Trần Thị Bình nhập lần hai" in other.get(f"{page}/2").text


def test_letters_that_a_question_does_not_offer_are_asked_again(app, session, round, keyers):
    sheet_of(session, round, keyers)
    session.commit()
    page = f"/quan-tri/cuoc-thi/{round.contest.slug}/tuan/1/phieu-giay/1"

    reply = send(desk(app, keyers[0]), page, name="Vàng Seo Páo", q1="X", q2="AB")

    assert reply.status_code == 422
    assert reply.text.count("ghi một chữ trong ABC") >= 2
    assert "Vàng Seo Páo" in reply.text


@pytest.mark.parametrize(
    ("first_guess", "in_time", "second_guess", "counted"),
    [(480, True, 480, 480), (480, True, 512, None), (480, False, 480, None)],
)
def test_after_the_close_only_a_guess_keyed_in_before_it_counts(
    session, keyring, round, keyers, first_guess, in_time, second_guess, counted
):
    sheet, late = sheet_of(session, round, keyers), round.closes_at + HOUR
    first, second = (typed(round, {"1": "A"}, guess=guess) for guess in (first_guess, second_guess))
    key_first(session, keyring, keyers[0].id, sheet, first, now=round.closes_at - HOUR if in_time else late)

    actor = Actor("account", keyers[1].id)
    key_second(session, keyring, actor, sheet, second, now=late, insists=True)

    assert session.get(Attempt, sheet.id).sheet.guess == counted


def test_a_reading_corrected_after_the_close_keeps_the_guess_that_it_leaves(session, keyring, round, keyers):
    sheet, late = sheet_of(session, round, keyers), round.closes_at + HOUR
    key_first(session, keyring, keyers[0].id, sheet, typed(round, {}, guess=480), now=round.opens_at + HOUR)

    key_first(session, keyring, keyers[0].id, sheet, typed(round, {"1": "B"}, guess=480), now=late)
    kept = sheet.guess_in_time
    key_first(session, keyring, keyers[0].id, sheet, typed(round, {"1": "B"}, guess=512), now=late)
    changed = sheet.guess_in_time
    key_first(session, keyring, keyers[0].id, sheet, typed(round, {"1": "B"}, guess=480), now=late)

    assert (kept, changed, sheet.guess_in_time) == (True, False, False)


def test_a_guess_that_fits_is_not_given_to_somebody_after_the_close(session, keyring, round, keyers):
    sheet, late = sheet_of(session, round, keyers), round.closes_at + HOUR
    key_first(session, keyring, keyers[0].id, sheet, typed(round, {}, guess=480), now=round.opens_at + HOUR)
    friend = typed(round, {}, guess=480, name="Giàng A Sử", phone="0977123457")

    key_first(session, keyring, keyers[0].id, sheet, friend, now=late)

    actor = Actor("account", keyers[1].id)
    key_second(session, keyring, actor, sheet, friend, now=late)

    assert session.get(Attempt, sheet.id).sheet.guess is None


def test_one_person_is_not_kept_on_several_sheets_to_choose_from(session, keyring, round, keyers):
    sheets, now = [sheet_of(session, round, keyers) for _ in range(2)], round.opens_at + HOUR
    key_first(session, keyring, keyers[0].id, sheets[0], typed(round, {}, guess=480), now=now)
    again = typed(round, {}, guess=512, name="vàng seo páo")

    with pytest.raises(PersonOnOtherSheets) as error:
        key_first(session, keyring, keyers[1].id, sheets[1], again, now=now)

    assert error.value.numbers == [1]


def test_two_accounts_that_may_be_one_person_are_marked_in_the_record_and_on_the_sheet(
    app, session, keyring, round, keyers
):
    sheet = sheet_of(session, round, keyers)
    keyers[0].name, keyers[1].email = "Lò Thị Mai", keyers[0].email.replace("@", "+2@")
    key(session, keyring, keyers, sheet, typed(round, {"1": "A"}), now=round.opens_at + HOUR)
    session.commit()

    page = desk(app, keyers[0]).get(f"/quan-tri/cuoc-thi/{round.contest.slug}/tuan/1/phieu-giay/1").text

    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "paper.key")).one()
    assert json.loads(entry.after)["same_person"] == "cùng một hộp thư điện tử"
    assert "Lò Thị Mai nhập lần một, Trần Thị Bình nhập lần hai" in page
    assert "có thể là một người: cùng một hộp thư điện tử" in page
    assert dict(origins._papers(session, round))["Lò Thị Mai rồi Trần Thị Bình nhập"].startswith("1 phiếu; hai tài kh")


def test_sheets_are_printed_again_under_their_numbers_and_no_sheet_is_added(
    app, session, keyring, round, keyers, monkeypatch
):
    now = round.opens_at + HOUR
    sheets = print_sheets(session, Actor("account", keyers[0].id), round, 3, now=now)
    key_first(session, keyring, keyers[0].id, sheets[0], typed(round, {"1": "A"}), now=now)
    session.commit()
    monkeypatch.setattr("core.clock.now", lambda: now)
    client, page = desk(app, keyers[0]), f"/quan-tri/cuoc-thi/{round.contest.slug}/tuan/1/phieu-giay/in-lai"

    shown, file = client.get(page).text, send(client, page, first=1, last=3)
    none = send(client, page, first=1, last=1)

    words = " ".join(map(words_on, pages_of(file.data)))
    assert "In lại được: phiếu 2–3" in shown
    assert [f"Phiếu số {n}, trang 1" in words for n in (1, 2, 3)] == [False, True, True]
    assert none.status_code == 409
    assert session.scalar(select(func.count()).select_from(PaperSheet)) == 3
