"""Everybody whose place moved by a correction, on a page and as a sheet."""

from io import BytesIO

import openpyxl
import pytest

from quiz.awards.manage import rank_changes as manage
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.schedule import SETTLING
from quiz.results.operations import closing
from quiz.results.queries.correction import find_at
from quiz.results.queries.rank_changes import VersionPair, count_changes, list_changes, list_versions, stream_changes
from quiz.results.rules.rank_changes import ChangeCause, Direction
from tests.factories import make_attempt, make_contest, make_participant
from tests.quiz.awards.test_round_workbook import open_contacts
from tests.quiz.results.test_exclusion import exclude
from tests.quiz.results.test_remark import mark
from tests.support.calls import pass_winner
from tests.support.office import read_back
from tests.support.staff import desk_in

NAMES = ("Giàng A Páo", "Lò Thị Bé", "Bàn Chi", "Hoàng Dìn", "Ma Văn Tư")


@pytest.fixture
def week(session, keyring):
    """Create a closed round of five: two with all right, one with two right, two with one; prizes for the first two.

    Question 3 was answered with B by those who have less than three right.
    """
    contest = make_contest(session, weeks=1, tiers=(Tier("Giải Nhất", 1), Tier("Giải Nhì", 1)))
    round = contest.rounds[0]
    for name, correct, seconds in zip(NAMES, (3, 3, 2, 1, 1), (100, 200, 50, 60, 70), strict=True):
        person = make_participant(session, keyring, contest, name=name)
        make_attempt(session, keyring, round, participant=person, correct=correct, seconds=seconds, guess=1)
    closing.rank_round(session, round, now=round.closes_at + SETTLING)
    session.commit()
    return round


@pytest.fixture
def organiser(app, session, week):
    return desk_in(app, session, week.contest.unit)


def page_of(week, name="len-xuong"):
    return f"/quan-tri/cuoc-thi/{week.contest.slug}/tuan/1/{name}"


def changes(session, week, kind=""):
    pair = VersionPair(*list_versions(session, week)[-2:])
    return pair, list(stream_changes(session, pair, kind))


def ranks(places):
    return [
        (each.change.before and each.change.before.rank, each.change.after and each.change.after.rank)
        for each in places
    ]


@pytest.mark.both_databases
def test_after_an_exclusion_the_one_who_left_comes_first_and_everybody_below_is_listed(session, week):
    exclude(session, week, find_at(session, week, 1))

    pair, found = changes(session, week)

    assert ranks(found) == [(1, None), (2, 1), (3, 2), (4, 3), (5, 4)]
    assert [each.change.cause for each in found[:2]] == [ChangeCause.EXCLUDED, ChangeCause.DISTANCE]
    prizes = [(each.change.before.prize, each.change.after and each.change.after.prize) for each in found[:3]]
    assert prizes == [("Giải Nhất", None), ("Giải Nhì", "Giải Nhất"), (None, "Giải Nhì")]
    counts = count_changes(session, pair)
    assert (counts.up, counts.down, counts.left, counts.same) == (4, 0, 1, 0)
    assert (counts.gained, counts.lost, counts.other, counts.listed) == (1, 1, 1, 5)


def test_after_a_remark_each_says_whether_its_own_mark_changed(session, week):
    mark(session, week, "B")

    _pair, found = changes(session, week)

    assert ranks(found) == [(3, 1), (4, 2), (5, 3), (1, 4), (2, 5)]
    assert {each.change.cause for each in found} == {ChangeCause.MARK}


@pytest.mark.both_databases
def test_a_part_of_the_list_is_cut_across_those_who_left_and_those_who_stayed(session, week):
    exclude(session, week, find_at(session, week, 1))
    pair, whole = changes(session, week)

    parts = [list_changes(session, pair, slice(at, at + 2)) for at in (0, 2, 4)]

    assert [each for part in parts for each in part] == whole
    assert [each.change.direction for each in changes(session, week, "ra")[1]] == [Direction.OUT]
    assert len(changes(session, week, "giai")[1]) == 3
    assert changes(session, week, "vao")[1] == []


