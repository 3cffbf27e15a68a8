"""The secret of the papers' order is shown with the results, so that anybody can derive every paper again."""

import hashlib
import hmac
import re
from datetime import timedelta
from uuid import UUID

import pytest

from core import clock
from core.crypto import new_code
from quiz.attempt.queries.paper import order_secret
from quiz.attempt.queries.round_papers import read_papers
from quiz.attempt.rules.commitment import canonical
from quiz.contest.operations.contest import QuestionText, set_questions
from quiz.results.operations.closing import mark_published, rank_round
from quiz.results.queries.remark import preview_marks
from tests.factories import make_attempt, make_contest
from tests.support.pages import Page

CHOICES = [("A", "Đúng", True), ("B", "Sai", False), ("C", "Lệch", False)]


@pytest.fixture
def week(session):
    return week_of(session)


def week_of(session, shown=None):
    contest = make_contest(session, weeks=1, shuffles=True, shown=shown)
    week = contest.rounds[0]
    questions = [QuestionText(f"Hỏi điều {at}?", CHOICES) for at in range(1, 7)]
    set_questions(session, week, questions, now=week.opens_at - timedelta(days=1))
    return week


def publish(session, week):
    rank_round(session, week, now=clock.now())
    mark_published(session, week, now=clock.now())
    session.commit()


def look_up(client, receipt):
    form = Page(client.get("/thi/tra-cuu").text).form()
    return client.post("/thi/tra-cuu", data=dict(form.filled(code=receipt))).text


def derived(secret, attempt, questions=6, letters="ABC"):
    """Derive a paper from the words on the page of the results."""
    seed = hmac.new(bytes.fromhex(secret), attempt.encode(), hashlib.sha256).digest()

    def shuffle(purpose, items):
        prefix, words, block = len(purpose).to_bytes(8, "big") + purpose.encode(), [], 0
        for place in range(len(items) - 1, 0, -1):
            while True:
                if not words:
                    found = hmac.new(seed, prefix + block.to_bytes(8, "big"), hashlib.sha256).digest()
                    words, block = [found[at : at + 4] for at in range(0, 32, 4)], block + 1
                number = int.from_bytes(words.pop(0), "big")
                if number < 2**32 - 2**32 % (place + 1):
                    break
            other = number % (place + 1)
            items[place], items[other] = items[other], items[place]
        return items

    order = shuffle("questions", list(range(1, questions + 1)))
    return "; ".join(f"{at} ({', '.join(shuffle(f'choices {at}', list(letters)))})" for at in order)


def test_the_order_can_be_derived_from_the_two_pages(client, session, keyring, week):
    receipt = new_code()
    make_attempt(session, keyring, week, receipt=receipt)
    publish(session, week)

    public = client.get(f"/thi/{week.contest.slug}/tuan/1").text
    own = look_up(client, receipt)

    secret = re.search(r"Khóa xếp đề: <code>([0-9a-f]{64})</code>", public)[1]
    attempt = re.search(r"Mã lượt thi: <code>([0-9a-f-]{36})</code>", own)[1]
    said = re.search(r"theo đề gốc, lần lượt: (.*?)\.</p>", own)[1]
    assert said == derived(secret, attempt)


def test_no_page_shows_the_secret_before_the_publication(client, session, keyring, week):
    receipt = new_code()
    attempt = make_attempt(session, keyring, week, receipt=receipt)
    rank_round(session, week, now=clock.now())
    session.commit()

    pages = [client.get(f"/thi/{week.contest.slug}{path}").text for path in ("", "/bang", "/tuan/1")]
    pages.append(look_up(client, receipt))

    secret = order_secret(keyring, week).hex()
    assert [secret in page for page in pages] == [False] * 4
    assert not any(str(attempt.id) in page for page in pages)
    assert client.get(f"/thi/{week.contest.slug}/tuan/1").status_code == 404


def test_ones_own_result_shows_the_questions_and_letters_as_the_paper_did(client, session, keyring, week):
    receipt = new_code()
    make_attempt(session, keyring, week, correct=3, receipt=receipt)
    publish(session, week)

    own = look_up(client, receipt)

    order = re.search(r"theo đề gốc, lần lượt: (.*?)\.</p>", own)[1].split("; ")
    shown = re.findall(r'Câu (\d)\. Hỏi điều (\d)\?</p>\s*<p class="(\w+)"><svg.*?</svg><span>(.*?)</span></p>', own)
    for place, (said, (number, position, mark, chosen)) in enumerate(zip(order, shown, strict=True), start=1):
        letters = said[3:-1].split(", ")
        assert (number, position) == (str(place), said[0])
        if int(position) <= 3:
            assert (mark, chosen[-7:]) == ("ok", f"{'ABC'[letters.index('A')]}. Đúng")
        else:
            assert (mark, chosen[:15]) == ("no", f"Bạn chọn {'ABC'[letters.index('B')]}. Sai")


def test_a_fixed_order_needs_no_secret_and_shows_none(client, session, keyring):
    week = make_contest(session, weeks=1).rounds[0]
    receipt = new_code()
    make_attempt(session, keyring, week, receipt=receipt)
    publish(session, week)

    assert "Khóa xếp đề" not in client.get(f"/thi/{week.contest.slug}/tuan/1").text
    assert "Mã lượt thi" not in look_up(client, receipt)


def test_a_void_question_gives_nothing_to_a_paper_drawn_without_it(session, keyring):
    week = week_of(session, shown=2)
    first, second = (make_attempt(session, keyring, week, correct=0) for _ in range(2))
    refs = [each.ref for each in week.questions]
    _answer(first, {refs[0]: ["B"], refs[1]: []})
    _answer(second, {refs[2]: ["B"], refs[3]: ["B"]})
    session.commit()

    marks = preview_marks(read_papers(session, week), week, week.questions[1], "*")

    assert [(UUID(id), mark) for id, mark in zip(marks.changed.attempts, marks.changed.marks, strict=True)] == [
        (first.id, 1)
    ]


def _answer(attempt, answers):
    attempt.sheet.answers = canonical(answers)
