"""The board of a bloc: from the tally alone, in the hall and the frame too, and in the workbook of a round."""

from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest

from commune.models import Headcount
from core import clock
from quiz.awards.documents.bulletin import participation
from quiz.awards.files.contest_workbook import contest_workbook
from quiz.awards.files.round_workbook import round_workbook
from quiz.awards.queries.contest_file import read_contest_file
from quiz.awards.queries.round_file import read_round_file
from quiz.boards.queries.board_lines import lines_of_closed, lines_of_round
from quiz.boards.rules import board
from quiz.contest.rules.presets import GuessTarget
from quiz.contest.rules.schedule import SETTLING
from quiz.results.operations.closing import mark_published, rank_round
from tests.factories import make_attempt, make_contest, make_participant, make_unit
from tests.support.pages import Page

BLOCS = ("Cán bộ, công chức", "Người dân")


def contest_with_blocs(session, keyring, monkeypatch, **declared):
    """Create two weeks: in xã Lâm Bình one official and two residents, in xã Thượng Lâm two officials."""
    units = [make_unit(session), make_unit(session, name="xã Thượng Lâm")]
    contest = make_contest(session, unit=units[0], units=units, blocs=BLOCS, **declared)
    people = [
        make_participant(session, keyring, contest, unit=unit, bloc=bloc)
        for unit, bloc in ((units[0], 1), (units[0], 2), (units[0], 2), (units[1], 1), (units[1], 1))
    ]
    for round, some in zip(contest.rounds, (people, people[:2]), strict=True):
        for who in some:
            make_attempt(session, keyring, round, participant=who, started_at=round.opens_at + timedelta(hours=1))
    session.commit()
    monkeypatch.setattr(clock, "now", lambda: contest.rounds[0].opens_at + timedelta(days=2))
    return contest


def counted(lines):
    return {lines.units[line.ref].name: (line.turns, line.people) for line in lines.lines}


def test_the_blocs_of_a_week_add_up_to_all_and_have_no_rate(session, keyring, monkeypatch):
    contest = contest_with_blocs(session, keyring, monkeypatch)
    round = contest.rounds[0]
    for each in contest.units:
        session.add(Headcount(unit_id=each.unit_id, people=5000, as_of=date(2026, 1, 1), source="Thống kê tỉnh"))
    session.flush()

    every, *each = (lines_of_round(session, round, None, round.closes_at, bloc) for bloc in (None, 1, 2))

    assert counted(every) == {"xã Lâm Bình": (3, 3), "xã Thượng Lâm": (2, 2)}
    assert counted(each[0]) == {"xã Lâm Bình": (1, 1), "xã Thượng Lâm": (2, 2)}
    assert counted(each[1]) == {"xã Lâm Bình": (2, 2), "xã Thượng Lâm": (0, 0)}
    assert all(line.rate is None for lines in each for line in lines.lines)


def test_the_board_of_a_bloc_has_no_villages(session, keyring):
    commune = make_unit(session)
    village = make_unit(session, name="thôn Nặm Đíp", kind="village", parent=commune)
    contest = make_contest(session, unit=commune, units=[village, make_unit(session, name="xã Khuôn Hà")], blocs=BLOCS)
    round = contest.rounds[0]
    make_attempt(session, keyring, round, participant=make_participant(session, keyring, contest, unit=village, bloc=1))

    every, officials = (lines_of_round(session, round, None, round.closes_at, bloc) for bloc in (None, 1))

    assert [len(every.villages), len(officials.villages)] == [1, 0]
    assert counted(officials) == {"xã Lâm Bình": (1, 1), "xã Khuôn Hà": (0, 0)}


def test_closed_weeks_count_different_people_of_a_bloc(session, keyring, monkeypatch):
    contest = contest_with_blocs(session, keyring, monkeypatch)
    for round in contest.rounds:
        rank_round(session, round, now=round.closes_at + SETTLING)

    assert counted(lines_of_closed(session, contest, 1)) == {"xã Lâm Bình": (2, 1), "xã Thượng Lâm": (2, 2)}
    assert counted(lines_of_closed(session, contest, 2)) == {"xã Lâm Bình": (3, 2), "xã Thượng Lâm": (0, 0)}


