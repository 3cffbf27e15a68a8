"""Papers sent twice, late, without a start, or with questions that were not asked."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from core import clock
from core.crypto import new_key
from core.values.dates import moment
from privacy.models import Consent
from quiz.attempt.models import AnswerSheet, Attempt, Entry, Tally
from survey.rating.models import Rating
from tests.support.served import DAY
from tests.support.visitor import Visitor

pytestmark = pytest.mark.both_databases

SECOND = timedelta(seconds=1)
GOOD = {"q1": "A", "q2": "B", "q3": "C", "guess": 480}


def submitted(served, slug):
    return served.attempts(slug, Attempt.submitted_at.is_not(None))


def enter(visitor, slug, code):
    path = f"/thi/{slug}/vao-thi"
    return visitor.post(path, visitor.get(path).page.form().filled(code=code))


def test_a_second_attempt_is_refused_with_the_time_of_the_first(served, visitor):
    slug = served.new_contest()
    code = served.new_code(slug)
    paper = served.begin(visitor, slug, code)
    visitor.post(paper.action, paper.filled(**GOOD))
    came = submitted(served, slug)[0].submitted_at

    again = enter(visitor, slug, code)

    assert again.status == 200
    assert again.page.heading == "Bạn đã thi tuần 1"
    assert f"Nộp lúc {moment(came)}." in again.page.text
    assert '<h1 tabindex="-1" data-focus>Bạn đã thi' in again.html
    assert "Dự kiến có kết quả lúc" in again.page.text
    assert len(served.attempts(slug)) == 1


def test_a_shared_receipt_shows_the_result_and_does_nothing(served, visitor):
    slug = served.new_contest("vcnet")
    paper = served.begin(visitor, slug)
    receipt = visitor.post(paper.action, paper.filled(**GOOD)).receipt
    rights = visitor.get("/thi/quyen-cua-toi").page.form()

    begun = enter(visitor, slug, receipt)
    opened = visitor.post("/thi/quyen-cua-toi", rights.filled(code=receipt))
    withdrawn = visitor.post("/thi/quyen-cua-toi", rights.filled(code=receipt, act="named"))
    shown = visitor.post("/thi/tra-cuu", visitor.get("/thi/tra-cuu").page.form().filled(code=receipt))

    assert [begun.status, opened.status, withdrawn.status, shown.status] == [404, 404, 404, 200]
    assert "Đây là mã tra cứu, chỉ để xem kết quả." in begun.text
    assert "Đây là mã tra cứu, chỉ để xem kết quả." in opened.text
    assert len(served.attempts(slug)) == 1
    with served.session() as session:
        withdrawals = session.scalars(select(Consent.withdrawn_at).where(Consent.purpose == "named")).all()
    assert set(withdrawals) <= {None}


def test_two_identities_of_a_contest_read_papers_in_different_orders(served, visitor):
    slug = served.new_contest(shuffles=True)

    papers = [enter(visitor, slug, served.new_code(slug)).text for _ in range(4)]

    asked = [paper.partition("Bài thi")[2].partition("Dự đoán")[0] for paper in papers]
    orders = {tuple(re.findall(r"Câu hỏi số \d", text)) for text in asked}
    letters = {tuple(re.findall(r"([A-C]) Đúng", text)) for text in asked}
    assert {frozenset(order) for order in orders} == {frozenset(f"Câu hỏi số {number}" for number in (1, 2, 3))}
    assert len(letters) > 1


def test_with_unlimited_tries_each_paper_is_a_turn_and_one_counts(served, visitor):
    slug = served.new_contest("vcnet")
    code = served.new_code(slug)
    for answers in ({"q1": "B"}, {"q1": "A"}, {"q1": "A"}):
        paper = served.begin(visitor, slug, code)
        assert visitor.post(paper.action, paper.filled(**answers, guess=5)).status == 201

    attempts = submitted(served, slug)
    with served.session() as session:
        entry = session.scalars(select(Entry).where(Entry.round_id == attempts[0].round_id)).one()
        tally = session.scalars(select(Tally).where(Tally.round_id == attempts[0].round_id)).one()
        assert (len(attempts), tally.turns, tally.people) == (3, 3, 1)
        assert session.get_one(Attempt, entry.attempt_id).ordinal == 2


def send_at_once(served, requests):
    """Post each (path, pairs) from its own browser, all at the same time."""

    def send(request):
        with Visitor(served.live.url) as visitor:
            return visitor.post(*request)

    with ThreadPoolExecutor(len(requests)) as pool:
        return list(pool.map(send, requests))


def test_eight_first_entries_at_once_make_one_row(served, visitor):
    slug = served.new_contest()
    paper = served.begin(visitor, slug)

    answers = send_at_once(served, [(paper.action, paper.filled(**GOOD))] * 8)

    statuses = sorted(answer.status for answer in answers)
    assert statuses.count(201) == 1
    assert set(statuses) <= {200, 201, 409}
    assert len({answer.receipt for answer in answers if answer.status < 400}) == 1
    assert len(submitted(served, slug)) == 1


def test_one_paper_under_eight_keys_at_once_counts_once(served, visitor):
    slug = served.new_contest("vcnet")
    paper = served.begin(visitor, slug)

    answers = send_at_once(served, [(paper.action, paper.filled(**GOOD, key=new_key())) for _ in range(8)])

    assert sorted(answer.status for answer in answers) == [201] + [403] * 7
    with served.session() as session:
        assert (
            session.scalars(select(Tally.turns).where(Tally.round_id == submitted(served, slug)[0].round_id)).one() == 1
        )


def test_a_paper_opened_eight_times_at_once_is_one_attempt(served, visitor):
    slug = served.new_contest()
    path = f"/thi/{slug}/vao-thi"
    form, code = visitor.get(path).page.form(), served.new_code(slug)

    answers = send_at_once(served, [(path, form.filled(code=code, key=new_key())) for _ in range(8)])

    starts = {answer.page.form("nop-bai").value("start") for answer in answers}
    assert {answer.status for answer in answers} == {200}
    assert (len(starts), len(served.attempts(slug))) == (1, 1)


def test_a_paper_without_its_start_is_asked_to_open_one_and_kept(served, visitor):
    slug = served.new_contest()
    paper = served.begin(visitor, slug)

    answer = visitor.post(paper.action, paper.filled(q1="A", q3="<script>", guess="{{7*7}}", start=None))

    assert answer.status == 409
    assert "Hãy mở đề" in answer.text
    assert "Câu 1: A Câu 3: <script> Dự đoán: {{7*7}}" in answer.text
    assert submitted(served, slug) == []


@pytest.mark.parametrize("how", ["altered", "cut", "of another contest", "garbage", "huge", "of a form"])
def test_a_start_that_is_not_of_this_paper_is_refused_and_kept(served, visitor, how):
    slug = served.new_contest()
    paper = served.begin(visitor, slug)
    start = paper.value("start")
    other = {
        "altered": start[:-5] + ("A" if start[-5] != "A" else "B") + start[-4:],
        "cut": start[: len(start) // 2],
        "of another contest": served.begin(visitor, served.vcnet).value("start"),
        "garbage": "Ω.≈.ç' OR 1=1",
        "huge": "A" * 50_000 + ".b",
        "of a form": paper.value("form_token"),
    }[how]

    answer = visitor.post(paper.action, paper.filled(q1="A", q2="B", guess=48, start=other))

    assert answer.status == 403
    assert "Câu 1: A Câu 2: B Dự đoán: 48" in answer.text
    assert submitted(served, slug) == []
    assert "paper refused: token" in served.log


def test_a_start_of_an_earlier_week_is_over(served, visitor):
    slug = served.new_contest()
    paper = served.begin(visitor, slug)
    served.change_round(slug, closes_at=clock.now() - SECOND)

    assert visitor.post(paper.action, paper.filled(**GOOD)).status == 410


def test_a_start_used_twice_with_a_new_key_is_refused_and_kept(served, visitor):
    slug = served.new_contest("vcnet")
    paper = served.begin(visitor, slug)
    first = visitor.post(paper.action, paper.filled(**GOOD))

    again = visitor.post(paper.action, paper.filled(q1="C", guess=9, key=new_key()))

    assert again.status == 403
    assert "Câu 1: C Dự đoán: 9" in again.text
    assert first.receipt not in again.html.replace("-", "")
    assert "paper refused: submitted" in served.log


EXTRA = {
    "elapsed": "1", "duration_ms": "1", "submitted_at": "2020-01-01", "score": "3", "correct": "3", "is_winner": "1",
    "unit_id": "1", "role": "organiser", "mode": "paper", "participant_id": "1", "rank": "1", "id": "1",
}  # fmt: skip


def test_extra_fields_of_a_paper_change_nothing(served, visitor):
    slug = served.new_contest()
    paper = served.begin(visitor, slug)
    began, before = served.attempts(slug)[0].started_at, clock.now()

    answer = visitor.post(paper.action, paper.filled(**GOOD, **EXTRA))

    attempt = submitted(served, slug)[0]
    took = attempt.submitted_at - began
    assert answer.status == 201
    assert (attempt.correct, attempt.mode, attempt.ordinal) == (1, "self", 1)
    assert attempt.duration_ms == took // timedelta(milliseconds=1)
    assert before - clock.MILLISECOND <= attempt.submitted_at <= clock.now()


def test_extra_fields_of_a_rating_change_nothing(served, visitor):
    more = {"channel": "dossier", "is_shown": "1", "week": "2020-01-06", "counter_id": "9", "receipt": "0" * 16}

    answer = visitor.post(served.rating, served.rating_form(visitor).filled(level=2, **more, **EXTRA))

    rating = served.find_rating(answer.receipt)
    assert answer.status == 201
    assert (rating.channel, rating.level, rating.week.year > 2020) == ("open", 2, True)


def stamped(when):
    """Return the trusted proxy's header with the time of a request."""
    milliseconds = when.microsecond // 1000
    return {"X_Request_Start": f"t={int(when.timestamp())}.{milliseconds:03}"}


