"""The steps of a plan over the pages: what is stored, what is refused, and what the check says."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from core import clock
from core.content import ENGLISH, set_texts, texts_of_one
from core.values.week import local_date, monday_of
from quiz.contest.models import Contest
from quiz.contest.operations.contest import name_rounds
from quiz.contest.queries import list_contests
from quiz.contest.queries.english import round_names
from quiz.contest.rules.presets import CUSTOM
from tests.factories import make_account, make_unit
from tests.support.staff import enter, send

START = "/quan-tri/cuoc-thi/ke-hoach"
QUESTION = "Câu {n}. Việc thứ {n} là gì?\nA. Đúng\nB. Sai\nĐáp án: A\n"


@pytest.fixture
def unit(session, client):
    """Create a commune and sign in its organiser."""
    unit = make_unit(session)
    account = make_account(session, unit=unit)
    session.commit()
    enter(client, account)
    return unit


def names(unit, **changes):
    return {"title": "Tìm hiểu pháp luật", "organiser": "Ban Tổ chức", "unit": unit.id, "units": [unit.id]} | changes


@pytest.fixture
def plan(session, client, unit):
    """Begin a plan; return the address of its steps."""
    reply = send(client, START, **names(unit))
    assert reply.headers["Location"].endswith("/ke-hoach/lich")
    return reply.headers["Location"].removesuffix("/lich")


def first_monday():
    return monday_of(local_date(clock.now())) + timedelta(weeks=3)


def schedule(**changes):
    return {"schedule": "tuan", "first_day": f"{first_monday()}", "weeks": 2} | changes


def rules(**changes):
    return {"preset": "vcnet", "eligibility": "call", "limit_minutes": 20, "shuffles": "y", "youngest": 14} | changes


def contest_of(session):
    session.expire_all()
    return session.scalars(select(Contest)).one()


def read_questions(client, plan, count, **changes):
    """Send a text of *count* questions and store them."""
    text = "\n".join(QUESTION.format(n=n) for n in range(1, count + 1))
    reading = send(client, f"{plan}/cau-hoi", text=text).headers["Location"]
    return send(client, reading, bring_in="1", **changes)


def test_the_first_step_makes_a_draft_with_one_confirmed_step(session, client, plan):
    contest = contest_of(session)

    assert (contest.is_draft, contest.plan_steps, len(contest.rounds)) == (True, 1, 4)
    assert contest.tiers == []


def test_a_commune_s_own_unit_is_ticked_already(client, unit):
    assert re.search(
        rf'name="units"[^>]*value="{unit.id}"[^>]*checked|checked[^>]*name="units"', client.get(START).text
    )


def test_each_step_changes_its_part_alone(session, client, plan):
    send(client, f"{plan}/lich", **schedule())
    send(client, f"{plan}/the-le", **rules())
    send(client, f"{plan}/giai", tiers="01 giải Nhất: 1.000.000 đồng", collective="")

    contest = contest_of(session)
    assert [round.limit_seconds for round in contest.rounds] == [1200, 1200]
    assert local_date(contest.rounds[0].opens_at) == first_monday()
    assert (contest.rules["preset"], contest.plan_steps) == ("vcnet", 15)
    assert [(tier.name, tier.amount) for tier in contest.tiers] == [("Giải Nhất", 1_000_000)]


def test_blocs_terms_and_further_fields_stay_through_the_other_steps(session, client, plan, unit):
    prizes = "01 giải Nhất: 1.000.000 đồng\nNgười dân\n02 giải Nhì: 500.000 đồng"
    send(client, f"{plan}/giai", tiers=prizes, collective="", blocs="Cán bộ\nNgười dân", claim_days="30")
    send(client, f"{plan}/the-le", **rules(fields="Nơi làm việc"))
    send(client, f"{plan}/ten", **names(unit, organiser="Ban Chỉ đạo"))

    contest = contest_of(session)
    assert [bloc.name for bloc in contest.blocs] == ["Cán bộ", "Người dân"]
    assert [(tier.name, tier.bloc) for tier in contest.tiers] == [("Giải Nhất", None), ("Giải Nhì", 2)]
    assert [field.name for field in contest.asked_fields] == ["Nơi làm việc"]
    assert contest.prize_terms.claim_days == 30


def test_a_step_that_is_sent_again_keeps_the_others(session, client, plan, unit):
    send(client, f"{plan}/the-le", **rules())
    reply = send(client, f"{plan}/ten", **names(unit, title="Tìm hiểu chuyển đổi số"), go="giai")

    contest = contest_of(session)
    assert (contest.title, contest.slug) == ("Tìm hiểu chuyển đổi số", "tim-hieu-chuyen-doi-so")
    assert reply.headers["Location"].endswith("/tim-hieu-chuyen-doi-so/ke-hoach/giai")
    assert contest.rules["preset"] == "vcnet"


def test_a_mistake_keeps_what_was_typed_and_offers_the_other_step(session, client, plan):
    reply = send(client, f"{plan}/giai", tiers="một giải to", collective="", go="ten")

    assert reply.status_code == 422
    assert "một giải to" in reply.text
    assert f'href="{plan}/ten"' in reply.text
    assert contest_of(session).tiers == []


def test_the_table_of_rounds_opens_in_the_step(client, plan):
    reply = send(client, f"{plan}/lich", **schedule(), fill="1")

    assert reply.status_code == 200
    assert 'name="rounds-0-opens_day"' in reply.text


def test_a_file_is_spread_over_the_rounds(session, client, plan):
    send(client, f"{plan}/lich", **schedule())
    reply = read_questions(client, plan, 5)

    assert reply.headers["Location"].endswith("/ke-hoach/cau-hoi")
    assert [len(round.questions) for round in contest_of(session).rounds] == [3, 2]


def test_a_second_file_goes_to_the_blank_rounds_and_the_rest_to_the_bank(session, client, plan):
    send(client, f"{plan}/lich", **schedule())
    read_questions(client, plan, 2, each="2")
    text = "\n".join(QUESTION.format(n=n).replace("Việc", "Điều") for n in range(1, 5))
    reading = send(client, f"{plan}/cau-hoi", text=text).headers["Location"]
    page = client.get(reading).text
    reply = send(client, reading, bring_in="1", each="3", mode="them")

    assert "Chia cho 1 đợt chưa có câu hỏi" in page
    assert [len(round.questions) for round in contest_of(session).rounds] == [2, 3]
    assert "1 câu còn lại ở ngân hàng câu hỏi." in client.get(reply.headers["Location"]).text


def test_the_shares_are_shown_before_anything_is_stored(session, client, plan):
    send(client, f"{plan}/lich", **schedule())
    text = "\n".join(QUESTION.format(n=n) for n in range(1, 6))
    reading = send(client, f"{plan}/cau-hoi", text=text).headers["Location"]

    reply = send(client, reading, share="1", each="2")

    assert "Tuần 2: câu 3 đến 4" in reply.text
    assert "Theo các tuần" not in reply.text
    assert "1 câu còn lại cất ở ngân hàng" in reply.text
    assert not any(round.questions for round in contest_of(session).rounds)


def headed(*weeks):
    return "\n".join(f"TUẦN {week}\n{QUESTION.format(n=n)}" for n, week in enumerate(weeks, start=1))


def test_headings_of_the_file_decide_the_week_and_misfits_are_said_before(session, client, plan):
    send(client, f"{plan}/lich", **schedule())
    reading = send(client, f"{plan}/cau-hoi", text=headed(2, 2, 1, 3)).headers["Location"]

    page = client.get(reading).text
    reply = send(client, reading, bring_in="1")

    assert "Tuần 1: câu 3<" in page and "Tuần 2: câu 1 đến 2<" in page
    assert "Lịch chỉ có 2 đợt, mà tệp có tuần 3 (1 câu)." in page
    assert "Số câu của các đợt không bằng nhau." in page
    assert [len(round.questions) for round in contest_of(session).rounds] == [1, 2]
    assert "1 câu còn lại ở ngân hàng câu hỏi." in client.get(reply.headers["Location"]).text


def test_headings_may_be_passed_over(session, client, plan):
    send(client, f"{plan}/lich", **schedule())
    reading = send(client, f"{plan}/cau-hoi", text=headed(2, 2, 2, 3)).headers["Location"]

    send(client, reading, bring_in="1", way="chia-deu")

    assert [len(round.questions) for round in contest_of(session).rounds] == [2, 2]


def test_a_file_for_one_round_that_names_other_weeks_says_so(client, plan):
    send(client, f"{plan}/lich", **schedule())
    address = f"{plan.removesuffix('/ke-hoach')}/tuan/1/cau-hoi/nhap"

    reading = send(client, address, text=headed(1, 2)).headers["Location"]

    assert "Tệp ghi câu hỏi của tuần 1, 2; ở đây đưa tất cả vào tuần 1." in client.get(reading).text


def test_a_commune_s_board_is_named_already_and_filled_rounds_lead_on(session, client, unit):
    assert f'value="Ban Tổ chức cuộc thi, {unit.name}"' in client.get(START).text
    plan = send(client, START, **names(unit)).headers["Location"].removesuffix("/lich")
    send(client, f"{plan}/lich", **schedule())

    before = client.get(f"{plan}/cau-hoi").text
    read_questions(client, plan, 4)

    assert "Đưa thêm câu hỏi" not in before
    assert "<summary>Đưa thêm câu hỏi</summary>" in client.get(f"{plan}/cau-hoi").text


def test_without_a_file_one_goes_on(client, plan):
    assert send(client, f"{plan}/cau-hoi", go="giai").headers["Location"].endswith("/giai")
    assert "Xin chọn tệp" in send(client, f"{plan}/cau-hoi").text


def test_the_check_opens_only_a_complete_plan(session, client, plan):
    before = client.get(f"{plan}/xem-lai").text
    send(client, f"{plan}/lich", **schedule())
    send(client, f"{plan}/the-le", **rules())
    send(client, f"{plan}/giai", tiers="01 giải Nhất: 1.000.000 đồng", collective="")
    read_questions(client, plan, 4)
    page = client.get(f"{plan}/xem-lai").text

    assert "Bước “Lịch thi” chưa được xem và xác nhận" in before
    assert "các giải gợi ý ở đó chưa phải là giải của cuộc thi" in before
    assert "Chưa có giải" not in before
    assert "mặc định" not in before
    assert "Tuần 1 chưa có câu hỏi" in before
    assert " disabled>Mở cuộc thi cho mọi người<" in before
    assert "Đủ để mở cuộc thi" in page
    assert "Chưa có tài khoản người phê duyệt" in page
    assert f"{plan.removesuffix('/ke-hoach')}/don-vi" in page
    assert "Tiền thưởng cả cuộc thi: 2.000.000 đồng" in page
    send(client, f"{plan}/xem-lai", to=f"{plan.removesuffix('/ke-hoach')}/cong-khai")
    assert contest_of(session).is_draft is False


def test_two_blocs_and_two_papers_a_week_are_planned_step_by_step(session, client, plan):
    """Huế 2025: blocs ranked apart, two papers of each week, prizes of units."""
    prizes = {
        "blocs": "Cán bộ, công chức\nNgười dân, học sinh",
        "tiers": "01 giải Nhất: 2.000.000 đồng\n02 giải Nhì: 1.000.000 đồng",
        "measure": "people",
    }
    send(client, f"{plan}/lich", **schedule(papers=2))
    send(client, f"{plan}/the-le", **rules(preset="guess"))
    read_questions(client, plan, 8)
    unread = send(client, f"{plan}/giai", **prizes, collective="01 giải Nhất về chất lượng: 5 triệu")
    twice = "01 giải Nhất tập thể: 5 triệu\n01 giải Nhất về số người dự thi: 5 triệu"
    refused = send(client, f"{plan}/giai", **prizes, collective=twice)
    both = "01 giải Nhất về số người dự thi: 3.000.000 đồng\n01 giải Nhất về tổng số câu đúng: 2.000.000 đồng"
    send(client, f"{plan}/giai", **prizes, collective=both)
    page = client.get(f"{plan}/xem-lai").text

    assert "Giải “Giải Nhất về chất lượng”: không rõ xếp theo gì." in unread.text
    assert "cùng là giải Nhất và xếp theo một cách" in refused.text
    assert [each.measure for each in contest_of(session).collective_tiers] == [None, "points"]
    assert "trao một lần sau cả cuộc thi; xếp theo số người dự thi<" in page
    assert "trao một lần sau cả cuộc thi; xếp theo tổng số câu đúng của các bài được tính<" in page
    assert "Mỗi cách xếp có thứ hạng riêng: một đơn vị có thể nhận giải ở nhiều cách xếp." in page
    assert [(each.name, len(each.questions)) for each in contest_of(session).rounds] == [
        (f"Tuần {week}, đề {paper}", 2) for week in (1, 2) for paper in (1, 2)
    ]
    assert "Xếp hạng riêng: Cán bộ, công chức; Người dân, học sinh." in page
    paid = "mỗi đợt 8.000.000 đồng cho cả 2 khối, 4 đợt; giải tập thể 5.000.000 đồng"
    assert f"Tiền thưởng cả cuộc thi: 37.000.000 đồng ({paid})" in page


def test_a_rule_of_its_own_is_planned_step_by_step(session, client, plan):
    """Phong Nha 2018: right answers, then the guess, then the moment; only the all-right can win."""
    own = {
        "first": "correct",
        "second": "guess",
        "third": "submitted",
        "guess_target": "perfect",
        "all_right_only": "y",
    }
    send(client, f"{plan}/lich", **schedule())

    send(client, f"{plan}/the-le", **rules(preset=CUSTOM, **own))

    page = client.get(f"{plan}/xem-lai").text
    assert "Chỉ người trả lời đúng tất cả các câu mới được nhận giải." in page
    assert "nhiều câu đúng hơn, rồi dự đoán sát hơn, rồi nộp bài sớm hơn" in page


@pytest.mark.parametrize("step", ["ten", "lich", "the-le", "cau-hoi", "giai", "xem-lai"])
def test_a_public_contest_has_no_plan_to_change(session, client, plan, step):
    contest_of(session).is_draft = False
    session.commit()

    reply = client.get(f"{plan}/{step}")

    assert reply.headers["Location"] == plan.removesuffix("/ke-hoach")


def test_a_plan_during_a_rehearsal_says_why_it_can_not_change(session, client, plan):
    contest_of(session).is_rehearsal = True
    session.commit()

    reply = send(client, f"{plan}/giai", tiers="Giải Nhất: 9", collective="")

    assert reply.status_code == 409
    assert "Đang diễn tập nên phần này chưa sửa được." in reply.text


def test_questions_of_rounds_that_would_go_are_not_lost(session, client, plan):
    send(client, f"{plan}/lich", **schedule(weeks=3))
    read_questions(client, plan, 3)

    reply = send(client, f"{plan}/lich", **schedule(weeks=2))

    assert reply.status_code == 409
    assert "Tuần 3 đã có câu hỏi." in reply.text
    assert len(contest_of(session).rounds) == 3


def test_a_plan_that_was_left_is_found_again(session, client, plan):
    contest = list_contests(session)[0]

    assert f'href="{plan}/xem-lai"' in client.get(f"/quan-tri/cuoc-thi/{contest.slug}").text


def test_english_names_of_rounds_and_prizes_outlive_a_step(session, client, plan, unit):
    contest = contest_of(session)
    contest.rounds[0].name = "Vòng loại"
    session.flush()
    name_rounds(session, contest, {"Vòng loại": "Qualifying round"})
    set_texts(session, contest, ENGLISH, {"prizes": "Giải Vàng = Gold prize"})
    session.commit()

    send(client, f"{plan}/the-le", **rules())
    send(client, f"{plan}/ten", **names(unit, title_en="Law quiz"))

    contest = contest_of(session)
    assert round_names(session, contest) == {"Vòng loại": "Qualifying round"}
    assert texts_of_one(session, contest, ENGLISH) == {"title": "Law quiz", "prizes": "Giải Vàng = Gold prize"}
