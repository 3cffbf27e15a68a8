"""A form that comes back is read on in the other language: what was typed stays, and nothing is done."""

import re

import pytest
from sqlalchemy import func, select

from quiz.attempt.models import Attempt
from quiz.contest.models import Participant
from tests.factories import make_contest, this_monday
from tests.support.pages import Page
from tests.support.papers import begin, register


@pytest.fixture
def week(session):
    contest = make_contest(session, first_day=this_monday())
    session.commit()
    return contest.rounds[0]


def press(client, page, action, **typed):
    """Send the form of *page* by the button that leads to *action*."""
    form = next(each for each in Page(page).forms if action in each.button_actions)
    return client.post(action, data=dict(form.filled(**typed, **{"doc-tiep": "1"})))


def button_of(page):
    return re.search(r'name="doc-tiep" value="1" formaction="([^"]*)"', page).group(1).replace("&amp;", "&")


def test_a_typed_form_is_read_on_in_english_and_back_without_a_registration(client, session, week):
    path = f"/thi/{week.contest.slug}/dang-ky"
    first = client.post(f"{path}?gui", data=dict(Page(client.get(path).text).form().filled(name="Đỗ Văn Ba"))).text

    there = button_of(first)
    english = press(client, first, there, name="Đỗ Văn Tư")
    back = press(client, english.text, button_of(english.text))

    assert there == f"{path}?gui&lang=en"
    assert ('lang="en"' in english.text, "Đỗ Văn Tư" in english.text) == (True, True)
    assert ('<html lang="vi"' in back.text, "Đỗ Văn Tư" in back.text) == (True, True)
    assert session.scalar(select(func.count()).select_from(Participant)) == 0


def test_a_right_code_opens_no_paper_while_the_page_is_only_read_on(client, session, keyring, week):
    path, code = f"/thi/{week.contest.slug}/vao-thi", register(session, keyring, week)
    wrong = client.post(path, data=dict(Page(client.get(path).text).form().filled(code="sai"))).text

    english = press(client, wrong, button_of(wrong), code=code)

    assert code in english.text
    assert session.scalar(select(func.count()).select_from(Attempt)) == 0


def test_a_paper_is_read_on_with_its_answers_and_without_a_word_about_blanks(client, session, keyring, week):
    paper = begin(client, week, register(session, keyring, week))

    english = press(client, paper, button_of(paper), q1="A", guess="480").text

    form = Page(english).form("nop-bai")
    assert '<html lang="en"' in english
    assert (form.value("q1"), form.value("guess"), form.value("blanks_seen")) == ("A", "480", "")
    assert 'class="notice bad"' not in english
    attempt = session.scalars(select(Attempt)).one()
    assert attempt.submitted_at is None


def test_enter_sends_the_form_itself_rather_than_pressing_the_button_of_languages(client, week):
    path = f"/thi/{week.contest.slug}/vao-thi"
    page = client.post(path, data=dict(Page(client.get(path).text).form().filled(code="sai"))).text

    first, second = re.findall(r'<button[^>]* form="sent-form"[^>]*>', page)

    assert first == '<button type="submit" form="sent-form" hidden>'
    assert second.startswith('<button class="language" type="submit" form="sent-form" name="doc-tiep"')
    assert page.index(second) < page.index("<h1") < page.index('<form id="sent-form"')


def test_a_page_that_is_read_has_no_such_button(client, week):
    assert "doc-tiep" not in client.get(f"/thi/{week.contest.slug}/dang-ky").text
    assert "doc-tiep" not in client.get(f"/thi/{week.contest.slug}/vao-thi").text


def test_staff_who_mistype_read_on_too(client):
    form = Page(client.get("/quan-tri/dang-nhap").text).form()
    page = client.post("/quan-tri/dang-nhap", data=dict(form.filled(email="x"))).text

    english = press(client, page, button_of(page)).text

    assert ('<html lang="en"' in english, 'value="x"' in english) == (True, True)