@pytest.mark.parametrize(("offset", "status"), [(-1, 201), (0, 410), (1, 410)])
def test_the_close_is_sharp_to_the_millisecond(served, visitor, offset, status):
    slug = served.new_contest(opens=-10 * SECOND)
    paper = served.begin(visitor, slug)
    close = clock.now()
    served.change_round(slug, closes_at=close)

    answer = visitor.post(paper.action, paper.filled(**GOOD), **stamped(close + offset * clock.MILLISECOND))

    assert answer.status == status
    assert len(submitted(served, slug)) == (1 if status == 201 else 0)
    if status == 410:
        assert f"Nhận bài đến {moment(close)}." in answer.text
        assert "Câu 1: A Câu 2: B Câu 3: C Dự đoán: 480" in answer.text


@pytest.mark.parametrize(("offset", "status"), [(-1, 201), (0, 410), (1, 410)])
def test_a_papers_own_time_is_sharp_to_the_millisecond(served, visitor, offset, status):
    slug = served.new_contest()
    paper = served.begin(visitor, slug)
    deadline = clock.now()
    with served.session() as session:
        session.execute(
            update(Attempt)
            .where(Attempt.id == served.attempts(slug)[0].id)
            .values(deadline_at=deadline, started_at=deadline - timedelta(minutes=10, seconds=30))
        )

    answer = visitor.post(paper.action, paper.filled(**GOOD), **stamped(deadline + offset * clock.MILLISECOND))

    assert answer.status == status
    assert status == 201 or f"hết giờ lúc {moment(deadline)}" in answer.text


