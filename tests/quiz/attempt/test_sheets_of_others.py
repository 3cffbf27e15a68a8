"""One account alone changes neither whose sheet it is nor keeps back the true sheet of somebody else."""

import json

import pytest
from sqlalchemy import select

from account.models import AuditEntry
from account.operations.audit import Actor
from quiz.attempt.models import Attempt
from quiz.attempt.operations.paper_sheets import (
    Differing,
    DiscardedLate,
    PersonOnOtherSheets,
    discard_first,
    key_first,
    key_second,
)
from quiz.attempt.operations.sheet_printing import print_sheets
from tests.factories import make_account, make_contest, this_monday
from tests.quiz.attempt.test_paper_sheets import HOUR, typed
from tests.support.pages import Page
from tests.support.staff import desk, send


@pytest.fixture
def round(session):
    return make_contest(session, questions=3, first_day=this_monday(), shuffles=True).rounds[0]


@pytest.fixture
def keyers(session, round):
    return [make_account(session, unit=round.contest.unit) for _ in range(3)]


@pytest.fixture
def sheets(session, round, keyers):
    return print_sheets(session, Actor("account", keyers[0].id), round, 2, now=round.opens_at)


def entries(session, action):
    return [json.loads(each.after) for each in session.scalars(select(AuditEntry).where(AuditEntry.action == action))]


@pytest.mark.parametrize("other", [{"name": "Lò Thị Bé"}, {"phone": "0911111111"}, {"birth_year": 1950}])
def test_the_second_account_gives_a_sheet_to_no_other_person(session, keyring, round, keyers, sheets, other):
    now = round.opens_at + HOUR
    key_first(session, keyring, keyers[0].id, sheets[0], typed(round, {"1": "A"}), now=now)

    spy, paper = Actor("account", keyers[1].id), typed(round, {"1": "A"}, **other)
    with pytest.raises(Differing):
        key_second(session, keyring, spy, sheets[0], paper, now=now, insists=True)

    assert session.scalars(select(Attempt)).all() == []
    assert [each["first_by"] for each in entries(session, "paper.differ")] == [keyers[0].name]
    key_first(session, keyring, keyers[0].id, sheets[0], paper, now=now)  # the first one looks again
    assert key_second(session, keyring, spy, sheets[0], paper, now=now) == "counted"


def test_the_second_account_reads_no_guess_and_has_no_button(app, session, keyring, round, keyers, sheets, monkeypatch):
    now = round.opens_at + HOUR
    monkeypatch.setattr("core.clock.now", lambda: now)
    key_first(session, keyring, keyers[0].id, sheets[0], typed(round, {"1": "A"}, guess=7654), now=now)
    session.commit()
    facts = {"name": "Abc Xyz", "phone": "0911111111", "birth_year": "1950", "consent": "y", "guess": "1"}
    page = f"/quan-tri/cuoc-thi/{round.contest.slug}/tuan/1/phieu-giay/{sheets[0].number}"
    spy = desk(app, keyers[1])

    for deed in ("", "dung-phieu"):
        answer = send(spy, page, unit=round.contest.units[0].unit_id, deed=deed, **facts)
        assert answer.status_code == 409
        assert "Dự đoán: lần một nhập khác" in Page(answer.text).text
        assert not [words for words in ("7654", "7.654", "dung-phieu") if words in answer.text]
    session.expire_all()
    assert session.scalars(select(Attempt)).all() == []


def test_a_first_reading_that_keeps_back_the_true_sheet_is_discarded_by_name(
    app, session, keyring, round, keyers, sheets, monkeypatch
):
    now, (false, true) = round.opens_at + HOUR, sheets
    monkeypatch.setattr("core.clock.now", lambda: now)
    key_first(session, keyring, keyers[0].id, false, typed(round, {"1": "A"}), now=now)
    with pytest.raises(PersonOnOtherSheets):
        key_first(session, keyring, keyers[1].id, true, typed(round, {"1": "B"}), now=now)
    session.commit()

    page = f"/quan-tri/cuoc-thi/{round.contest.slug}/tuan/1/phieu-giay/{false.number}"
    assert send(desk(app, keyers[1]), page, deed="bo-lan-mot").status_code in (302, 303)
    session.expire_all()

    assert entries(session, "paper.discard") == [{"number": false.number, "first_by": keyers[0].name}]
    key_first(session, keyring, keyers[1].id, true, typed(round, {"1": "B"}), now=now)


def test_no_reading_with_its_guess_is_discarded_after_the_close(session, keyring, round, keyers, sheets):
    key_first(session, keyring, keyers[0].id, sheets[0], typed(round, {"1": "A"}), now=round.opens_at)

    with pytest.raises(DiscardedLate):
        discard_first(session, Actor("account", keyers[1].id), sheets[0], now=round.closes_at)
