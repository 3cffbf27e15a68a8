"""A wrong personal code is counted even in a form with other mistakes, so that none is tried without a throttle."""

from datetime import timedelta

import pytest

from core import clock
from core.crypto import new_code
from core.values.delay import Budget
from quiz.persons.operations.unit_requests import ask_for_unit
from tests.factories import make_contest, make_participant, make_unit, this_monday
from tests.support.pages import Page

CODE = "7K3M9QXD2F4A8BCE"
READ_ON = {"doc-tiep": "en"}


@pytest.fixture
def units(session):
    return [make_unit(session), make_unit(session, name="xã Thượng Lâm")]


@pytest.fixture
def contest(session, keyring, units):
    contest = make_contest(session, unit=units[0], units=units, weeks=2, first_day=this_monday())
    person = make_participant(session, keyring, contest, code=CODE)
    ask_for_unit(session, keyring, person, units[1].id, "Bấm nhầm dòng trên", now=clock.now())
    session.commit()
    return contest


def statuses(client, monkeypatch, path, fields):
    monkeypatch.setattr("core.web.code_guesses.CODES", Budget(free=1, longest=timedelta(minutes=1)))
    return [client.post(path, data=fields | {"code": new_code()}).status_code for _ in range(3)]


def unit_form(client, contest):
    forms = Page(client.get(f"/thi/{contest.slug}/doi-don-vi").text).forms
    return dict(next(each for each in forms if "reason" in dict(each.pairs)).filled())


@pytest.mark.parametrize("more", [{"reason": ""}, {"reason": "x", **READ_ON}, {"reason": "x", "form_token": ""}])
def test_wrong_codes_for_another_unit_are_counted_in_every_form(client, monkeypatch, contest, units, more):
    fields = unit_form(client, contest) | {"unit": units[1].id} | more

    found = statuses(client, monkeypatch, f"/thi/{contest.slug}/doi-don-vi", fields)

    assert (found[0], 429 in found) == (404, True)


@pytest.mark.parametrize("more", [READ_ON, {"form_token": ""}])
def test_wrong_codes_for_own_data_are_counted_in_every_form(client, monkeypatch, contest, more):
    fields = dict(Page(client.get("/thi/quyen-cua-toi").text).form().filled()) | more

    found = statuses(client, monkeypatch, "/thi/quyen-cua-toi", fields)

    assert (found[0], 429 in found) == (404, True)


def test_a_right_code_shows_no_request_without_the_token_of_its_page(client, contest):
    path, fields = f"/thi/{contest.slug}/doi-don-vi", unit_form(client, contest) | {"code": CODE, "unit": ""}

    assert "Yêu cầu của bạn" in client.post(path, data=fields | {"reason": ""}).text
    assert "Yêu cầu của bạn" not in client.post(path, data=fields | {"reason": "", "form_token": ""}).text