@pytest.mark.parametrize("address", ["/thi/{}/bang", "/embed/thi/{}/bang", "/thi/{}/bang?chieu="])
def test_the_pages_name_the_bloc_that_alone_is_counted(client, session, keyring, monkeypatch, address):
    path = address.format(contest_with_blocs(session, keyring, monkeypatch).slug)
    asks = "&" if "?" in path else "?"

    every = client.get(path).text
    officials = client.get(f"{path}{asks}doi-tuong=1").text

    assert every.index("Lâm Bình") < every.index("Thượng Lâm")
    assert officials.index("Thượng Lâm") < officials.index("Lâm Bình")
    assert "Cán bộ, công chức" in officials
    unknown = client.get(f"{path}{asks}doi-tuong=9").text
    assert unknown.index("Lâm Bình") < unknown.index("Thượng Lâm")


def test_a_bloc_moves_by_what_it_had_the_week_before(session, keyring, monkeypatch):
    contest = contest_with_blocs(session, keyring, monkeypatch)
    first, second = contest.rounds
    for each in contest.units:
        session.add(Headcount(unit_id=each.unit_id, people=5000, as_of=date(2026, 1, 1), source="Thống kê tỉnh"))
    session.flush()

    lines = lines_of_round(session, second, first, second.closes_at, 1)

    assert {lines.units[each.ref].name: each.people for each in lines.before} == {"xã Lâm Bình": 1, "xã Thượng Lâm": 2}
    assert all(each.headcount is None for each in lines.before)


def test_bands_of_a_guessed_number_are_not_divided(client, session, keyring, monkeypatch):
    monkeypatch.setattr(board, "BANDS", tuple(range(1, 9)))
    contest = contest_with_blocs(session, keyring, monkeypatch, guess_target=GuessTarget.PEOPLE)
    path = f"/thi/{contest.slug}/bang"

    every, officials = (Page(client.get(f"{path}{asked}").text) for asked in ("", "?doi-tuong=1"))

    assert "5" in every.heading
    assert officials.text == every.text


def test_the_all_right_people_of_everybody_are_not_those_of_a_bloc(client, session, keyring, monkeypatch):
    contest = contest_with_blocs(session, keyring, monkeypatch)
    round = contest.rounds[0]
    rank_round(session, round, now=round.closes_at + SETTLING)
    session.commit()
    monkeypatch.setattr(clock, "now", lambda: round.results_at + timedelta(hours=1))
    path = f"/thi/{contest.slug}/bang?tuan=1"

    pages = [client.get(f"{path}&xa={contest.unit_id}").text]
    mark_published(session, round, now=round.results_at)
    session.commit()
    pages += [client.get(f"{path}{more}").text for more in ("", "&doi-tuong=1")]

    assert ["người đúng hết" in page for page in pages] == [False, True, False]


def test_the_workbooks_have_people_and_turns_of_each_bloc(session, keyring, monkeypatch):
    contest = contest_with_blocs(session, keyring, monkeypatch)
    round = contest.rounds[0]
    rank_round(session, round, now=round.closes_at + SETTLING)
    now, week, whole = round.closes_at + timedelta(days=1), BytesIO(), BytesIO()

    file = read_round_file(session, keyring, round, (), now)
    round_workbook(session, file, week)
    contest_workbook(read_contest_file(session, contest, now), whole)

    for book, first in ((week, 7), (whole, 6)):
        sheet = openpyxl.load_workbook(book)["Theo đơn vị"]
        rows = [list(row[first:]) for row in sheet.iter_rows(min_row=4, values_only=True)]
        assert rows[:3] == [
            [f"{bloc}: {what}" for bloc in BLOCS for what in ("người dự thi", "lượt dự thi")],
            [1, 1, 2, 2],
            [2, 2, 0, 0],
        ]
    winners = openpyxl.load_workbook(week)["Đạt giải"].iter_rows(min_row=4, values_only=True)
    assert [(row[0], row[4]) for row in winners][:2] == [("Đối tượng dự thi", "Giải"), (BLOCS[0], "Giải Nhất")]
    assert "Theo đối tượng dự thi: Cán bộ, công chức 3 người; Người dân 2 người." in participation(file)