def test_a_stamp_of_the_future_or_of_long_ago_is_not_believed(served, visitor):
    slug = served.new_contest(opens=-2 * DAY)
    paper = served.begin(visitor, slug)
    served.change_round(slug, closes_at=clock.now() - timedelta(minutes=30))

    statuses = [
        visitor.post(paper.action, paper.filled(**GOOD), **stamped(clock.now() + shift)).status
        for shift in (timedelta(hours=-1), timedelta(hours=1), -DAY)
    ]

    assert statuses == [410, 410, 410]


def test_a_stamp_from_before_the_start_gives_way_to_our_own_clock(served, visitor):
    slug = served.new_contest()
    paper = served.begin(visitor, slug)
    start = served.attempts(slug)[0].started_at
    sent = clock.now()

    answer = visitor.post(paper.action, paper.filled(**GOOD), **stamped(start - 5 * SECOND))

    attempt = served.attempts(slug)[0]
    assert answer.status == 201
    assert attempt.submitted_at >= sent - clock.MILLISECOND
    assert attempt.duration_ms == (attempt.submitted_at - start) // clock.MILLISECOND


def test_a_paper_of_a_clock_that_was_set_back_is_kept_and_took_no_time(served, visitor):
    slug = served.new_contest()
    paper = served.begin(visitor, slug)
    start = clock.now() + timedelta(minutes=3)
    with served.session() as session:
        mine = update(Attempt).where(Attempt.id == served.attempts(slug)[0].id)
        session.execute(mine.values(started_at=start, deadline_at=start + timedelta(minutes=10)))

    answer = visitor.post(paper.action, paper.filled(**GOOD))

    attempt = served.attempts(slug)[0]
    assert answer.status == 201
    assert (attempt.submitted_at, attempt.duration_ms) == (start, 0)


