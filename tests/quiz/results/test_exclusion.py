"""Excluding an entry after the close and recognising it again: a new version, never a change of the old one."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from account.models import Approval, AuditEntry
from account.operations.audit import SYSTEM
from account.rules.permissions import Role
from core.messages.models import Message
from core.web.extensions import db
from quiz.contest.models import Participant, Round
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.schedule import SETTLING
from quiz.persons.operations.retention import purge_contacts
from quiz.results.models import Exclusion, Result
from quiz.results.operations import closing, exclusion
from quiz.results.operations.versions import Changed, NothingToDo
from quiz.results.queries.due import count_to_call
from quiz.results.queries.result import find_result, list_standings, list_winners
from quiz.results.rules.corrections import ExclusionReason
from tests.factories import make_account, make_attempt, make_contest, make_participant
from tests.support.approval import agree
from tests.support.calls import confirm_winner, pass_winner, recall_winner
from tests.support.pages import Page
from tests.support.staff import desk, send

RECEIPT = "7K3M9QXD2F4A8BCE"


@pytest.fixture
def week(session, keyring):
    """Create a closed round: Páo is first and confirmed, Bé second, Chi third, all correct; Dìn has one wrong."""
    contest = make_contest(session, tiers=(Tier("Giải Nhất", 1), Tier("Giải Nhì", 1)))
    round = contest.rounds[0]
    for name, seconds, correct in (("Giàng A Páo", 100, 3), ("Lò Thị Bé", 200, 3), ("Bàn Chi", 300, 3), ("Dìn", 9, 2)):
        person = make_participant(session, keyring, contest, name=name)
        receipt = RECEIPT if name == "Giàng A Páo" else ""
        make_attempt(
            session, keyring, round, participant=person, seconds=seconds, correct=correct, guess=3, receipt=receipt
        )
    result = closing.rank_round(session, round, now=round.closes_at + SETTLING)
    for winner in list_winners(session, result):
        confirm_winner(session, round, winner.participant_id, now=round.closes_at)
    session.commit()
    return round


def path_of(week):
    return f"/quan-tri/cuoc-thi/{week.contest.slug}/tuan/1"


def ids_of(session, week, version=None):
    result = session.get_one(Result, (week.id, version)) if version else find_result(session, week)
    return [row.participant_id for row in list_standings(session, result)]


def first_of(session, week):
    return ids_of(session, week)[0]


def exclude(session, week, who, ground=ExclusionReason.SEVERAL):
    seen = exclusion.preview_exclusion(session, week, who, ground).digest
    result = exclusion.exclude_entry(
        session, SYSTEM, week, who, ground, reason="Có đơn phản ánh", seen=seen, now=week.closes_at + SETTLING
    )
    session.commit()
    return result


def publish(session, week):
    closing.mark_published(session, week, now=week.results_at)
    session.commit()


def ask(client, week, who, **fields):
    """Open the entry's page and send its form unchanged."""
    page = f"{path_of(week)}/bai/{who}"
    seen = field(client.get(page), "seen")
    return send(client, page, **{"seen": seen, "ground": "several", "reason": "Hai bài cùng một người", **fields})


def field(answer, name):
    """Return the value of a field of the page's form."""
    return next((form.value(name) for form in Page(answer.text).forms if form.value(name) is not None), "")


def the_request(session):
    session.expire_all()
    return session.scalars(select(Approval).where(Approval.state == "pending")).one()


@pytest.mark.both_databases
def test_the_next_person_moves_up_and_the_old_version_is_unchanged(session, week):
    before = ids_of(session, week)

    result = exclude(session, week, before[0])

    assert (result.version, result.cause, ids_of(session, week)) == (2, "exclude", before[1:])
    assert ids_of(session, week, version=1) == before
    winners = [(winner.participant_id, winner.tier, winner.state) for winner in list_winners(session, result)]
    assert winners == [(before[1], "Giải Nhất", "confirmed"), (before[2], "Giải Nhì", "pending")]


