"""The schedule of a contest: patterns, and the table in which each round has its own days and hours."""

from datetime import date, datetime, timedelta

import pytest

from core import clock
from core.crypto import new_code
from core.values.week import VIETNAM, local_date, monday_of
from quiz.contest.queries import list_contests
from tests.factories import make_account, make_attempt, make_contest, make_participant, make_unit, this_monday
from tests.quiz.contest.test_contest_form import PAGE, answers
from tests.support.pages import Page as Form
from tests.support.staff import enter, send


@pytest.fixture
def unit(session, client):
    """Create a commune and sign in its organiser."""
    unit = make_unit(session)
    account = make_account(session, unit=unit)
    session.commit()
    enter(client, account)
    return unit


def next_monday() -> date:
    return monday_of(local_date(clock.now())) + timedelta(weeks=1)


def on(day: date, hour: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=VIETNAM)


def row(at: int, opens: date, closes: date, **more: object) -> dict[str, object]:
    days = {"opens_day": opens, "closes_day": closes, "results_day": closes + timedelta(days=1)}
    return {f"rounds-{at}-{name}": f"{value}" for name, value in {**days, **more}.items()}


def table(unit, *rows: dict[str, object], **changes: object) -> dict[str, object]:
    return answers(unit, schedule="bang", **{name: value for each in rows for name, value in each.items()}, **changes)


def rounds_of(session):
    return [(each.name, each.opens_at, each.closes_at, each.results_at) for each in list_contests(session)[0].rounds]


def test_rounds_run_from_monday_at_ten_to_monday_at_nine(session, client, unit):
    monday = next_monday()

    send(client, PAGE, **answers(unit, schedule="thu-hai-10-gio", weeks=1))

    closes = monday + timedelta(days=7)
    assert rounds_of(session) == [("", on(monday, 10), on(closes, 9), on(closes, 12))]


def test_half_a_year_is_one_round_that_is_no_week(session, client, unit):
    first = local_date(clock.now()) + timedelta(days=3)

    send(client, PAGE, **answers(unit, schedule="nua-nam", first_day=f"{first}", weeks=1))

    assert [(name, opens) for name, opens, *_rest in rounds_of(session)] == [("Đợt thi", on(first))]


def test_a_round_from_tuesday_names_the_nearest_tuesdays(client, unit):
    monday = next_monday() + timedelta(weeks=1)

    reply = send(client, PAGE, **answers(unit, schedule="thu-ba-7-gio", first_day=f"{monday}"))

    tuesdays = f"{monday - timedelta(days=6):%d/%m/%Y} hoặc {monday + timedelta(days=1):%d/%m/%Y}"
    assert f"Ngày này là thứ Hai. Tuần thi bắt đầu từ thứ Ba: chọn {tuesdays}." in reply.text


def test_a_pattern_is_written_into_the_table_and_nothing_is_saved(session, client, unit):
    monday = next_monday()

    reply = send(client, PAGE, **answers(unit, schedule="thu-hai-10-gio", weeks=2, fill="1"))

    assert reply.status_code == 200
    assert f'value="{monday}"' in reply.text
    assert 'name="rounds-1-closes_time" type="time" value="09:00"' in reply.text
    assert 'name="rounds-3-opens_day"' in reply.text  # two spare rows
    assert list_contests(session) == []


def test_a_table_of_too_many_rounds_is_not_made(client, unit):
    reply = send(client, PAGE, **answers(unit, weeks=10**9, fill="1"))

    assert reply.status_code == 422
    assert "Số đợt từ 1 đến 52." in reply.text


def test_further_rows_leave_what_was_typed(client, unit):
    half = {"rounds-0-name": "Vòng một", "rounds-0-opens_day": "", "rounds-0-closes_day": "2100-01-01"}

    reply = send(client, PAGE, **table(unit, half, fill="1"))

    assert 'value="Vòng một"' in reply.text
    assert 'value="2100-01-01"' in reply.text
    assert 'name="rounds-2-name"' in reply.text


def test_each_round_of_the_table_has_its_own_days_hours_and_name(session, client, unit):
    first = next_monday() + timedelta(days=2)
    rows = (
        row(0, first, first + timedelta(days=3), opens_time="07:00", closes_time="09:30", name="Khởi động"),
        row(1, first + timedelta(days=10), first + timedelta(days=40)),
    )

    send(
        client,
        PAGE,
        **table(
            unit,
            *rows,
            **row(2, first, first) | {"rounds-2-opens_day": "", "rounds-2-closes_day": "", "rounds-2-results_day": ""},
        ),
    )

    third, end = first + timedelta(days=3), first + timedelta(days=41)
    assert rounds_of(session) == [
        ("Khởi động", on(first, 7), on(third, 9) + timedelta(minutes=30), on(third + timedelta(days=1), 12)),
        ("", on(first + timedelta(days=10)), on(end), on(end, 12)),
    ]


