"""Sheets that were printed before their round's questions changed: decoded by their print, or refused in words."""

from datetime import timedelta

import pytest

from account.operations.audit import SYSTEM, Actor
from quiz.attempt.models import Attempt
from quiz.attempt.operations.paper_sheets import SheetOutdated, key_first, key_second
from quiz.attempt.operations.sheet_printing import NotPublicYet, print_sheets
from quiz.attempt.queries.printed import decode, list_outdated
from quiz.attempt.rules.keying import KeyedPaper
from quiz.contest.operations.contest import set_questions
from quiz.contest.operations.mending import mend_question
from quiz.contest.operations.questions import QuestionText, text_of
from quiz.results.queries.own_paper import own_paper
from tests.factories import make_account, make_attempt, make_contest, this_monday
from tests.support.sheets import pages_of, words_on
from tests.support.staff import desk, send

HOUR = timedelta(hours=1)


@pytest.fixture
def round(session):
    return make_contest(session, questions=3, first_day=this_monday(), shuffles=True).rounds[0]


@pytest.fixture
def keyers(session, round):
    return [make_account(session, unit=round.contest.unit) for _ in range(2)]


def printed(session, round):
    return print_sheets(session, SYSTEM, round, 1, now=round.opens_at - HOUR)[0]


def right_on(session, keyring, sheet):
    """Return the right letters as a person reads them off the paper just printed."""
    return {
        str(each.position): next(n for (n, _t), s in zip(each.choices, each.stored, strict=True) if s in each.key)
        for each in decode(session, keyring, sheet).paper.questions
    }


def key_in(session, keyring, round, keyers, sheet, answers):
    facts = {"name": "Vàng Seo Páo", "phone": "0977123456", "birth_year": 1970, "guess": 10}
    unit = round.contest.units[0].unit_id
    typed = KeyedPaper(**facts, unit_id=unit, agreed=["taking-part"], answers=answers)
    key_first(session, keyring, keyers[0].id, sheet, typed, now=round.opens_at + HOUR)
    key_second(session, keyring, Actor("account", keyers[1].id), sheet, typed, now=round.opens_at + HOUR)
    return session.get(Attempt, sheet.id)


def ask(session, round, texts):
    set_questions(session, round, texts, now=round.opens_at - HOUR)


@pytest.mark.both_databases
def test_a_sheet_is_decoded_by_its_print_when_questions_and_choices_changed_their_order(
    session, keyring, round, keyers
):
    sheet, texts = printed(session, round), [text_of(each.revision) for each in round.questions]
    answers = right_on(session, keyring, sheet)
    turned = [turn(text) for text in reversed(texts)]
    ask(session, round, turned)

    attempt = key_in(session, keyring, round, keyers, sheet, answers)

    assert attempt.correct == 3
    shown = own_paper(session, keyring, attempt).questions
    assert [each.chosen[0][0] for each in shown] == list(answers.values())


def turn(text):
    """Give the choices of a question other letters."""
    letters = "".join(letter for letter, _words, _right in text.choices)
    moved = zip(letters[1:] + letters[0], text.choices, strict=True)
    return QuestionText(text.text, sorted((letter, words, right) for letter, (_old, words, right) in moved))


def test_a_sheet_whose_question_was_replaced_is_refused_at_the_first_keying(session, keyring, round, keyers):
    sheet, texts = printed(session, round), [text_of(each.revision) for each in round.questions]
    answers = right_on(session, keyring, sheet)
    place = next(
        each.position for each in decode(session, keyring, sheet).paper.questions if each.text == texts[1].text
    )
    ask(session, round, [texts[0], QuestionText("Câu khác?", texts[1].choices), texts[2]])

    with pytest.raises(SheetOutdated) as error:
        key_in(session, keyring, round, keyers, sheet, answers)

    assert error.value.decoded.changed == (place,)
    assert list_outdated(session, keyring, round) == [sheet]


def test_a_sheet_with_fewer_questions_than_the_round_is_refused(session, keyring, round, keyers):
    sheet, texts = printed(session, round), [text_of(each.revision) for each in round.questions]
    ask(session, round, [*texts, QuestionText("Câu thêm?", texts[0].choices)])

    with pytest.raises(SheetOutdated):
        key_in(session, keyring, round, keyers, sheet, {})


def test_a_typing_error_mended_in_the_open_leaves_sheets_as_they_are(session, keyring, round, keyers):
    sheet = printed(session, round)
    answers = right_on(session, keyring, sheet)
    mend_question(session, SYSTEM, round, round.questions[0], f"{round.questions[0].text}?", now=round.opens_at)

    assert key_in(session, keyring, round, keyers, sheet, answers).correct == 3


def test_a_draft_prints_no_sheets_since_its_address_still_changes(session):
    draft = make_contest(session, questions=3, first_day=this_monday()).rounds[0]
    draft.contest.is_draft = True

    with pytest.raises(NotPublicYet):
        printed(session, draft)


def test_the_pages_say_which_sheets_are_outdated_and_what_to_do(app, session, round, keyers):
    texts = [text_of(each.revision) for each in round.questions]
    printed(session, round)
    ask(session, round, [QuestionText("Câu khác?", texts[0].choices), *texts[1:]])
    session.commit()
    page, client = f"/quan-tri/cuoc-thi/{round.contest.slug}/tuan/1/phieu-giay", desk(app, keyers[0])

    sheets, sheet = client.get(page).text, client.get(f"{page}/1").text
    unread = send(client, page, quantity=1)

    assert "Phiếu 1 in trước khi đề đổi: không nhập được nữa." in sheets
    assert "sau đó đề đã đổi, nên không nhập được" in sheet
    assert "in trên tờ này không còn trong đề của đợt thi" in sheet
    assert 'name="q1"' not in sheet
    assert unread.status_code == 422
    assert "Xin soát đề rồi đánh dấu ô này." in unread.text


def test_a_sheet_says_where_several_choices_may_be_right(app, session, round, keyers):
    texts = [text_of(each.revision) for each in round.questions]
    choices = [(letter, words, letter != "C") for letter, words, _right in texts[0].choices]
    ask(session, round, [QuestionText(texts[0].text, choices), *texts[1:]])
    session.commit()
    page = f"/quan-tri/cuoc-thi/{round.contest.slug}/tuan/1/phieu-giay"

    file = send(desk(app, keyers[0]), page, quantity=1, is_checked="y")

    words = " ".join(map(words_on, pages_of(file.data)))
    assert words.count("Chọn tất cả các phương án đúng.") == 1


def test_an_assisted_paper_is_shown_in_the_order_that_it_was_answered_in(session, keyring, round):
    attempt = make_attempt(session, keyring, round)
    alone = own_paper(session, keyring, attempt)

    attempt.mode = "assisted"

    assert alone.order
    assert own_paper(session, keyring, attempt).order == alone.order