def test_turns_people_and_perfect_papers_stay_as_they_were_counted(session, week):
    result = exclude(session, week, first_of(session, week))

    assert (result.turns, result.people, result.perfect) == (4, 4, 3)


def test_before_the_publication_a_counts_recognised_papers_alone(session, week):
    result = exclude(session, week, first_of(session, week))

    assert result.target == 2
    assert [row.distance for row in list_standings(session, result)] == [1, 1, 1]


def test_an_exclusion_keeps_the_published_a(session, week):
    publish(session, week)

    result = exclude(session, week, first_of(session, week))

    assert result.target == 3


def test_a_winner_passed_over_stays_passed_after_an_exclusion(session, keyring, week):
    second = ids_of(session, week)[1]
    week_winner = list_winners(session, find_result(session, week))[1]
    week_winner.state = "pending"
    session.commit()
    pass_winner(session, week, second)

    result = exclude(session, week, first_of(session, week))

    seats = {winner.participant_id: (winner.state, winner.rank) for winner in list_winners(session, result)}
    assert seats[second] == ("passed", 1)
    assert len(seats) == 3


@pytest.mark.both_databases
def test_recognising_the_paper_again_is_a_version_like_the_first(session, week):
    before = ids_of(session, week)
    exclude(session, week, before[0])

    result = exclude(session, week, before[0], ground=None)

    row = session.scalars(select(Exclusion)).one()
    assert (result.version, result.cause, result.target) == (3, "restore", 3)
    assert (row.since_version, row.until_version) == (2, 3)
    assert ids_of(session, week) == before
    assert [winner.state for winner in list_winners(session, result)] == ["confirmed", "confirmed"]


def test_an_exclusion_is_refused_if_its_preview_has_changed(session, week):
    first, second, *_rest = ids_of(session, week)
    seen = exclusion.preview_exclusion(session, week, second, ExclusionReason.FALSE).digest
    exclude(session, week, first)

    with pytest.raises(Changed):
        exclusion.exclude_entry(
            session,
            SYSTEM,
            week,
            second,
            ExclusionReason.FALSE,
            reason="Có đơn phản ánh",
            seen=seen,
            now=week.closes_at + SETTLING,
        )

    assert find_result(session, week).version == 2


@pytest.mark.both_databases
def test_only_one_of_two_concurrent_corrections_is_done(session, week):
    people, round_id, together = ids_of(session, week)[:2], week.id, Barrier(2)
    moment, engine = week.closes_at + SETTLING, db.engine
    session.rollback()

    def press(who):
        with Session(engine) as own:
            round = own.get_one(Round, round_id)
            seen = exclusion.preview_exclusion(own, round, who, ExclusionReason.SEVERAL).digest
            own.rollback()
            together.wait(10)
            try:
                exclusion.exclude_entry(
                    own, SYSTEM, round, who, ExclusionReason.SEVERAL, reason="Có đơn phản ánh", seen=seen, now=moment
                )
                own.commit()
            except Changed:
                return "refused"
            return "done"

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(press, people))

    session.expire_all()
    assert answers == ["done", "refused"]
    assert (find_result(session, week).version, len(session.scalars(select(Exclusion)).all())) == (2, 1)


def test_excluding_twice_is_refused(session, week):
    first = first_of(session, week)
    exclude(session, week, first)

    with pytest.raises(NothingToDo):
        exclusion.preview_exclusion(session, week, first, ExclusionReason.SEVERAL)


def test_b39_one_person_who_excludes_waits_and_nothing_has_happened(session, organiser, week):
    first = first_of(session, week)

    answer = ask(organiser, week, first)

    assert (answer.status_code, Page(organiser.get(answer.location).text).heading) == (
        303,
        "Chờ người thứ hai phê duyệt",
    )
    assert (find_result(session, week).version, session.scalar(select(func.count()).select_from(Exclusion))) == (1, 0)
    assert "Chờ người thứ hai phê duyệt." in Page(organiser.get(f"{path_of(week)}/bai/{first}").text).text


