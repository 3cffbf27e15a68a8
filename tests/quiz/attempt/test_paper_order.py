"""Each attempt's paper has an order of its own; what is stored, marked and counted does not depend on it."""

import re
from collections import Counter
from datetime import timedelta
from html import unescape

import pytest

from core.crypto import Keyring
from quiz.attempt.models import AnswerSheet, Attempt, Tally
from quiz.attempt.queries.paper import order_secret
from quiz.attempt.rules.commitment import read_answers
from quiz.contest.operations.contest import QuestionText, set_questions
from tests.factories import make_contest, this_monday
from tests.support.pages import Page
from tests.support.papers import begin, register

QUESTION = re.compile(r"<small>Câu (\d+)/\d+</small> (.*?)</legend>(.*?)</fieldset>", re.DOTALL)
CHOICE = re.compile(r'<label class="opt"><input(.*?)><b>([A-Z])</b> <span>(.*?)</span></label>', re.DOTALL)


def week_of(session, questions, **rules):
    contest = make_contest(session, first_day=this_monday(), shuffles=True, **rules)
    set_questions(session, contest.rounds[0], questions, now=contest.rounds[0].opens_at - timedelta(days=1))
    session.commit()
    return contest.rounds[0]


def asking(count, topics=("",)):
    """Return questions of which the right choice is "Đúng", the second one of the round."""
    choices = [("A", "Sai", False), ("B", "Đúng", True), ("C", "Lệch", False), ("D", "Thiếu", False)]
    return [QuestionText(f"Hỏi điều {at}?", choices, topic=topics[at % len(topics)]) for at in range(1, count + 1)]


@pytest.fixture
def week(session):
    return week_of(session, asking(8))


def paper(page):
    """Return what a page asks: the text of each question with its choices by letter, in the order shown."""
    return [
        (unescape(text), {letter: unescape(words) for _input, letter, words in CHOICE.findall(choices)})
        for _place, text, choices in QUESTION.findall(page)
    ]


def ticked(page, words="Đúng"):
    """Return the fields that tick the choice *words* of each question."""
    asked = enumerate(paper(page), start=1)
    return {f"q{place}": letter for place, (_, choices) in asked for letter, text in choices.items() if text == words}


def submit(client, page, **fields):
    form = Page(page).form("nop-bai")
    return client.post(form.action, data=dict(form.filled(**({"guess": "480"} | fields))))


def test_two_identities_read_different_papers_of_the_same_questions(client, session, keyring, week):
    pages = [begin(client, week, register(session, keyring, week)) for _ in range(2)]

    first, second = map(paper, pages)
    assert first != second
    assert sorted(dict(first)) == sorted(dict(second)) == [f"Hỏi điều {number}?" for number in range(1, 9)]
    texts = {"Sai", "Đúng", "Lệch", "Thiếu"}
    assert all(set(choices.values()) == texts for _, choices in first + second)


def test_coming_back_by_code_shows_the_same_paper(client, session, keyring, week):
    code = register(session, keyring, week)

    assert paper(begin(client, week, code)) == paper(begin(client, week, code))


def test_a_paper_shown_again_has_the_same_order_and_the_same_ticks(client, session, keyring, week):
    begun = begin(client, week, register(session, keyring, week))
    ticks = ticked(begun)
    del ticks["q3"]

    again = submit(client, begun, **ticks)

    assert again.status_code == 422
    assert paper(again.text) == paper(begun)
    assert {name: Page(again.text).form("nop-bai").value(name) for name in ticks} == ticks
    assert 'Còn 1 câu chưa trả lời:</b> <a href="#q3">câu 3</a>. Trả lời nốt' in again.text
    assert again.text.count("Câu này chưa trả lời.") == again.text.count('<fieldset class="q bad-field"') == 1


def test_letters_and_ids_follow_the_place_shown(client, session, keyring, week):
    page = begin(client, week, register(session, keyring, week))

    found = [(place, CHOICE.findall(choices)) for place, _, choices in QUESTION.findall(page)]
    assert [place for place, _ in found] == [str(place) for place in range(1, 9)]
    for place, choices in found:
        assert [letter for _, letter, _ in choices] == ["A", "B", "C", "D"]
        for at, (field, letter, _) in enumerate(choices):
            assert [
                part for part in (f'id="q{place}-{at}"', f'name="q{place}"', f'value="{letter}"') if part in field
            ] != []


def test_the_right_choice_has_no_letter_of_its_own(client, session, keyring, week):
    letters = Counter()
    for _ in range(25):
        letters.update(ticked(begin(client, week, register(session, keyring, week))).values())

    assert sum(letters.values()) == 200
    assert min(letters[letter] for letter in "ABCD") > 25, letters


def test_a_fresh_paper_and_one_shown_again_are_the_same_page(client, session, keyring, week):
    begun = begin(client, week, register(session, keyring, week))

    again = submit(client, begun).text

    unmarked = again.replace(" checked", "").replace('<p class="error">Câu này chưa trả lời.</p>', "")
    assert QUESTION.findall(begun) == QUESTION.findall(unmarked)


