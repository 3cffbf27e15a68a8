"""An organiser who acts alone against a rival: by the roster, by a correction, by a restriction."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from account.models import Approval
from account.operations.audit import SYSTEM, Actor
from account.rules.permissions import Role
from core import clock
from core.values.week import local_date
from privacy.models.holder import NewFacts
from quiz.attempt.queries.eligible import list_listed
from quiz.contest.models import RosterPerson
from quiz.contest.operations.registration import Identity
from quiz.contest.operations.roster_import import import_roster, listed
from quiz.contest.rules.presets import Eligibility
from quiz.contest.rules.schedule import SETTLING
from quiz.persons.operations.correction import correct_participants
from quiz.persons.operations.erasure import forget_participants
from quiz.results.models import ContactOpening, MissedCall
from quiz.results.models.contact import WINNERS
from quiz.results.operations import closing
from quiz.results.queries.result import find_result, list_winners
from tests.factories import make_account, make_attempt, make_contest, make_participant, make_unit
from tests.support.approval import agree
from tests.support.calls import confirm_winner
from tests.support.pages import Page
from tests.support.staff import desk, send

RIVAL = ("Lò Thị Hoà", "0912345678", 1985)
HEADER = "Họ và tên;Số điện thoại;Năm sinh;Đơn vị"


@pytest.fixture
def units(session):
    return [make_unit(session), make_unit(session, name="xã Khác")]


@pytest.fixture
def contest(session, units):
    """Create a running contest in which only those on the roster are ranked."""
    contest = make_contest(
        session, unit=units[0], units=units, first_day=local_date(clock.now()), eligibility=Eligibility.ROSTER
    )
    session.commit()
    return contest


@pytest.fixture
def organiser(app, session, contest):
    account = make_account(session, unit=contest.unit)
    session.commit()
    return desk(app, account)


def put_on_roster(session, keyring, contest, name, phone, year):
    unit = contest.unit_id
    row = listed(keyring, contest.id, Identity(name, phone, year, instead=f"unit {unit}"), unit, "")
    import_roster(session, SYSTEM, contest, [row], False, {}, now=contest.rounds[0].opens_at)
    session.commit()


def register(session, keyring, contest, **facts):
    person = dict(zip(("name", "phone", "birth_year"), RIVAL, strict=True)) | facts
    made = make_participant(session, keyring, contest, **person)
    session.commit()
    return made


def page_of(contest, rest):
    return f"/quan-tri/cuoc-thi/{contest.slug}/danh-sach/{rest}"


def on_roster(session):
    session.expire_all()
    return session.scalar(select(func.count()).select_from(RosterPerson))


def test_one_organiser_alone_empties_no_roster_that_decides_who_is_ranked(app, session, keyring, organiser, contest):
    put_on_roster(session, keyring, contest, *RIVAL)
    register(session, keyring, contest)

    reply = send(organiser, page_of(contest, "xoa"), sure="y", reason="Danh sách cũ sai")
    kept = on_roster(session)
    agree(app, session, session.scalars(select(Approval)).one())

    assert (reply.status_code, kept, on_roster(session)) == (303, 1, 0)


def test_before_anybody_has_registered_one_person_empties_it(session, keyring, organiser, contest):
    put_on_roster(session, keyring, contest, *RIVAL)

    reply = send(organiser, page_of(contest, "xoa"), sure="y", reason="Nhập nhầm tệp")

    assert (reply.status_code, on_roster(session)) == (302, 0)


def test_no_sheet_replaces_a_roster_without_the_rival(session, keyring, organiser, contest):
    put_on_roster(session, keyring, contest, *RIVAL)
    register(session, keyring, contest)
    sheet = (io.BytesIO(f"{HEADER}\nBàn Thị Chi;0912345670;1990;xã Lâm Bình".encode()), "danh sách.csv")
    at = send(organiser, page_of(contest, "nhap"), sheet=sheet).location
    form = next(each for each in Page(organiser.get(at).text).forms if each.value("cot_name") is not None)

    reply = organiser.post(at, data=dict(form.filled(mode="replace")) | {"bring_in": "replace"}, follow_redirects=True)

    assert "danh sách chỉ nhập thêm được" in Page(reply.text).text
    assert on_roster(session) == 1


@pytest.mark.parametrize(
    "line", [RIVAL, ("Lò Thị Hoà", "0912345678", None), ("Lò Thị Hoà", None, 1985)], ids=["full", "no year", "no phone"]
)
@pytest.mark.parametrize("changed", ["name", "year", "unit"])
def test_no_correction_takes_a_rival_off_the_roster(session, keyring, contest, units, line, changed):
    put_on_roster(session, keyring, contest, *line)
    rival = register(session, keyring, contest)
    facts = {"name": (RIVAL[0], 1985, None), "year": (RIVAL[0], 1986, None), "unit": (RIVAL[0], 1985, units[1].id)}
    facts["name"] = ("Lò Thị Hoà Bình", 1985, None)
    before = rival.id in list_listed(session, contest.id)

    correct_participants(session, keyring, [rival.id], NewFacts(*facts[changed]), clock.now())

    assert (before, rival.id in list_listed(session, contest.id)) == (True, True)


def test_a_namesake_who_is_renamed_takes_no_line_of_the_rival_along(session, keyring, contest):
    put_on_roster(session, keyring, contest, "Lò Thị Hoà", None, 1985)
    rival = register(session, keyring, contest)
    now = clock.now() + timedelta(minutes=1)
    namesake = register(session, keyring, contest, phone="0912345679", now=now)

    correct_participants(session, keyring, [namesake.id], NewFacts("Bàn Thị Chi", 1985, None), clock.now())

    assert list_listed(session, contest.id) == {rival.id}


def test_a_stranger_with_the_words_of_a_line_takes_it_away_by_no_correction(session, keyring, contest):
    put_on_roster(session, keyring, contest, *RIVAL)
    stranger, rival = register(session, keyring, contest), register(session, keyring, contest, name="Lo Thi Hoa")

    correct_participants(session, keyring, [stranger.id], NewFacts("Bàn Thị Chi", 1985, None), clock.now())

    assert list_listed(session, contest.id) == {rival.id}


def test_the_erasure_of_a_stranger_takes_no_line_along(session, keyring, contest):
    put_on_roster(session, keyring, contest, "Lò Thị Hoà", None, 1985)
    rival, stranger = (register(session, keyring, contest, phone=each) for each in (RIVAL[1], "0912999999"))

    forget_participants(session, keyring, [stranger.id], clock.now())
    after = list_listed(session, contest.id)
    forget_participants(session, keyring, [rival.id], clock.now())

    assert (after, on_roster(session)) == ({rival.id}, 0)


def test_a_call_to_a_restricted_rival_is_not_noted_so_their_days_never_end(app, session, keyring):
    contest = make_contest(session, weeks=1)
    round = contest.rounds[0]
    make_attempt(session, keyring, round)
    closing.rank_round(session, round, now=round.closes_at + SETTLING)
    winner = list_winners(session, find_result(session, round))[0]
    winner.participant.restricted_at = round.closed_at
    account = make_account(session, unit=contest.unit)
    opening = {"round_id": round.id, "account_id": account.id, "people": WINNERS, "reason": "Gọi"}
    session.add(ContactOpening(**opening, opened_at=clock.now(), closes_at=clock.now() + timedelta(days=1)))
    session.commit()
    path = f"/quan-tri/cuoc-thi/{contest.slug}/tuan/1"

    send(desk(app, account), path, to=f"{path}/nguoi-dat-giai/{winner.participant_id}/khong-nghe-may")

    assert session.scalars(select(MissedCall)).all() == []


def test_the_approver_reads_who_changed_the_roster_while_papers_came(app, session, keyring):
    contest = make_contest(session, weeks=1, eligibility=Eligibility.ROSTER)
    round, account = contest.rounds[0], make_account(session, unit=contest.unit)
    row = listed(keyring, contest.id, Identity(*RIVAL), contest.unit_id, "")
    during = round.opens_at + timedelta(days=1)
    import_roster(session, Actor("account", account.id), contest, [row], False, {}, now=during)
    person = make_participant(session, keyring, contest, name=RIVAL[0], phone=RIVAL[1], birth_year=RIVAL[2])
    make_attempt(session, keyring, round, participant=person)
    closing.rank_round(session, round, now=round.closes_at + SETTLING)
    confirm_winner(session, round, person.id, now=round.closed_at)
    session.commit()
    path = f"/quan-tri/cuoc-thi/{contest.slug}/tuan/1"
    send(desk(app, account), path, to=f"{path}/cong-bo")
    approver = make_account(session, role=Role.APPROVER, unit=contest.unit)
    session.commit()

    asked = session.scalars(select(Approval)).one()
    page = Page(desk(app, approver).get(f"/quan-tri/phe-duyet/{asked.id}").text).text

    assert "Danh sách, thẻ dự thi thay đổi khi đợt đang mở Nhập danh sách người dự thi Trần Thị Bình, " in page