def test_two_papers_of_one_week_are_declared_as_such(session, client, unit):
    monday, sunday = next_monday(), next_monday() + timedelta(days=6)
    papers = (row(0, monday, sunday, name="Đề cán bộ"), row(1, monday, sunday, name="Đề người dân"))

    refused = send(client, PAGE, **table(unit, *papers))
    send(client, PAGE, **table(unit, *papers, **{"rounds-1-same_week": "y"}))

    assert refused.status_code == 422
    assert "Đợt này mở khi đợt trước chưa đóng." in refused.text
    assert 'value="Đề người dân"' in refused.text  # what was typed stays
    assert [each.same_week for each in list_contests(session)[0].rounds] == [False, True]


def test_several_papers_a_week_need_no_table(session, client, unit):
    monday = next_monday()

    send(client, PAGE, **answers(unit, schedule="tuan", weeks=2, papers=2))

    contest = list_contests(session)[0]
    assert [(each.name, each.same_week, local_date(each.opens_at)) for each in contest.rounds] == [
        ("Tuần 1, đề 1", False, monday),
        ("Tuần 1, đề 2", True, monday),
        ("Tuần 2, đề 1", False, monday + timedelta(days=7)),
        ("Tuần 2, đề 2", True, monday + timedelta(days=7)),
    ]


@pytest.mark.parametrize(
    ("changes", "words"), [({"papers": 5}, "từ 1 đến 4 đề"), ({"weeks": 30, "papers": 2}, "52 đề")]
)
def test_too_many_papers_are_refused(client, unit, changes, words):
    assert words in send(client, PAGE, **answers(unit, schedule="tuan", **changes)).text


def test_somebody_who_did_one_paper_is_shown_the_other_of_the_week(session, client, keyring):
    contest = make_contest(session, first_day=this_monday(), weeks=2)
    first, second = contest.rounds
    second.opens_at, second.closes_at, second.results_at = first.opens_at, first.closes_at, first.results_at
    second.name, second.same_week = "Đề hai", True
    code = new_code()
    person = make_participant(session, keyring, contest, code=code)
    make_attempt(session, keyring, first, participant=person, started_at=first.opens_at)
    session.commit()
    page = f"/thi/{contest.slug}/vao-thi"

    done = client.post(page, data=dict(Form(client.get(page).text).form("").filled(code=code)))
    begun = client.post(f"{page}?de=2", data=dict(Form(client.get(page).text).form("").filled(code=code)))

    assert f"{page}?de=2" in done.text
    assert "Bài thi Đề hai" in begun.text
    assert f"{page}?de=2" in client.get(f"/thi/{contest.slug}").text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"rounds-0-closes_day": "2000-01-01"}, "Giờ đóng phải sau giờ mở."),
        ({"rounds-0-opens_day": ""}, "Xin chọn ngày."),
        ({"rounds-0-opens_day": "2000-01-01", "rounds-0-closes_day": "2000-02-01"}, "Giờ mở phải từ ngày mai trở đi"),
        ({"rounds-0-opens_time": "sáng"}, "Xin nhập giờ, ví dụ 07:00."),
        ({"rounds-0-name": "Đ" * 41}, "Dài quá 40 chữ."),
    ],
)
def test_a_wrong_row_is_explained_and_asked_for_again(session, client, unit, changes, words):
    monday = next_monday()

    reply = send(client, PAGE, **table(unit, row(0, monday, monday + timedelta(days=6), name="Vòng một") | changes))

    assert reply.status_code == 422
    assert words in reply.text
    assert list_contests(session) == []


def test_an_empty_table_and_a_gap_in_it_are_refused(client, unit):
    monday = next_monday()
    gap = row(0, monday, monday) | {f"rounds-0-{each}_day": "" for each in ("opens", "closes", "results")}

    nothing = send(client, PAGE, **table(unit))
    hole = send(client, PAGE, **table(unit, gap, row(1, monday, monday + timedelta(days=6))))

    assert "Bảng chưa có đợt thi nào." in nothing.text
    assert "Dòng này trống mà bên dưới còn đợt nữa." in hole.text


def test_a_contest_is_corrected_in_the_table_that_it_was_made_with(session, client, unit):
    first = next_monday() + timedelta(days=2)
    send(client, PAGE, **table(unit, row(0, first, first + timedelta(days=3), name="Vòng một")))
    contest = list_contests(session)[0]
    page = f"/quan-tri/cuoc-thi/{contest.slug}/sua"

    shown = client.get(page).text
    send(client, page, **table(unit, row(0, first, first + timedelta(days=4), name="Vòng một")))

    assert 'value="Vòng một"' in shown
    session.refresh(contest.rounds[0])
    assert contest.rounds[0].closes_at == on(first + timedelta(days=5))