def test_answers_are_stored_by_question_whatever_the_order(client, session, keyring, week):
    page = begin(client, week, register(session, keyring, week))

    reply = submit(client, page, **ticked(page) | {"q1": ticked(page, "Thiếu")["q1"]})

    assert reply.status_code == 201
    wrong = next(each for each in week.questions if each.text == paper(page)[0][0])
    answers = read_answers(session.query(AnswerSheet).one().answers)
    assert answers == {each.ref: ["D" if each is wrong else "B"] for each in week.questions}
    assert session.query(Attempt).one().correct == 7


def test_several_right_choices_are_marked_in_any_order(client, session, keyring):
    choices = [("A", "Nai", False), ("B", "Đúng một", True), ("C", "Sai", False), ("D", "Đúng hai", True)]
    week = week_of(session, [QuestionText("Hỏi <b>hai</b> & ba?", choices), *asking(3)])
    page = begin(client, week, register(session, keyring, week))
    both = next(place for place, (text, _) in enumerate(paper(page), start=1) if text == "Hỏi <b>hai</b> & ba?")
    letters = [letter for letter, text in paper(page)[both - 1][1].items() if text.startswith("Đúng")]

    form = Page(page).form("nop-bai")
    reply = client.post(form.action, data=form_data(form.filled(**ticked(page) | {f"q{both}": letters, "guess": "5"})))

    assert reply.status_code == 201
    assert session.query(Attempt).one().correct == 4
    assert "<b>hai</b>" not in page


def form_data(pairs):
    names = dict.fromkeys(name for name, _ in pairs)
    return {name: [value for key, value in pairs if key == name] for name in names}


def test_choices_that_refer_to_others_stay_in_their_order(client, session, keyring):
    choices = [("A", "Một", False), ("B", "Hai", False), ("C", "Cả A và B", True)]
    week = week_of(session, [QuestionText("Hỏi chung?", choices), *asking(3)])

    pages = [begin(client, week, register(session, keyring, week)) for _ in range(8)]

    found = [dict(paper(page))["Hỏi chung?"] for page in pages]
    assert found == [{"A": "Một", "B": "Hai", "C": "Cả A và B"}] * 8


def test_a_drawn_paper_asks_as_many_of_each_topic_and_is_perfect_when_all_are_right(client, session, keyring):
    week = week_of(session, asking(12, topics=("Đất đai", "Hộ tịch")), shown=4)
    pages = [begin(client, week, register(session, keyring, week)) for _ in range(6)]

    reply = submit(client, pages[0], **ticked(pages[0]))

    assert reply.status_code == 201
    parity = [Counter(int(text.split()[-1][:-1]) % 2 for text, _ in paper(page)) for page in pages]
    assert parity == [{0: 2, 1: 2}] * 6
    assert len({frozenset(text for text, _ in paper(page)) for page in pages}) > 1
    assert session.query(Attempt.correct).filter(Attempt.correct.is_not(None)).one() == (4,)
    assert session.query(Tally.people, Tally.perfect).one() == (1, 1)


def test_a_drawn_paper_says_which_questions_it_asked(client, session, keyring):
    week = week_of(session, asking(12), shown=4)
    page = begin(client, week, register(session, keyring, week))

    reply = submit(client, page, **ticked(page) | {"q2": "", "blanks_seen": "1"})

    assert reply.status_code == 201
    asked = {each.ref for each in week.questions if each.text in dict(paper(page))}
    blank = next(each.ref for each in week.questions if each.text == paper(page)[1][0])
    answers = read_answers(session.query(AnswerSheet).one().answers)
    assert (set(answers), answers[blank]) == (asked, [])


def test_a_question_that_was_not_drawn_can_not_be_answered(client, session, keyring):
    week = week_of(session, asking(12), shown=4)
    page = begin(client, week, register(session, keyring, week))

    reply = submit(client, page, **ticked(page), q5="A")

    assert reply.status_code == 422
    assert "Có câu trả lời không thuộc đề này." in reply.text


def test_a_paper_in_its_own_order_takes_twelve_statements_too(client, session, keyring, week, count_queries):
    submit(client, begin(client, week, register(session, keyring, week)))
    code = register(session, keyring, week)
    week.contest.slug  # noqa: B018 - read now: the request counts its own statements
    count_queries.clear()

    page = begin(client, week, code)
    reply = submit(client, page, **ticked(page))

    assert reply.status_code == 201
    assert len(count_queries) == 12, count_queries


def test_a_double_tap_gets_its_receipt_again(client, session, keyring, week):
    page = begin(client, week, register(session, keyring, week))

    first, second = (submit(client, page, **ticked(page)) for _ in range(2))

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.text == second.text


def test_the_same_data_under_another_master_key_gives_other_papers(week, keyring):
    assert order_secret(keyring, week) != order_secret(Keyring(b"\1" * 32), week)
    assert week.order_salt not in order_secret(keyring, week)