def test_a_recognised_paper_comes_back_and_a_seat_passed_over_is_no_prize(session, week):
    first = find_at(session, week, 1)
    pass_winner(session, week, first)

    exclude(session, week, first)
    _pair, gone = changes(session, week)
    exclude(session, week, first, None)
    _pair, back = changes(session, week)

    assert (gone[0].change.direction, gone[0].change.before.prize) == (Direction.OUT, None)
    assert back[0].change.direction is Direction.IN


def test_the_page_counts_and_says_why(organiser, session, week):
    assert "chưa thay đổi lần nào" in organiser.get(page_of(week)).text
    exclude(session, week, find_at(session, week, 1))

    page = organiser.get(page_of(week)).text

    assert "1 người được giải, 1 người mất giải, 1 người đổi giải." in page
    for words in ("Lý do: Có đơn phản ánh", "lên 1 bậc", "bài không được công nhận", "mất Giải Nhất", NAMES[0]):
        assert (words in page) is (words != NAMES[0])


def test_two_corrections_are_compared_by_the_address(organiser, session, week):
    exclude(session, week, find_at(session, week, 1))
    exclude(session, week, find_at(session, week, 1))

    newest, both = organiser.get(page_of(week)).text, organiser.get(f"{page_of(week)}?tu=1&den=3").text

    assert "Bản kết quả 3 so với bản 2" in newest
    assert "Bản kết quả 3 so với bản 1" in both
    assert both.count("Lý do:") == 2


def test_the_sheet_is_the_list_and_names_those_alone_who_are_open(organiser, session, week):
    exclude(session, week, find_at(session, week, 1))
    open_contacts(session, week)

    answer = organiser.get(page_of(week, "ho-so/len-xuong.csv"))
    head, *lines = [line.split(";") for line in answer.get_data(as_text=True).removeprefix("\ufeff").splitlines()]
    book = openpyxl.load_workbook(BytesIO(organiser.get(page_of(week, "ho-so/len-xuong.xlsx")).data))

    assert head[:4] == ["Hạng trước", "Hạng nay", "Lên, xuống", "Họ và tên"]
    assert [line[3] for line in lines] == [*NAMES[:3], "", ""]
    assert lines[0][:3] == ["1", "", "ra khỏi bảng"]
    assert [row[0].value for row in book.active.iter_rows(min_row=5)] == [1, 2, 3, 4, 5]
    assert [row[0].value for row in book["Đổi giải, ra vào bảng"].iter_rows(min_row=5)] == [1, 2, 3]


def test_the_sheet_bears_the_name_of_a_round_that_is_no_week(organiser, session, week):
    week.name = "Đề 2"
    exclude(session, week, find_at(session, week, 1))

    book = openpyxl.load_workbook(BytesIO(organiser.get(page_of(week, "ho-so/len-xuong.xlsx")).data))

    assert [sheet["A1"].value for sheet in book] == [
        f"Đề 2, {week.contest.title}: Bản 2 so với bản 1",
        f"Đề 2, {week.contest.title}: Đổi giải, ra vào bảng",
    ]


def test_a_long_list_is_sent_as_csv_alone(organiser, session, week, monkeypatch):
    exclude(session, week, find_at(session, week, 1))
    monkeypatch.setattr(manage, "LINES_IN_A_PAGE", 2)

    answer = organiser.get(page_of(week, "ho-so/len-xuong.xlsx"))

    assert answer.status_code == 302
    assert "chỉ tải được dạng CSV" in organiser.get(answer.location).text


def test_libreoffice_opens_the_list_of_moved_places(organiser, session, week, tmp_path):
    exclude(session, week, find_at(session, week, 1))

    sheets = read_back(organiser.get(page_of(week, "ho-so/len-xuong.xlsx")).data, tmp_path)

    assert list(sheets) == ["Bản 2 so với bản 1", "Đổi giải, ra vào bảng"]
    assert sheets["Bản 2 so với bản 1"][3][:3] == ("Hạng trước", "Hạng nay", "Lên, xuống")
    assert [row[0] for row in sheets["Bản 2 so với bản 1"][4:]] == [1, 2, 3, 4, 5]