def test_a_second_person_sees_the_changes_without_a_name_and_approves(app, session, organiser, week):
    first = first_of(session, week)
    ask(organiser, week, first)
    asked = the_request(session)
    account = make_account(session, role=Role.APPROVER, unit=week.contest.unit)
    session.commit()

    shown = Page(desk(app, account).get(f"/quan-tri/phe-duyet/{asked.id}").text).text
    agree(app, session, asked)

    assert "Không công nhận kết quả, vì một người dự thi dưới nhiều tên" in shown
    assert "Giải Nhất, hạng 1 xã Lâm Bình; trước đó: Giải Nhì, hạng 2" in shown
    assert "Con số để chấm dự đoán trước: 3; sau: 2" in shown
    assert not [name for name in ("Páo", "Bé", "Bàn Chi") if name in shown]
    assert (find_result(session, week).version, first in ids_of(session, week)) == (2, False)
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "entry.exclude")).one()
    assert (entry.subject, entry.reason) == (f"Bài hạng 1, Tuần 1, {week.contest.title}", "Hai bài cùng một người")
    assert ("state", "recognised", "excluded") in entry.changes
    assert ("second_approver", None, True) in entry.changes


def test_the_requester_can_not_approve_the_exclusion(app, session, week):
    account = make_account(session, unit=week.contest.unit)
    account.grants.append(type(account.grants[0])(role=Role.APPROVER.value, unit_id=week.contest.unit_id))
    session.commit()
    both = desk(app, account)
    ask(both, week, first_of(session, week))
    page = f"/quan-tri/phe-duyet/{the_request(session).id}"

    answer = send(both, page, to=f"{page}/dong-y")

    assert (answer.status_code, find_result(session, week).version) == (403, 1)


def test_a_stranger_finds_no_paper_and_an_inspector_may_not_ask(app, session, organiser, week):
    stranger, inspector = make_account(session), make_account(session, role=Role.INSPECTOR, unit=week.contest.unit)
    session.commit()
    page = f"{path_of(week)}/bai/{first_of(session, week)}"

    assert desk(app, stranger).get(page).status_code == 404
    assert desk(app, inspector).get(page).status_code == 403
    assert organiser.get(page.replace(page[-36:], "00000000-0000-0000-0000-000000000000")).status_code == 404


def test_the_second_of_two_requests_for_one_list_fails(app, session, organiser, week):
    first, second, *_rest = ids_of(session, week)
    ask(organiser, week, first)
    one = the_request(session)
    ask(organiser, week, second)
    other = session.scalars(select(Approval).where(Approval.state == "pending", Approval.id != one.id)).one()
    agree(app, session, one)
    account = make_account(session, role=Role.APPROVER, unit=week.contest.unit)
    session.commit()

    shown = Page(desk(app, account).get(f"/quan-tri/phe-duyet/{other.id}").text).text
    agree(app, session, other)

    assert "Yêu cầu này không còn khớp" in shown
    session.expire_all()
    assert (other.state, find_result(session, week).version) == ("failed", 2)


def test_a_waiting_publication_fails_after_an_exclusion(app, session, organiser, week):
    send(organiser, path_of(week), to=f"{path_of(week)}/cong-bo")
    publication = the_request(session)
    exclude(session, week, ids_of(session, week)[3])

    agree(app, session, publication)

    session.expire_all()
    assert (publication.state, week.published_at) == ("failed", None)


def test_an_outdated_page_shows_the_new_list_and_keeps_the_typed_text(session, organiser, week):
    first, second, *_rest = ids_of(session, week)
    seen = exclusion.preview_exclusion(session, week, second, ExclusionReason.SEVERAL).digest
    exclude(session, week, first)

    answer = ask(organiser, week, second, seen=seen)

    page = Page(answer.text)
    assert answer.status_code == 409
    assert "Danh sách đã thay đổi sau khi mở trang này." in page.text
    assert field(answer, "reason") == "Hai bài cùng một người"


