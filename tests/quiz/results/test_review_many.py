"""Clusters by the hundred: which of them must be decided on, and one decision about several."""

import os
from dataclasses import replace

import pytest
from sqlalchemy import select

from account.models import Approval, AuditEntry
from account.rules.permissions import Role
from quiz.contest.rules.presets import GuessTarget
from quiz.contest.rules.prizes import Tier
from quiz.results.models import ClusterEntry, EntryCluster
from quiz.results.operations import closing
from quiz.results.queries.result import find_result
from quiz.results.queries.review import count_undecided, list_undecided, list_under_review
from tests.factories import make_contest
from tests.quiz.results.test_review import CHEATING, close, decide, path_of, take
from tests.support.approval import agree, as_approver_reads
from tests.support.pages import Page
from tests.support.staff import desk_in, send


def closed_with(session, keyring, *correct, **declared):
    """Return a closed round with three prizes and a strong cluster of three entries for each number of right
    answers.
    """
    contest = make_contest(session, weeks=1, tiers=(Tier("Giải Nhất", 1), Tier("Giải Nhì", 2)), **declared)
    round, groups = contest.rounds[0], []
    for at, right in enumerate(correct):
        names = [f"Lò {at:A>3} {'XYZ'[each]}" for each in range(3)]
        where = {"correct": right, "minute": at, "device": f"d{at}", "address": f"a{at}"}
        groups.append([take(session, keyring, round, name, seconds=120 + at, **where) for name in names])
    close(session, keyring, round)
    session.query(ClusterEntry).delete()
    session.query(EntryCluster).delete()
    for number, people in enumerate(groups, start=1):
        perfect = 3 if correct[number - 1] == 3 else 0
        row = {"size": 3, "perfect": perfect, "is_strong": True, "signs": [("device", 3, 3)]}
        session.add(EntryCluster(round_id=round.id, number=number, **row))
        session.flush()
        session.add_all(ClusterEntry(round_id=round.id, number=number, participant_id=each.id) for each in people)
    session.commit()
    return round


def undecided(session, round):
    return [each.number for each in list_undecided(session, round)]


@pytest.mark.both_databases
@pytest.mark.parametrize(("correct", "matter"), [((2, 1, 1), [1]), ((3, 3, 1), [1, 2])])
def test_only_a_cluster_that_is_all_right_or_in_line_for_a_prize_must_be_decided_on(session, keyring, correct, matter):
    round = closed_with(session, keyring, *correct)

    assert (undecided(session, round), count_undecided(session, round)) == (matter, len(matter))
    assert list_under_review(session, round.contest) == {1}


def test_every_strong_cluster_matters_where_the_number_of_participants_is_guessed(session, keyring):
    round = closed_with(session, keyring, 2, 1, guess_target=GuessTarget.PEOPLE)

    assert (undecided(session, round), list_under_review(session, round.contest)) == ([1, 2], {1})


def test_clusters_that_matter_to_nothing_hold_up_no_call(session, keyring):
    round = closed_with(session, keyring, 2, 1, 1)
    decide(session, round, None)

    with pytest.raises(closing.StillPending):
        closing.check_publishable(session, round, now=round.closed_at)
    assert list_under_review(session, round.contest) == set()


def test_a_cluster_comes_to_matter_when_another_one_leaves_its_seats(session, keyring):
    round = closed_with(session, keyring, 3, 2, 1)
    before = undecided(session, round)

    decide(session, round, CHEATING)

    assert (before, undecided(session, round)) == ([1], [2])


def test_all_pages_agree_on_the_number_to_decide_on(session, keyring, app):
    round = closed_with(session, keyring, 2, 1, 1)
    browser = desk_in(app, session, round.contest.unit)

    week = Page(browser.get(path_of(round)).text).text
    review = Page(browser.get(f"{path_of(round)}/ra-soat").text).text

    assert "Rà soát 1 cụm bài có dấu hiệu, rồi mới gọi" in week
    assert review.count("Chờ quyết định") == 1
    assert "2 cụm không ai đúng tất cả hay có giải" in review
    decide(session, round, None)
    assert "đã quyết định 1 cụm" in Page(browser.get(path_of(round)).text).text


