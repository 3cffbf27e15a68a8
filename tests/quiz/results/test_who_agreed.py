"""A correction publishes whether no one or an account that the requester created approved it, as publications do."""

from dataclasses import replace

import pytest
from sqlalchemy import select

import quiz.results.manage.large
from account.models import Approval
from core.commands.worker import Worker
from quiz.results.operations import closing
from quiz.results.queries.result import find_result, list_winners
from tests.privacy import test_correction
from tests.quiz.results import test_exclusion, test_remark
from tests.quiz.results.test_publishing import RELATED, week
from tests.support.approval import agree
from tests.support.pages import Page

__all__ = ["week"]
BY_WHOM = pytest.mark.parametrize("is_related", [True, False])


@pytest.fixture
def published(session, week):
    """Publish the round, approved by an independent account; Giàng A Páo has its prize."""
    closing.mark_published(session, week, now=week.results_at)
    session.commit()
    return week


def public(client, week):
    return Page(client.get(f"/thi/{week.contest.slug}/tuan/1").text).text


def the_request(session):
    session.expire_all()
    return session.scalars(select(Approval)).one()


@BY_WHOM
def test_an_exclusion(app, session, client, organiser, published, is_related):
    test_exclusion.ask(organiser, published, list_winners(session, find_result(session, published))[0].participant_id)

    agree(app, session, the_request(session), is_related=is_related)

    page = public(client, published)
    assert ("Đính chính lần 1" in page, RELATED in page, published.publication) == (True, is_related, None)


@BY_WHOM
@pytest.mark.parametrize("is_large", [True, False])
def test_a_remark(app, session, client, organiser, published, is_related, is_large, monkeypatch):
    monkeypatch.setattr(quiz.results.manage.large, "ENTRIES_IN_A_PAGE", 0 if is_large else 100)
    test_remark.ask(organiser, published)

    agree(app, session, the_request(session), is_related=is_related)
    session.rollback()
    Worker(app).work(is_burst=True)

    page = public(client, published)
    assert ("Đính chính lần 1" in page, RELATED in page) == (True, is_related)


@BY_WHOM
def test_a_name(app, session, keyring, client, organiser, published, is_related):
    winner = list_winners(session, find_result(session, published))[0].participant
    test_correction.correct(organiser, test_correction.case_of(session, keyring, winner))
    before = public(client, published)

    agree(app, session, the_request(session), is_related=is_related)

    page = public(client, published)
    assert ("Sửa họ tên ngày" in before, "Sửa họ tên ngày" in page, RELATED in page) == (False, True, is_related)
    assert "Giàng A Páo" not in page


def test_a_name_corrected_by_one_person_alone_is_marked_for_good(app, session, keyring, client, organiser, published):
    settings = app.extensions["settings"]
    app.extensions["settings"] = replace(settings, second_approver=False)
    winner = list_winners(session, find_result(session, published))[0].participant
    test_correction.correct(organiser, test_correction.case_of(session, keyring, winner))

    app.extensions["settings"] = settings

    assert "Sửa họ tên không qua người phê duyệt thứ hai." in public(client, published)


def test_a_corrected_unit_is_no_correction_of_a_name(session, keyring, client, organiser, published):
    winner = list_winners(session, find_result(session, published))[0].participant
    test_correction.correct(organiser, test_correction.case_of(session, keyring, winner), name="Giàng A Páo")

    assert "Sửa họ tên" not in public(client, published)