def test_without_a_reason_and_a_ground_nothing_is_asked(session, organiser, week):
    answer = ask(organiser, week, first_of(session, week), ground="", reason="  ")

    assert answer.status_code == 422
    assert "Xin chọn một trường hợp." in answer.text
    assert "Xin ghi lý do, căn cứ." in answer.text


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "typed", ["Số 0988 123 456 của cùng một hộ", "gọi 0988123456", "máy +84 988.123.456", "098 812 3456"]
)
def test_a_reason_with_a_telephone_number_is_refused_and_shown_again(session, organiser, week, typed):
    answer = ask(organiser, week, first_of(session, week), reason=typed)

    assert answer.status_code == 422
    assert "Xin bỏ số điện thoại" in answer.text
    assert field(answer, "reason") == typed


def test_a_reason_may_name_papers_and_days(session, organiser, week):
    typed = "Biên bản 0912/BB-UBND ngày 05-06-2026 đến 07-06-2026, 08.12.2026, mục 0345"

    answer = ask(organiser, week, first_of(session, week), reason=typed)

    assert "Xin bỏ số điện thoại" not in answer.text
    assert answer.status_code in {303, 302}


def test_names_stay_hidden_on_the_papers_page_until_they_are_opened(session, organiser, week):
    page = f"{path_of(week)}/bai/{first_of(session, week)}"
    hidden = organiser.get(page).text

    send(organiser, path_of(week), to=f"{path_of(week)}/mo-lien-he/nguoi-dat-giai", reason="Đối chiếu")

    assert ("Giàng A Páo" in hidden, "Giàng A Páo" in organiser.get(page).text) == (False, True)


def test_the_public_page_shows_the_correction_without_a_name(app, session, client, organiser, week):
    publish(session, week)
    ask(organiser, week, first_of(session, week))
    agree(app, session, the_request(session))

    text = Page(client.get(f"/thi/{week.contest.slug}/tuan/1").text).text

    assert "Đính chính lần 1, ngày " in text
    assert "không công nhận kết quả một bài dự thi, vì một người dự thi dưới nhiều tên" in text
    assert "1 bài không được công nhận kết quả" in text
    assert "Giàng A Páo" not in text
    assert "Lò Thị Bé" in text
    assert "xã Lâm Bình · đang chờ gọi xác nhận" in text
    assert "người chờ gọi xác nhận" in text.split("Giải Nhất")[0]
    assert "không qua người phê duyệt thứ hai" not in text


def test_an_excluded_participant_sees_the_ground_and_the_hotline(session, client, week):
    publish(session, week)
    exclude(session, week, first_of(session, week))

    text = Page(send_receipt(client)).text

    assert "Kết quả bài này không được công nhận, vì một người dự thi dưới nhiều tên." in text
    assert "một bài khác của bạn được tính" not in text


def send_receipt(client):
    form = next(form for form in Page(client.get("/thi/tra-cuu").text).forms if form.value("code") is not None)
    return client.post("/thi/tra-cuu", data=dict(form.filled(code=RECEIPT))).text


def test_a_winner_moved_up_after_the_publication_is_still_called(app, session, organiser, week):
    publish(session, week)
    third = ids_of(session, week)[2]
    exclude(session, week, first_of(session, week))
    due = count_to_call(session)

    home = Page(organiser.get("/quan-tri/").text).text
    send(organiser, path_of(week), to=f"{path_of(week)}/mo-lien-he/nguoi-dat-giai", reason="Gọi xác nhận")
    send(organiser, path_of(week), to=f"{path_of(week)}/nguoi-dat-giai/{third}/xac-nhan")

    session.expire_all()
    assert due == {week.id: 1}
    assert f"Gọi xác nhận tiếp người đạt giải tuần 1 {week.contest.title} · 1 người chờ gọi" in home
    assert [winner.state for winner in list_winners(session, find_result(session, week))] == ["confirmed", "confirmed"]
    assert count_to_call(session) == {}