STRANGE = {
    "a choice of no question": {"q1": "Z"},
    "a lower case choice": {"q1": "a"},
    "an empty word": {"q1": "<script>"},
    "an unserved question": {"q4": "A"},
    "a question of the far end": {"q9999": "A"},
    "a repeated question": {"q1": ["A", "B"]},
    "the same answer twice": {"q1": ["A", "A"]},
    "a padded question": {"q01": "A"},
}


@pytest.mark.parametrize("what", STRANGE)
@pytest.mark.parametrize("preset", ["lam-binh", "vcnet"])
def test_an_answer_that_was_not_offered_is_refused_and_kept(served, visitor, preset, what):
    slug = served.new_contest(preset)
    paper = served.begin(visitor, slug)

    answer = visitor.post(paper.action, paper.filled(**({"q2": "B", "q3": "C", "guess": 7} | STRANGE[what])))

    kept = answer.page.form("nop-bai")
    assert answer.status == 422
    assert [kept.value(name) for name in ("q2", "q3", "guess", "start")] == ["B", "C", "7", paper.value("start")]
    assert submitted(served, slug) == []
    assert visitor.post(kept.action, kept.filled(q1="A")).status == 201


def test_a_blank_paper_with_a_guess_is_a_paper(served, visitor):
    slug = served.new_contest()
    paper = served.begin(visitor, slug)

    assert visitor.post(paper.action, paper.filled(guess=0)).status == 201
    with served.session() as session:
        assert session.get_one(AnswerSheet, submitted(served, slug)[0].id).answers == "{}"


def test_before_the_opening_no_paper_is_given(served, visitor):
    slug = served.new_contest(opens=DAY)
    code = served.new_code(slug)
    form = visitor.get(f"/thi/{served.lam_binh}/vao-thi").page.form()

    answer = visitor.post(f"/thi/{slug}/vao-thi", form.filled(code=code))

    assert (answer.status, served.attempts(slug)) == (409, [])
    assert "Mở lúc" in answer.text


def test_a_rating_row_is_never_made_by_a_paper(served, visitor):
    before = served.count(Rating)
    paper = served.begin(visitor, served.lam_binh)

    visitor.post(paper.action, paper.filled(**GOOD, level=5, comment="x"))

    assert served.count(Rating) == before
