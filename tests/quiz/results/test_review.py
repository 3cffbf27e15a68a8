"""The review between the close and the calls: clusters, each decided on as a whole by two people."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from account.models import Approval, AuditEntry
from account.operations.audit import SYSTEM
from account.rules.permissions import Role
from core.web.extensions import db
from quiz.attempt.models import AttemptEvidence
from quiz.attempt.operations.attempt import Submission, start_attempt, submit_attempt
from quiz.attempt.operations.evidence import trace_of
from quiz.attempt.queries.attempt import find_attempt
from quiz.contest.rules.presets import Eligibility
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.schedule import SETTLING
from quiz.results.manage.approval import show_publication
from quiz.results.manage.exclusion import show_exclusion
from quiz.results.manage.review_view import cleaned_figures
from quiz.results.models import ClusterEntry, EntryCluster, Exclusion, RoundReview
from quiz.results.operations import closing, review
from quiz.results.operations.exclusion import preview_exclusion
from quiz.results.operations.versions import Changed, NothingToDo
from quiz.results.queries.due import list_asked_clusters
from quiz.results.queries.result import find_result, list_standings, list_winners
from quiz.results.queries.review import LeftOut, count_left_out, count_undecided, get_cluster, list_members
from quiz.results.rules.corrections import ExclusionReason
from tests.factories import make_account, make_contest, make_participant
from tests.support.approval import agree
from tests.support.pages import Page
from tests.support.staff import desk, send

CHEATING = ExclusionReason.CHEATING


@pytest.fixture
def week(session, keyring):
    """A closed round: five invented people of one script, all right at once, and four honest ones, two all right."""
    contest = make_contest(session, weeks=1, tiers=(Tier("Giải Nhất", 1), Tier("Giải Nhì", 2)))
    round = contest.rounds[0]
    for at in range(5):
        take(session, keyring, round, f"Máy {at}", minute=0, seconds=0, device=f"m{at}", address="may chu")
    for at, correct in enumerate((3, 3, 2, 1)):
        take(
            session, keyring, round, f"Lò Thị {at}", minute=90 * at, correct=correct, device=f"d{at}", address=f"a{at}"
        )
    close(session, keyring, round)
    return round


def take(session, keyring, round, name, *, minute, seconds=120.0, correct=3, device="d", address="a", wrong="B"):
    person = make_participant(session, keyring, round.contest, name=name)
    at = round.opens_at + timedelta(hours=9, minutes=minute)
    trace = trace_of(keyring, round.id, device=device, address=address)
    begun = start_attempt(session, round, person, now=at, trace=trace)
    answers = {each.ref: frozenset("A" if each.position <= correct else wrong) for each in round.questions}
    found = find_attempt(session, begun.id)
    submission = Submission(answers, 2, f"{name:A<16}"[:16])
    submit_attempt(session, keyring, found, submission, now=at + timedelta(seconds=seconds))
    return person


def close(session, keyring, round):
    closing.close_round(session, keyring, SYSTEM, round, now=round.closes_at + SETTLING)
    session.commit()


def decide(session, week, ground, number=1, **more):
    shown = review.preview_clusters(session, week, [get_cluster(session, week, number)], more.get("kept", ()))
    more = {"now": week.closes_at + SETTLING, "seen": shown.digest_for(ground), **more}
    [found] = review.decide_clusters(session, SYSTEM, week, [number], ground, reason="Cùng một máy", **more)
    session.commit()
    return found


def path_of(week):
    return f"/quan-tri/cuoc-thi/{week.contest.slug}/tuan/1"


@pytest.mark.both_databases
def test_the_close_finds_the_script_as_one_cluster(session, week):
    [cluster] = session.scalars(select(EntryCluster).where(EntryCluster.is_strong)).all()

    assert (cluster.size, cluster.perfect, cluster.decision) == (5, 5, "open")
    assert ["blind", 5, 5] in cluster.signs
    assert session.get_one(RoundReview, week.id).entries == 9
    assert len(session.scalars(select(ClusterEntry)).all()) == 5


def test_a_closed_round_is_called_under_review_until_its_clusters_are_decided_on(session, client, organiser, week):
    session.commit()
    public, staff = f"/thi/{week.contest.slug}", f"/quan-tri/cuoc-thi/{week.contest.slug}"
    says = "Ban Tổ chức đang rà soát các bài dự thi.", "Đã chốt, chờ rà soát"

    before = client.get(public).text, organiser.get(staff).text, organiser.get(path_of(week)).text
    decide(session, week, None)
    after = client.get(public).text, organiser.get(staff).text, organiser.get(path_of(week)).text

    assert [word in text for word, text in zip(says + says[1:], before, strict=True)] == [True, True, True]
    assert [word in text for word, text in zip(says + says[1:], after, strict=True)] == [False, False, False]


def test_a_cluster_without_anybody_ranked_holds_up_nothing(session, keyring):
    contest = make_contest(session, weeks=1, eligibility=Eligibility.CARD)
    round = contest.rounds[0]
    for at in range(5):
        take(session, keyring, round, f"Máy {at}", minute=0, seconds=0, device=f"m{at}", address="may chu")
    close(session, keyring, round)

    [cluster] = session.scalars(select(EntryCluster)).all()

    assert (cluster.size, cluster.is_strong) == (5, False)
    assert closing.check_publishable(session, round, now=round.closed_at).people == 5


def test_the_close_compares_the_wrong_answers_of_entries(session, keyring):
    contest = make_contest(session, weeks=1)
    round = contest.rounds[0]
    for at in range(40):
        take(session, keyring, round, f"Máy {at}", minute=0, correct=1, device=f"m{at}", address=f"x{at}", wrong="C")
    for at in range(24):
        take(session, keyring, round, f"Lò Thị {at}", minute=60 * at, correct=1, device=f"d{at}", address=f"a{at}")
    close(session, keyring, round)

    [cluster] = session.scalars(select(EntryCluster).where(EntryCluster.is_strong)).all()

    assert (cluster.size, ["wrong", 40, 40] in cluster.signs) == (40, True)


@pytest.mark.both_databases
def test_excluding_the_cluster_moves_the_target_back_and_ranks_none_of_it(session, week):
    before = find_result(session, week)

    cluster = decide(session, week, CHEATING)

    result = find_result(session, week)
    assert (before.target, result.target) == (7, 2)
    assert (result.version, result.cause, len(list_standings(session, result))) == (2, "exclude", 4)
    assert (result.turns, result.people, result.perfect) == (9, 9, 7)
    assert count_left_out(session, week) == LeftOut(turns=5, people=5, perfect=5)
    assert (cluster.decision, cluster.approval.reason) == ("excluded", "Cùng một máy")
    assert {row.ground for row in session.scalars(select(Exclusion))} == {"cheating"}


def test_keeping_the_cluster_changes_no_result_and_is_recorded(session, week):
    decide(session, week, None)

    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "cluster.decide")).one()
    assert find_result(session, week).version == 1
    assert (entry.subject, entry.reason) == (f"Cụm 1 (5 bài), Tuần 1, {week.contest.title}", "Cùng một máy")
    assert ("decision", "open", "kept") in entry.changes


def test_a_cluster_that_was_excluded_can_be_kept_again(session, week):
    decide(session, week, CHEATING)

    decide(session, week, None)

    result = find_result(session, week)
    assert (result.version, result.cause, result.target) == (3, "restore", 7)
    assert count_left_out(session, week) == LeftOut()


def test_a_decision_is_refused_once_it_holds_or_its_page_is_old(session, week):
    old = review.preview_clusters(session, week, [get_cluster(session, week, 1)]).keeping
    decide(session, week, CHEATING)

    with pytest.raises(Changed):
        decide(session, week, None, seen=old)
    with pytest.raises(NothingToDo):
        decide(session, week, CHEATING)


def test_an_undecided_cluster_holds_up_calls_and_publication(session, keyring, organiser, week):
    shown = organiser.get(path_of(week))
    publishing = send(organiser, path_of(week), to=f"{path_of(week)}/cong-bo")
    page = Page(organiser.get(path_of(week)).text).text

    assert "Rà soát 1 cụm bài có dấu hiệu, rồi mới gọi" in Page(shown.text).text
    assert publishing.status_code == 302
    assert "Hãy rà soát trước: còn 1 cụm bài chưa quyết định." in page
    winner = list_winners(session, find_result(session, week))[0].participant_id
    with pytest.raises(closing.ClustersUndecided):
        closing.check_publishable(session, week, now=week.closed_at)
    with pytest.raises(closing.ClustersUndecided):
        closing.record_call(session, keyring, SYSTEM, week, winner, closing.Call.CONFIRM, now=week.closes_at + SETTLING)
    decide(session, week, CHEATING)
    with pytest.raises(closing.StillPending):
        closing.check_publishable(session, week, now=week.closed_at)


def test_the_days_of_calling_begin_with_the_last_decision(session, organiser, week):
    late = week.closed_at + timedelta(days=5)
    decide(session, week, CHEATING, now=late)

    with pytest.raises(closing.StillPending):
        closing.check_publishable(session, week, now=late + timedelta(days=2, hours=23))
    assert closing.check_publishable(session, week, now=late + timedelta(days=3))


def test_the_review_page_says_what_was_found_with_base_rates_and_effects(organiser, week):
    text = Page(organiser.get(f"{path_of(week)}/ra-soat").text).text

    assert "Cụm 1: 5 bài Chờ quyết định" in text
    assert "5 bài làm xong trong chưa tới 3 giây: không đủ để bấm chọn hết các câu. Cả đợt có 5" in text
    assert "Cả đợt có 5 trong 9 bài như vậy." in text
    assert "Nếu không công nhận cả cụm: 5 người ra khỏi danh sách giải" in text
    assert "con số để chấm dự đoán giảm từ 7 còn 2." in text


def test_one_person_alone_keeps_no_cluster(session, organiser, week):
    page = f"{path_of(week)}/ra-soat/1"
    form = Page(organiser.get(page).text).form(page)

    asked = organiser.post(page, data=dict(form.filled(decision="keep", reason="Một gia đình")))

    session.expire_all()
    assert (asked.status_code, count_undecided(session, week)) == (303, 1)


def test_one_request_and_one_approval_exclude_the_whole_cluster(app, session, organiser, week):
    page = f"{path_of(week)}/ra-soat/1"
    form = Page(organiser.get(page).text).form(page)

    asked = organiser.post(page, data=dict(form.filled(decision="cheating", reason="Một máy, 0 giây")))
    request = session.scalars(select(Approval).where(Approval.state == "pending")).one()
    account = make_account(session, role=Role.APPROVER, unit=week.contest.unit)
    session.commit()
    shown = Page(desk(app, account).get(f"/quan-tri/phe-duyet/{request.id}").text).text
    undecided = find_result(session, week).version
    agree(app, session, request)

    assert (asked.status_code, undecided) == (303, 1)
    assert "Không công nhận cả cụm, vì vi phạm thể lệ khi làm bài" in shown
    assert "5 bài làm xong trong chưa tới 3 giây" in shown
    assert "Con số để chấm dự đoán trước: 7; sau: 2" in shown
    assert "Máy 0" not in shown
    assert find_result(session, week).target == 2
    assert "Không công nhận Lý do" not in Page(organiser.get(page).text).text
    assert "Một máy, 0 giây" in Page(organiser.get(f"{path_of(week)}/ra-soat").text).text


def test_the_home_page_says_what_the_review_waits_for(app, session, organiser, week):
    page, said = f"{path_of(week)}/ra-soat/1", []
    week.results_at = week.closes_at + SETTLING
    session.commit()
    said.append(Page(organiser.get("/quan-tri/").text).text)
    form = Page(organiser.get(page).text).form(page)
    organiser.post(page, data=dict(form.filled(decision="keep", reason="Một gia đình")))
    said.append(Page(organiser.get("/quan-tri/").text).text)
    agree(app, session, session.scalars(select(Approval)).one())
    said.append(Page(organiser.get("/quan-tri/").text).text)

    states = (
        "Rà soát tuần 1: 1 cụm bài cần quyết định",
        "Rà soát tuần 1: chờ người thứ hai",
        "Gọi xác nhận và công bố tuần 1",
    )
    assert [[each in text for each in states] for text in said] == [
        [True, False, False],
        [False, True, False],
        [False, False, True],
    ]
    assert ["Đã quá giờ hẹn" in text for text in said] == [True, False, True]


def test_requests_about_several_clusters_and_old_ones_about_one_are_read():
    requests = [
        SimpleNamespace(action="cluster.decide", details={"round": 4, "clusters": "1 3"}),
        SimpleNamespace(action="cluster.decide", details={"round": 5, "cluster": 2}),
        SimpleNamespace(action="entry.exclude", details={"round": 6}),
    ]

    assert list_asked_clusters(requests) == {(4, 1), (4, 3), (5, 2)}


def members_of(session, week):
    return list_members(session, [get_cluster(session, week, 1)])[1]


@pytest.mark.both_databases
def test_an_honest_entry_is_kept_when_the_cluster_it_was_drawn_into_is_excluded(session, week):
    honest, *others = members_of(session, week)

    cluster = decide(session, week, CHEATING, kept=[honest])

    result = find_result(session, week)
    ranked = {row.participant_id for row in list_standings(session, result)}
    assert (result.target, len(ranked), honest in ranked, ranked & set(others)) == (3, 5, True, set())
    assert cluster.decision == "excluded"
    recorded = session.scalars(select(AuditEntry).where(AuditEntry.action == "cluster.decide")).one()
    assert ("left_in", None, 1) in recorded.changes


def test_excluding_a_cluster_and_keeping_every_entry_of_it_is_refused(session, organiser, week):
    everyone, page = members_of(session, week), f"{path_of(week)}/ra-soat/1"

    with pytest.raises(NothingToDo):
        decide(session, week, CHEATING, kept=everyone)
    answer = send(organiser, page, decision="cheating", reason="Một máy", kept=[str(each) for each in everyone])

    assert answer.status_code == 422
    assert "Đã chọn giữ lại tất cả các bài." in answer.text


def test_the_preview_follows_the_ticks_and_asks_for_nothing_else(session, organiser, week):
    page, kept = f"{path_of(week)}/ra-soat/1", str(members_of(session, week)[0])

    answer = send(organiser, page, previews="1", kept=kept)

    text = Page(answer.text).text
    assert answer.status_code == 200
    assert "Nếu không công nhận cụm này, trừ 1 bài giữ lại" in text
    assert "trước: 7; sau: 3" in text
    assert "Xin chọn một quyết định." not in text
    assert [tick.split('value="')[1][:36] for tick in answer.text.split("<input") if " checked>" in tick] == [kept]


def test_ticks_that_were_not_previewed_are_shown_before_they_are_sent(session, organiser, week):
    page, kept = f"{path_of(week)}/ra-soat/1", str(members_of(session, week)[0])
    form = Page(organiser.get(page).text).form(page)

    answer = organiser.post(page, data=dict(form.filled(decision="cheating", reason="Một máy")) | {"kept": kept})

    assert answer.status_code == 409
    assert "trừ 1 bài giữ lại" in Page(answer.text).text
    assert session.scalars(select(Approval)).all() == []
    sent = Page(answer.text).form(page)
    assert organiser.post(page, data=dict(sent.pairs) | {"kept": kept}).status_code == 303


def test_a_second_person_approves_exactly_the_entries_that_were_ticked(app, session, organiser, week):
    page, kept = f"{path_of(week)}/ra-soat/1", members_of(session, week)[0]
    form = Page(send(organiser, page, previews="1", kept=str(kept)).text).form(page)
    data = dict(form.filled(decision="cheating", reason="Một máy, 0 giây.")) | {"kept": str(kept)}
    organiser.post(page, data=data)
    request = session.scalars(select(Approval).where(Approval.state == "pending")).one()
    account = make_account(session, role=Role.APPROVER, unit=week.contest.unit)
    session.commit()

    shown = Page(desk(app, account).get(f"/quan-tri/phe-duyet/{request.id}").text).text
    agree(app, session, request)

    assert "Không công nhận cụm này, trừ 1 bài giữ lại, vì vi phạm thể lệ khi làm bài" in shown
    assert "đúng 3/3 câu" in shown
    assert {row.participant_id for row in session.scalars(select(Exclusion))} == set(members_of(session, week)) - {kept}
    after = Page(organiser.get(f"{path_of(week)}/ra-soat").text).text
    assert "Giữ lại 1 bài; Lý do: Một máy, 0 giây; " in after
    assert ".;" not in after


def test_a_waiting_decision_is_shown_and_fails_when_the_results_changed(app, session, organiser, week):
    page = f"{path_of(week)}/ra-soat/1"
    form = Page(organiser.get(page).text).form(page)
    organiser.post(page, data=dict(form.filled(decision="keep", reason="Người một lớp học")))
    request = session.scalars(select(Approval).where(Approval.state == "pending")).one()
    decide(session, week, CHEATING)

    waiting = Page(organiser.get(page).text).text
    agree(app, session, request)

    assert "Chờ người thứ hai phê duyệt." in waiting
    session.expire_all()
    assert (request.state, get_cluster(session, week, 1).decision) == ("failed", "excluded")


def test_a_decision_without_choice_or_reason_is_asked_for_again(organiser, week):
    page = f"{path_of(week)}/ra-soat/1"
    answer = send(organiser, page, reason="gọi 0988123456")

    assert answer.status_code == 422
    assert "Xin chọn một quyết định." in answer.text
    assert "Xin bỏ số điện thoại" in answer.text
    assert "gọi 0988123456" in answer.text


def test_a_decision_on_an_old_page_shows_the_cluster_anew(session, organiser, week):
    page = f"{path_of(week)}/ra-soat/1"
    form = Page(organiser.get(page).text).form(page)
    decide(session, week, None)

    answer = organiser.post(page, data=dict(form.filled(decision="cheating", reason="Một máy")))

    assert answer.status_code == 409
    assert "Xin xem lại rồi gửi lần nữa." in Page(answer.text).text
    assert find_result(session, week).version == 1


def test_evidence_is_read_for_a_reason_that_the_trail_holds_and_shows_no_hash(session, organiser, week):
    page = f"{path_of(week)}/ra-soat/1"
    silent = send(organiser, page, to=f"{page}/dau-vet", why=" ")
    answer = send(organiser, page, to=f"{page}/dau-vet", why="Đối chiếu trước khi quyết định")

    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "evidence.open")).one()
    hashes = [row.device_hash.hex() for row in session.scalars(select(AttemptEvidence))]
    assert (silent.status_code, answer.status_code) == (422, 200)
    assert "Xin ghi lý do xem dấu vết." in silent.text
    assert entry.reason == "Đối chiếu trước khi quyết định"
    assert "Máy 1, mạng 1" in answer.text
    assert not [each for each in hashes if each in answer.text]


def test_an_inspector_reads_the_review_and_decides_nothing(app, session, week):
    inspector = make_account(session, role=Role.INSPECTOR, unit=week.contest.unit)
    stranger = make_account(session)
    session.commit()

    shown = desk(app, inspector).get(f"{path_of(week)}/ra-soat")

    assert shown.status_code == 200
    assert "Xem và quyết định" not in shown.text
    assert desk(app, inspector).get(f"{path_of(week)}/ra-soat/1").status_code == 403
    assert desk(app, stranger).get(f"{path_of(week)}/ra-soat").status_code == 404


def test_a_round_without_a_review_and_a_cluster_that_is_not_there(session, keyring, organiser, week):
    other = make_contest(session, unit=week.contest.unit)
    session.commit()
    there = path_of(other.rounds[0])

    assert organiser.get(f"{there}/ra-soat").location == there
    assert organiser.get(f"{there}/ra-soat/1").location == there
    assert organiser.get(f"{path_of(week)}/ra-soat/9").status_code == 404


def test_the_public_page_shows_figures_with_and_without_the_excluded(session, client, week):
    decide(session, week, CHEATING)
    closing.mark_published(session, week, now=week.results_at)
    session.commit()

    text = Page(client.get(f"/thi/{week.contest.slug}/tuan/1").text).text

    assert "Người thi 9 (công nhận 4)" in text
    assert "Đúng hết 7 (công nhận 2)" in text
    assert "5 bài không được công nhận kết quả" in text
    assert "Lý do: vi phạm thể lệ khi làm bài (5 bài)." in text
    assert "Rà soát trước khi gọi người đạt giải: 1 cụm bài có dấu hiệu; giữ 0, không công nhận 1." in text


def test_the_approver_of_the_publication_reads_the_grounds(session, keyring, week):
    decide(session, week, CHEATING)

    _list, figures, *_rest = show_publication(session, keyring, SimpleNamespace(details={"round": week.id}))

    assert ("Bài không được công nhận", "vi phạm thể lệ khi làm bài (5 bài)") in figures.lines


def test_a_correction_of_a_cluster_after_the_publication_says_how_many(session, client, week):
    decide(session, week, None)
    closing.mark_published(session, week, now=week.results_at)
    session.commit()
    decide(session, week, CHEATING, now=week.results_at + timedelta(hours=1))

    text = Page(client.get(f"/thi/{week.contest.slug}/tuan/1").text).text

    assert "không công nhận kết quả 5 bài dự thi, vì vi phạm thể lệ khi làm bài" in text
    assert find_result(session, week).target == 7


def test_a_winner_of_a_family_cluster_is_marked_before_the_call_and_nothing_waits(session, keyring, app):
    contest = make_contest(session, weeks=1, tiers=(Tier("Giải Nhất", 2),))
    round = contest.rounds[0]
    for at in range(2):
        take(session, keyring, round, f"Bàn Thị {at}", minute=20 * at, seconds=60, device="mot may")
    close(session, keyring, round)
    organiser = make_account(session, unit=contest.unit)
    session.commit()

    page = Page(desk(app, organiser).get(path_of(round)).text)

    assert page.text.count("Có dấu hiệu: cụm 1") == 2
    assert f"{path_of(round)}/ra-soat/1" in page.links
    assert "không có cụm nào cần quyết định" in page.text
    decide(session, round, None)
    assert "Có dấu hiệu: cụm 1" not in desk(app, organiser).get(path_of(round)).text


def test_an_honest_round_needs_no_decision_and_says_so(session, keyring, app):
    contest = make_contest(session, weeks=1)
    round = contest.rounds[0]
    for at in range(6):
        take(session, keyring, round, f"Bàn Thị {at}", minute=0, seconds=60 + at, device=f"d{at}", address="hoi truong")
    close(session, keyring, round)
    organiser = make_account(session, unit=contest.unit)
    session.commit()

    page = Page(desk(app, organiser).get(path_of(round)).text).text

    assert "Đã rà soát 6 bài, không có cụm nào cần quyết định." in page
    assert cleaned_figures(db.session, round, find_result(db.session, round)) == []
    assert db.session.scalars(select(EntryCluster)).all() == []


def test_the_approver_of_an_exclusion_reads_the_number_of_questions_asked(app, session, keyring, organiser, week):
    who = members_of(session, week)[0]
    week.rules = {**week.rules, "shuffles": True, "shown": 2}
    session.commit()
    seen = preview_exclusion(session, week, who, CHEATING).digest
    asked = SimpleNamespace(details={"round": week.id, "participant": str(who), "ground": "cheating", "seen": seen})

    with app.test_request_context():
        deed, *_ = show_exclusion(session, keyring, asked)

    assert ("Bài", "xã Lâm Bình, đúng 3/2 câu") in [(str(name), str(words)) for name, words in deed.lines]