@pytest.mark.parametrize("second_approver", [True, False])
def test_both_ways_of_correcting_announce_the_event(app, session, organiser, week, second_approver):
    urls = ("https://nhan.example/x",)
    app.extensions["settings"] = replace(app.extensions["settings"], second_approver=second_approver, webhook_urls=urls)
    publish(session, week)

    ask(organiser, week, first_of(session, week))
    if second_approver:
        agree(app, session, the_request(session))

    assert [each.channel for each in session.scalars(select(Message))] == ["webhook"]


def test_a_published_winner_can_not_be_recalled_or_passed(session, week):
    publish(session, week)

    assert recall_winner(session, week, first_of(session, week)) is False
    assert pass_winner(session, week, first_of(session, week)) is False


@pytest.mark.both_databases
def test_with_the_setting_off_the_exclusion_is_done_at_once_and_marked_publicly(app, session, client, organiser, week):
    app.extensions["settings"] = replace(app.extensions["settings"], second_approver=False)
    publish(session, week)

    answer = ask(organiser, week, first_of(session, week))
    again = ask(organiser, week, ids_of(session, week, version=1)[0], seen="")

    session.expire_all()
    assert (answer.status_code, again.status_code) == (302, 409)
    assert find_result(session, week).version == 2
    assert "Đính chính không qua người phê duyệt thứ hai." in client.get(f"/thi/{week.contest.slug}/tuan/1").text


@pytest.mark.parametrize(("typed", "found"), [("3", True), ("0", False), ("99", False), ("², --", False), ("", False)])
def test_a_paper_far_down_is_opened_by_its_position(session, organiser, week, typed, found):
    answer = organiser.get(f"{path_of(week)}/bai", query_string={"vi-tri": typed})

    third = f"{path_of(week)}/bai/{ids_of(session, week)[2]}"
    assert (answer.status_code, answer.location == third) == (302, found)


def test_the_name_of_a_winner_who_was_excluded_is_forgotten_with_the_others(session, keyring, week):
    first, second, *_rest = ids_of(session, week)
    publish(session, week)
    for later in week.contest.rounds[1:]:
        session.delete(later)
    exclude(session, week, first)

    purge_contacts(session, keyring, week.published_at.date() + timedelta(days=365))

    known = [session.get_one(Participant, id).person_id is not None for id in (first, second)]
    assert known == [False, True]


def refuse(app, session, week):
    """Refuse the waiting request by another account; return the link that was sent to it."""
    asked = session.scalars(select(Approval).where(Approval.state == "pending")).one()
    approver = make_account(session, role=Role.APPROVER, unit=week.contest.unit)
    session.commit()
    link = f"/quan-tri/phe-duyet/{asked.id}"
    send(desk(app, approver), link, f"{link}/tu-choi", note="Chưa đủ căn cứ")
    return link


def test_a_refused_exclusion_is_shown_to_its_requester_everywhere(app, session, organiser, week):
    who = first_of(session, week)
    ask(organiser, week, who)
    link = refuse(app, session, week)

    entry, home, led = (organiser.get(page) for page in (f"{path_of(week)}/bai/{who}", "/quan-tri/", link))
    own = organiser.get(f"{link}/cua-toi")

    assert "Chưa đủ căn cứ" in Page(entry.text).text
    assert "Không được phê duyệt: Không công nhận kết quả" in Page(home.text).text
    assert (led.status_code, led.location, own.status_code) == (302, f"{link}/cua-toi", 200)
    assert "Chưa đủ căn cứ" in Page(own.text).text


def test_a_request_made_again_is_no_longer_shown_as_refused(app, session, organiser, week):
    ask(organiser, week, first_of(session, week))
    refuse(app, session, week)

    ask(organiser, week, first_of(session, week))

    assert "Không được phê duyệt" not in Page(organiser.get("/quan-tri/").text).text