def pending(session):
    return session.scalars(select(Approval).where(Approval.state == "pending")).all()


def decisions(session, round):
    session.expire_all()
    rows = session.scalars(select(EntryCluster).where(EntryCluster.round_id == round.id).order_by(EntryCluster.number))
    return [each.decision for each in rows]


def ask(browser, page, decision):
    """Send the form of *page*, a cluster's own or that of several; return the answer."""
    form = next(form for form in Page(browser.get(page).text).forms if "/ra-soat/" in form.action)
    return browser.post(form.action, data=dict(form.filled(decision=decision, reason="Cùng một máy")))


def test_keeping_a_cluster_outlives_a_version_that_excludes_another(app, session, keyring):
    round = closed_with(session, keyring, 3, 3)
    browser = desk_in(app, session, round.contest.unit)
    ask(browser, f"{path_of(round)}/ra-soat/2", "keep")
    decide(session, round, CHEATING)

    agree(app, session, pending(session)[0])

    assert decisions(session, round) == ["excluded", "kept"]


@pytest.mark.parametrize(("later", "outcome"), [((CHEATING,), "failed"), ((CHEATING, None), "approved")])
def test_an_exclusion_is_asked_for_again_only_when_its_preview_differs(app, session, keyring, later, outcome):
    round = closed_with(session, keyring, 3, 3)
    ask(desk_in(app, session, round.contest.unit), f"{path_of(round)}/ra-soat/2", "cheating")
    [request] = pending(session)
    for ground in later:
        decide(session, round, ground)

    reader = desk_in(app, session, round.contest.unit, Role.APPROVER)
    shown = Page(reader.get(f"/quan-tri/phe-duyet/{request.id}").text).text
    agree(app, session, request)

    assert request.state == outcome
    assert ("đồng ý cũng không thực hiện được" in shown) == (outcome == "failed")


def test_a_page_on_which_a_cluster_was_open_does_not_keep_it_once_it_is_excluded(app, session, keyring):
    round = closed_with(session, keyring, 3, 3)
    browser, page = desk_in(app, session, round.contest.unit), f"{path_of(round)}/ra-soat/1"
    old = Page(browser.get(page).text).form(page)
    decide(session, round, CHEATING)

    answer = browser.post(page, data=dict(old.filled(decision="keep", reason="Một lớp học")))

    assert (answer.status_code, pending(session)) == (409, [])


MANY = 100 if os.environ.get("LONG") else 8


def test_one_request_and_one_approval_exclude_many_clusters_as_one_version(app, session, keyring):
    round = closed_with(session, keyring, *[3] * MANY, 2)
    browser = desk_in(app, session, round.contest.unit)
    review = Page(browser.get(f"{path_of(round)}/ra-soat").text)  # the first click opens it
    everyone = next(link for link in review.links if "cum=tat-ca" in link)  # the second shows the preview

    asked = ask(browser, everyone, "cheating")  # and the third sends it
    [request] = pending(session)
    shown = as_approver_reads(app, session, "cluster.decide", round.contest.unit)
    agree(app, session, request)

    assert (asked.status_code, request.state, find_result(session, round).version) == (303, "approved", 2)
    assert decisions(session, round) == ["excluded"] * MANY + ["open"]
    assert f"Không công nhận {MANY} cụm, vì vi phạm thể lệ khi làm bài" in shown
    assert f"Con số để chấm dự đoán trước: {3 * MANY}; sau: 0" in shown
    assert [f"Cụm {number}: 3 bài" in shown for number in (1, MANY, MANY + 1)] == [True, True, False]
    trail = session.scalars(select(AuditEntry.subject).where(AuditEntry.action == "cluster.decide")).all()
    assert {words.split(",")[0] for words in trail} == {f"Cụm {number + 1} (3 bài)" for number in range(MANY)}


