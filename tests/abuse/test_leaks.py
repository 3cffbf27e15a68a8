"""While a round is open, no reply and no route reveals who has answered right."""

import re
import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from account.rules.permissions import Role
from core import clock
from quiz.contest.models import Contest, Round
from quiz.contest.operations.contest import QuestionText, set_questions
from quiz.contest.rules.schedule import SETTLING
from quiz.results.operations.closing import mark_published, rank_round
from quiz.results.queries.result import find_result, list_winners
from tests.abuse.test_forgery import enter
from tests.support.calls import confirm_winner
from tests.support.served import round_of
from tests.support.visitor import Visitor

REASON = "Căn cứ chỉ đọc sau khi công bố"
RIGHT = {"q1": "B", "q2": "C", "q3": "A"}
SECRET = re.compile(
    rf"{REASON}|Đáp án|is_right|\bcorrect|perfect|hạng \d|Đúng \d|Đúng hết|Người đạt giải|"
    r"\d\S* người đúng tất cả"
)
ANYONE = {
    "path", "filename", "code", "answer", "participant_id", "secret", "account_id", "session_id", "role", "unit_id",
    "digest", "names", "token",
}  # fmt: skip


@pytest.fixture(scope="module")
def contest(served):
    """Create an open contest whose letters differ by the key only, with twelve papers."""
    slug = served.new_contest(questions=0)
    with served.session() as session:
        round = round_of(session, slug)
        texts = [
            QuestionText(f"Hỏi {at}?", [(letter, f"Phương án {letter}", letter == right) for letter in "ABC"], REASON)
            for at, right in enumerate(RIGHT.values(), 1)
        ]
        set_questions(session, round, texts, now=round.opens_at - timedelta(days=1))
    return slug


def hand_in(served, visitor, slug, **answers):
    paper = served.begin(visitor, slug)
    answer = visitor.post(paper.action, paper.filled(**answers, guess=48))
    assert answer.status == 201
    return answer


def levelled(answer):
    """Return a page without what may differ between two people: codes, tokens, times."""
    return re.sub(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}|value=\"[^\"]*\"|\d+ (phút|giây)|\d\d:\d\d", "~", answer.html)


def test_the_reply_to_a_right_and_to_a_wrong_paper_is_the_same(served, visitor, contest):
    right = hand_in(served, visitor, contest, **RIGHT)
    wrong = hand_in(served, visitor, contest, q1="A", q2="A", q3="B")

    assert levelled(right) == levelled(wrong)
    assert SECRET.search(right.text) is None


def look_up(visitor, receipt):
    return visitor.post("/thi/tra-cuu", visitor.get("/thi/tra-cuu").page.form().filled(code=receipt))


def test_the_look_up_of_a_right_and_of_a_wrong_paper_is_the_same(served, visitor, contest):
    receipts = [hand_in(served, visitor, contest, **answers).receipt for answers in (RIGHT, {"q1": "A"})]

    right, wrong = (look_up(visitor, receipt) for receipt in receipts)

    assert (right.status, levelled(right)) == (200, levelled(wrong))
    assert SECRET.search(right.text) is None


def test_a_replay_reveals_only_what_the_first_reply_did(served, visitor, contest):
    paper = served.begin(visitor, contest)
    pairs = paper.filled(**RIGHT, guess=48)
    first = visitor.post(paper.action, pairs)

    assert levelled(visitor.post(paper.action, pairs)) == levelled(first)


DEEDS = {"survey_manage.many_counters": "dong", "account_manage.many": "tat"}
FILES = {
    "quiz_manage.round_document": {"name": "bien-ban.docx"},
    "quiz_manage.season_list_file": {"name": "quyet-dinh.docx"},
    "quiz_manage.bank_export": {"kind": "docx"},
    "quiz_manage.questions_export": {"kind": "docx"},
}


