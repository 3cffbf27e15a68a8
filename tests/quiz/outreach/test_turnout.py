"""The people who have not taken part: counts by unit, and names of one unit once they are opened."""

import json
from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import select

from account.models import AuditEntry
from account.rules.permissions import Role
from core import clock
from privacy.operations.consent import withdraw_consent
from quiz.contest.models import Participant
from quiz.contest.rules.consent import PARTICIPANT, Purpose
from quiz.outreach.queries.turnout import unit_turnout
from quiz.results.models import ContactOpening
from tests.factories import make_attempt, make_contest, make_participant, make_unit, this_monday
from tests.quiz.attempt.test_inviting import put_on_roster
from tests.support.office import read_back
from tests.support.staff import desk_in, send

REACHED = (Purpose.TAKING_PART, Purpose.REACHED)


@pytest.fixture
def week(session, keyring):
    """Create an open week of two communes: in the first one took part, three are left, of whom one agreed."""
    here, there = make_unit(session), make_unit(session, name="xã Minh Quang")
    contest = make_contest(session, unit=here, units=[here, there], first_day=this_monday(), weeks=1)
    round = contest.rounds[0]
    came = make_participant(session, keyring, contest, name="Hoàng Dìn", agreed=REACHED)
    make_attempt(session, keyring, round, participant=came, started_at=clock.now() - timedelta(minutes=9))
    make_participant(session, keyring, contest, name="Giàng A Páo", phone="0912345678", agreed=REACHED)
    make_participant(session, keyring, contest, name="Lò Thị Bé")
    make_participant(session, keyring, contest, name="Bàn Chi", birth_year=clock.now().year - 14, agreed=REACHED)
    make_participant(session, keyring, contest, name="Ma Văn Tư", unit=there, agreed=REACHED)
    put_on_roster(session, keyring, contest, ("Nông Văn Y", "0912000009", there.id))
    session.commit()
    return round


@pytest.fixture
def organiser(app, session, week):
    return desk_in(app, session, week.contest.unit)


def path_of(week, rest=""):
    return f"/quan-tri/cuoc-thi/{week.contest.slug}/tuan/1/chua-thi{rest}"


def own(week):
    return f"/{week.contest.unit_id}"


def rows_of(reply):
    [sheet] = openpyxl.load_workbook(BytesIO(reply.data)).worksheets
    return [[cell for cell in row if cell is not None] for row in sheet.iter_rows(min_row=4, values_only=True)]


def open_names(organiser, week):
    return send(organiser, path_of(week, own(week)), path_of(week, own(week) + "/mo"), reason="Nhắc trước ngày đóng")


@pytest.mark.both_databases
def test_units_count_their_roster_and_their_registrations(session, week):
    lines = {
        each.name: (each.listed_left, each.registered, each.registered_left) for each in unit_turnout(session, week)
    }

    assert lines == {"xã Lâm Bình": (0, 4, 3), "xã Minh Quang": (1, 1, 1)}


def test_the_list_is_searched_filtered_and_downloaded_with_its_sum(organiser, week):
    page = organiser.get(path_of(week)).text
    found = rows_of(organiser.get(path_of(week, ".xlsx?tim=minh&loc=con")))

    assert "Trong 1 người của danh sách, chưa ai thi." in page
    assert "Nhiều nhất: xã Minh Quang, 1 người." in page
    assert [row[0] for row in found] == ["Đơn vị", "xã Minh Quang", "Cộng"]
    assert found[1] == ["xã Minh Quang", 1, 0, 1, 1, 0, 1]


def test_no_name_is_shown_or_sent_before_an_opening(organiser, week):
    page, file = organiser.get(path_of(week, own(week))).text, organiser.get(path_of(week, own(week) + ".xlsx"))

    assert "3 người đã đăng ký mà chưa thi tuần 1." in page
    assert ("Giàng" in page, file.status_code) == (False, 302)


def test_opened_names_are_of_adults_who_agreed_alone(session, organiser, week):
    open_names(organiser, week)
    page = organiser.get(path_of(week, own(week))).text

    assert [name in page for name in ("Giàng A Páo", "Lò Thị Bé", "Bàn Chi", "Hoàng Dìn", "Ma Văn Tư")] == [
        True,
        False,
        False,
        False,
        False,
    ]
    assert "1 người không đồng ý được gọi, nhắn; 1 người có thể chưa đủ 16 tuổi" in page
    trail = session.scalars(select(AuditEntry).where(AuditEntry.action == "contact.open")).one()
    assert (json.loads(trail.after)["shown"], json.loads(trail.after)["unit"]) == ("absent", "xã Lâm Bình")


def test_an_opening_is_of_one_unit_and_ends_with_the_round(session, organiser, week):
    open_names(organiser, week)
    other = next(each.unit_id for each in week.contest.units if each.unit_id != week.contest.unit_id)

    assert "Ma Văn Tư" not in organiser.get(path_of(week, f"/{other}")).text
    assert session.scalars(select(ContactOpening.closes_at)).one() <= week.closes_at


def test_the_list_of_a_village_has_three_digits_and_is_recorded(session, organiser, week):
    open_names(organiser, week)
    rows = rows_of(organiser.get(path_of(week, own(week) + ".xlsx")))

    assert rows[1] == [1, "Giàng A Páo", "09xx xxx 678"]
    trail = session.scalars(select(AuditEntry).where(AuditEntry.action == "file.take")).one()
    assert json.loads(trail.after)["people"] == 1


def test_who_withdraws_is_named_no_longer(session, organiser, week):
    open_names(organiser, week)
    people = list(session.scalars(select(Participant.id)))
    withdraw_consent(session, PARTICIPANT, people, [Purpose.REACHED], now=clock.now())
    session.commit()

    assert "Giàng" not in organiser.get(path_of(week, own(week))).text


def test_names_open_while_the_round_takes_papers_alone(session, organiser, week):
    week.closes_at = week.results_at = clock.now() - timedelta(seconds=1)
    session.commit()
    page = organiser.get(path_of(week, own(week))).text

    assert "Họ tên chỉ mở được khi đợt đang nhận bài" in page
    assert "Mở họ tên để nhắc" not in page


def test_an_inspector_finds_neither_counts_nor_names(app, session, week):
    inspector = desk_in(app, session, week.contest.unit, Role.INSPECTOR)

    assert [inspector.get(path_of(week, rest)).status_code for rest in ("", own(week), own(week) + ".xlsx")] == [
        403
    ] * 3


def test_libreoffice_opens_the_counts_and_the_names_of_a_unit(organiser, week, tmp_path):
    open_names(organiser, week)
    counts = read_back(organiser.get(path_of(week, ".xlsx")).data, tmp_path)["Ai chưa thi"]
    names = read_back(organiser.get(path_of(week, own(week) + ".xlsx")).data, tmp_path)["Chưa thi"]

    assert counts[3:] == [
        ("Đơn vị", "Trong danh sách", "Đã thi", "Chưa thi", "Đã đăng ký", "Đã thi", "Chưa thi"),
        ("xã Minh Quang", 1, 0, 1, 1, 0, 1),
        ("xã Lâm Bình", 0, 0, 0, 4, 1, 3),
        ("Cộng", 1, 0, 1, 5, 1, 4),
    ]
    assert names[4][:3] == (1, "Giàng A Páo", "09xx xxx 678")