@pytest.mark.both_databases
def test_the_ticked_clusters_alone_are_decided_on_and_the_trail_names_each(app, session, keyring):
    round = closed_with(session, keyring, 3, 3, 3)
    browser = desk_in(app, session, round.contest.unit)
    several = f"{path_of(round)}/ra-soat/nhieu-cum"
    form = Page(browser.get(f"{path_of(round)}/ra-soat").text).form(several)

    asked = ask(browser, f"{form.action}?cum=1&cum=3", "keep")
    agree(app, session, pending(session)[0])

    assert form.method == "get"
    assert asked.status_code == 303
    assert (decisions(session, round), find_result(session, round).version) == (["kept", "open", "kept"], 1)
    entries = session.scalars(select(AuditEntry).where(AuditEntry.action == "cluster.decide")).all()
    assert {each.subject.split(",")[0] for each in entries} == {"Cụm 1 (3 bài)", "Cụm 3 (3 bài)"}
    assert all(("decision", "open", "kept") in each.changes for each in entries)


def test_some_are_kept_and_the_others_excluded_by_two_requests_that_wait_together(app, session, keyring):
    round = closed_with(session, keyring, 3, 3, 3, 3)
    browser, several = desk_in(app, session, round.contest.unit), f"{path_of(round)}/ra-soat/nhieu-cum"
    ask(browser, f"{several}?cum=1&cum=2", "cheating")
    ask(browser, f"{several}?cum=3&cum=4", "keep")

    page = Page(browser.get(f"{path_of(round)}/ra-soat").text).text
    for request in sorted(pending(session), key=lambda each: "keep" in each.payload):
        agree(app, session, request)

    assert page.count("Chờ người thứ hai phê duyệt.") == 2
    assert ("Không công nhận 2 cụm (6 bài), Tuần 1" in page, "Giữ 2 cụm (6 bài), Tuần 1" in page) == (True, True)
    assert decisions(session, round) == ["excluded", "excluded", "kept", "kept"]


def test_a_change_that_was_not_seen_is_shown_before_several_clusters_are_decided_on(app, session, keyring):
    round = closed_with(session, keyring, 3, 3, 3)
    browser, several = desk_in(app, session, round.contest.unit), f"{path_of(round)}/ra-soat/nhieu-cum"
    old = Page(browser.get(f"{several}?cum=tat-ca").text).form(several)
    decide(session, round, CHEATING)

    answer = browser.post(several, data=dict(old.filled(decision="cheating", reason="Một máy")))

    assert (answer.status_code, pending(session)) == (409, [])
    assert "Quyết định 2 cụm: 6 bài" in Page(answer.text).text
    assert "Xin xem lại rồi gửi lần nữa." in Page(answer.text).text


def test_an_approval_of_several_fails_when_one_of_them_was_decided_on_meanwhile(app, session, keyring):
    round = closed_with(session, keyring, 3, 3)
    ask(desk_in(app, session, round.contest.unit), f"{path_of(round)}/ra-soat/nhieu-cum?cum=tat-ca", "keep")
    [request] = pending(session)
    decide(session, round, CHEATING)

    agree(app, session, request)

    assert (request.state, decisions(session, round)) == ("failed", ["excluded", "open"])


def test_a_decision_on_several_needs_a_reason_and_a_cluster(app, session, keyring):
    round = closed_with(session, keyring, 3, 3)
    browser, several = desk_in(app, session, round.contest.unit), f"{path_of(round)}/ra-soat/nhieu-cum"

    silent = send(browser, f"{several}?cum=tat-ca", to=several, chosen="1 2", decision="keep")
    nothing = browser.get(several)

    assert (silent.status_code, nothing.status_code) == (422, 302)
    assert "Xin ghi lý do, căn cứ." in silent.text
    assert "Xin chọn ít nhất một cụm" in browser.get(nothing.location).text


def test_one_person_decides_on_several_at_once_where_no_second_one_is_required(app, session, keyring):
    app.extensions["settings"] = replace(app.extensions["settings"], second_approver=False)
    round = closed_with(session, keyring, 3, 3)

    answer = ask(desk_in(app, session, round.contest.unit), f"{path_of(round)}/ra-soat/nhieu-cum?cum=tat-ca", "keep")

    entries = session.scalars(select(AuditEntry).where(AuditEntry.action == "cluster.decide")).all()
    assert (answer.status_code, decisions(session, round)) == (302, ["kept", "kept"])
    assert [("second_approver", None, False) in each.changes for each in entries] == [True, True]