def addresses(served, slug):
    """Yield every GET route with the values of this instance."""
    known = {
        "slug": slug,
        "number": 1,
        "position": 1,
        "question_id": 1,
        "draft_id": uuid.uuid4(),
        "id": uuid.uuid4(),
        "job_id": uuid.uuid4(),
        "name": "su-co",
        "turn": "bat",
        "batch_id": 1,
        "sheet": 1,
        "cluster_number": 1,
        "sample_id": 1,
        "key": "0" * 32,
        "kind": "more",
        "ending": "csv",
        "week": "2026-06-01",
        "year": 2026,
        "names": "keep+timer",
        "token": "x",
    }
    for rule in served.app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.arguments & ANYONE:
            continue
        for name in {slug, served.office} if "slug" in rule.arguments else {slug}:
            with served.app.test_request_context():
                yield served.app.url_for(
                    rule.endpoint,
                    **{
                        k: v
                        for k, v in (
                            known | {"slug": name, "deed": DEEDS.get(rule.endpoint)} | FILES.get(rule.endpoint, {})
                        ).items()
                        if k in rule.arguments
                    },
                )
    yield served.rating


@pytest.mark.parametrize("who", ["anybody", "an officer"])
def test_no_route_reveals_the_key_the_counts_or_a_rank(served, visitor, contest, who):
    for at in range(4):
        hand_in(served, visitor, contest, **(RIGHT if at % 2 else {"q1": "A"}))
    if who == "an officer":
        enter(served, visitor, Role.MANAGER)

    for address in addresses(served, contest):
        answer = visitor.get(address)
        assert answer.status in {200, 302, 303, 401, 403, 404, 410}, address
        assert SECRET.search(answer.text) is None, (address, SECRET.search(answer.text))
        assert "ETag" not in answer.headers or answer.headers["Cache-Control"].startswith("public"), address


def test_a_foreign_organiser_sees_nothing(served, visitor, contest):
    enter(served, visitor, Role.ORGANISER)

    statuses = {
        visitor.get(path).status for path in addresses(served, contest) if f"/quan-tri/cuoc-thi/{contest}" in path
    }

    assert statuses == {404}


def test_the_paper_holds_no_mark_of_the_right_choice(served, visitor, contest):
    code = served.new_code(contest)
    form = visitor.get(f"/thi/{contest}/vao-thi").page.form()

    page = visitor.post(f"/thi/{contest}/vao-thi", form.filled(code=code)).html

    choices = re.findall(r'<label class="opt"[^>]*>.*?</label>', page)
    shapes = {re.sub(r"q\d-\d|q\d|\b[ABC]\b", "~", choice) for choice in choices}
    assert (len(choices), len(shapes)) == (9, 1)
    assert REASON not in page


def settle(served, slug, *, publish):
    """Close the round now; with *publish*, announce its publication for a later hour."""
    now = clock.now()
    served.change_round(slug, closes_at=now, results_at=now + timedelta(hours=1))
    with served.session() as session:
        round = round_of(session, slug)
        rank_round(session, round, now=clock.now() + SETTLING)
        if publish:
            for winner in list_winners(session, find_result(session, round)):
                confirm_winner(session, round, winner.participant_id, now=now)
            mark_published(session, round, now=clock.now())


@pytest.mark.parametrize("publish", [False, True], ids=["closed", "announced"])
def test_between_the_close_and_the_publication_nothing_is_shown(served, visitor, publish):
    slug = served.new_contest()
    receipts = [hand_in(served, visitor, slug, q1=letter).receipt for letter in "AB"]
    settle(served, slug, publish=publish)

    right, wrong = (look_up(visitor, receipt) for receipt in receipts)

    assert levelled(right) == levelled(wrong)
    assert visitor.get(f"/thi/{slug}/tuan/1").status == 404
    for address in addresses(served, slug):
        assert SECRET.search(visitor.get(address).text) is None, address


def test_after_the_publication_it_is_shown(served, visitor):
    slug = served.new_contest()
    receipt = hand_in(served, visitor, slug, q1="A", q2="A", q3="A").receipt
    settle(served, slug, publish=True)
    served.change_round(slug, results_at=served.closing_time(slug), published_at=clock.now())

    assert "Hạng 1 trong" in look_up(visitor, receipt).text
    assert visitor.get(f"/thi/{slug}/tuan/1").status == 200


def test_a_receipt_opens_no_other_contest(served, visitor, contest):
    receipt = hand_in(served, visitor, contest, **RIGHT).receipt
    form = visitor.get(f"/thi/{served.vcnet}/vao-thi").page.form()

    with Visitor(served.live.url) as stranger:
        answer = stranger.post(f"/thi/{served.vcnet}/vao-thi", form.filled(code=receipt))

    with served.session() as session:
        assert session.scalar(select(Round.closed_at).join(Contest).where(Contest.slug == contest)) is None
    assert answer.status == 404
