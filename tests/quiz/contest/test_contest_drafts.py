"""Drafts of contests: visible to staff only, published, corrected, called off."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from account.models import AuditEntry
from account.operations.audit import SYSTEM
from account.rules.permissions import Role
from core import clock
from core.db import Base
from core.values.week import local_date, monday_of
from quiz.attempt.operations import attempt as attempts
from quiz.attempt.operations import editing, lifecycle, rehearsal
from quiz.attempt.operations.importing import TakesNoPapers, check_round
from quiz.contest.models import Contest, Participant
from quiz.contest.rules.schedule import SETTLING
from report import queries as report
from tests.factories import make_account, make_attempt, make_contest, make_participant, make_unit
from tests.quiz.attempt.test_contest_rehearsal import try_out
from tests.quiz.contest.test_contest_form import answers
from tests.support.pages import Page
from tests.support.staff import desk, desk_in, send

STAFF = "/quan-tri/cuoc-thi"
WHY = "Hoãn vì mưa lũ."


def next_monday():
    return monday_of(local_date(clock.now())) + timedelta(weeks=1)


@pytest.fixture
def contest(session):
    """Create a public contest of three rounds that begins next Monday."""
    made = make_contest(session, unit=make_unit(session), first_day=next_monday(), weeks=3)
    session.commit()
    return made


@pytest.fixture
def draft(session, contest):
    contest.is_draft = True
    session.commit()
    return contest


@pytest.fixture
def organiser(app, session, contest):
    return desk_in(app, session, contest.unit)


def typed(contest, **changes):
    return answers(contest.unit, title=contest.title, first_day=f"{next_monday()}", weeks=3, limit_minutes=10,
                   tiers="Giải Nhất: 1\nGiải Nhì: 2") | changes  # fmt: skip


def reload(session, contest):
    session.expire_all()
    return session.get(Contest, contest.id)


def deeds(session):
    return [(entry.action, entry.changes, entry.reason) for entry in session.scalars(select(AuditEntry))]


def test_a_new_contest_is_a_draft_and_its_weeks_are_shown(app, session):
    unit = make_unit(session)
    account = make_account(session, unit=unit)
    session.commit()
    organiser = desk(app, account)

    reply = send(organiser, f"{STAFF}/them", **answers(unit))

    page = Page(organiser.get(reply.location).text).text
    assert session.scalars(select(Contest)).one().is_draft
    assert "Bản nháp: chỉ cán bộ xem được" in page
    assert (
        f"2 đợt thi, từ thứ Hai, {next_monday():%d/%m/%Y} đến hết Chủ nhật, {next_monday() + timedelta(13):%d/%m/%Y}"
        in page
    )


@pytest.mark.parametrize("path", ["", "/bang", "/dang-ky", "/vao-thi", "/tuan/1"])
def test_the_address_of_a_draft_is_not_found_by_the_public(client, draft, path):
    assert client.get(f"/thi/{draft.slug}{path}").status_code == 404


def test_the_staffs_pages_of_a_draft_list_no_noughts_of_those_who_can_not_enter_yet(session, organiser, contest):
    pages = [f"{STAFF}/{contest.slug}", f"{STAFF}/{contest.slug}/tuan/1"]
    shown = [organiser.get(each).text for each in pages]

    contest.is_draft = True
    session.commit()

    assert all("<h2>Tham gia" in text for text in shown)
    assert not any("<h2>Tham gia" in organiser.get(each).text for each in pages)


def test_a_draft_takes_no_forms_of_the_public(client, draft):
    sent = [client.post(f"/thi/{draft.slug}/{door}", data={}).status_code for door in ("dang-ky", "vao-thi", "nop-bai")]

    assert sent == [404, 404, 404]


@pytest.mark.parametrize("weeks_ago", [-1, 0, 9])
def test_a_draft_is_on_no_public_page_at_any_date(session, client, weeks_ago):
    contest = make_contest(session, first_day=local_date(clock.now()) - timedelta(weeks=weeks_ago), weeks=2)
    contest.title, contest.is_draft = "Thi thử của tôi", True
    session.commit()

    pages = [client.get(path).text for path in ("/", "/quyen-rieng-tu")]

    assert ["Thi thử của tôi" in page for page in pages] == [False, False]
    assert report.list_holders(session) == []


def test_a_public_contest_is_on_both_pages(client, contest):
    pages = [client.get(path).text for path in ("/", "/quyen-rieng-tu")]

    assert [contest.title in page for page in pages] == [True, True]


@pytest.mark.both_databases
def test_a_draft_is_visible_by_its_address_only_while_it_is_rehearsed(client, session, draft):
    rehearsal.open_rehearsal(session, draft, now=clock.now())
    session.commit()

    pages = try_out(client, session, draft)
    home = client.get("/").text
    rehearsal.clear_rehearsal(session, reload(session, draft))
    session.commit()

    assert [page.status_code for page in pages] == [201, 200, 201]
    assert draft.title not in home
    assert client.get(f"/thi/{draft.slug}").status_code == 404


def test_a_draft_can_be_rehearsed_after_its_first_week_has_begun(session):
    contest = make_contest(session, first_day=local_date(clock.now()), weeks=1)
    contest.is_draft = True

    assert rehearsal.open_rehearsal(session, contest, now=clock.now())


def test_a_draft_is_made_public_by_one_action_after_a_preview(client, session, organiser, draft):
    asked = Page(organiser.get(f"{STAFF}/{draft.slug}/cong-khai").text).text

    send(organiser, f"{STAFF}/{draft.slug}/cong-khai")

    assert "Cuộc thi hiện ngay ở trang chủ, và ai cũng đăng ký được." in asked
    assert "Ban Tổ chức là nơi giữ thông tin người dự thi" in asked
    assert client.get(f"/thi/{draft.slug}").status_code == 200
    assert deeds(session) == [("contest.show", [("state", "draft", "public")], "")]


def test_a_draft_that_is_tried_out_is_not_made_public(session, organiser, draft):
    page = f"{STAFF}/{draft.slug}/cong-khai"
    rehearsal.open_rehearsal(session, draft, now=clock.now())
    session.commit()
    token = Page(organiser.get(f"{STAFF}/{draft.slug}").text).form().value("csrf_token")

    reply = organiser.post(page, data={"csrf_token": token})

    assert (reply.status_code, "Xin kết thúc diễn tập trước" in reply.text) == (409, True)
    assert reload(session, draft).is_draft


def test_two_taps_make_a_draft_public_once(session, draft):
    assert [lifecycle.make_public(session, SYSTEM, draft, now=clock.now()) for _ in range(2)] == [True, False]


def test_an_account_that_only_sees_contests_publishes_none(app, session, draft):
    inspector = make_account(session, role=Role.INSPECTOR, unit=draft.unit)
    session.commit()
    reader = desk(app, inspector)

    page = reader.get(f"{STAFF}/{draft.slug}").text

    assert ("Bản nháp" in page, "Công khai cuộc thi" in page, "Xóa bản nháp" in page) == (True, False, False)
    assert reader.get(f"{STAFF}/{draft.slug}/cong-khai").status_code == 403


@pytest.mark.both_databases
def test_everything_of_a_draft_can_be_edited_and_its_address_follows_its_name(session, organiser, draft):
    other = make_unit(session, parent=draft.unit, name="xã Thượng Lâm")
    session.commit()
    changed = {"title": "Luật Đất đai", "preset": "guess", "weeks": 4, "limit_minutes": 20, "tiers": "Giải A: 5",
               "units": [other.id], "hotline": "0207 3830 123"}  # fmt: skip

    reply = send(organiser, f"{STAFF}/{draft.slug}/sua", **typed(draft, **changed))

    now = reload(session, draft)
    assert reply.location == f"{STAFF}/luat-dat-dai"
    assert (now.title, now.slug, now.hotline, now.rules["preset"]) == (
        "Luật Đất đai", "luat-dat-dai", "0207 3830 123", "guess",
    )  # fmt: skip
    assert [(each.number, each.limit_seconds, each.rules["preset"]) for each in now.rounds] == [
        (number, 1200, "guess") for number in (1, 2, 3, 4)
    ]
    assert [(tier.name, tier.quantity) for tier in now.tiers] == [("Giải A", 5)]
    assert [each.unit_id for each in now.units] == [other.id]


def test_an_edit_keeps_the_questions_and_is_in_the_trail_with_before_and_after(session, organiser, draft):
    later = next_monday() + timedelta(weeks=2)

    send(organiser, f"{STAFF}/{draft.slug}/sua", **typed(draft, first_day=f"{later}"))

    rounds = reload(session, draft).rounds
    assert [len(round.questions) for round in rounds] == [3, 3, 3]
    assert local_date(rounds[0].opens_at) == later
    assert deeds(session) == [("contest.edit", [("first_day", f"{next_monday()}", f"{later}")], "")]


def test_the_form_holds_the_contest_and_saving_it_untouched_changes_nothing(session, organiser, draft):
    page = f"{STAFF}/{draft.slug}/sua"
    form = next(form for form in Page(organiser.get(page).text).forms if form.value("title"))

    reply = organiser.post(page, data=dict(form.pairs))

    assert reply.status_code == 302
    assert deeds(session) == []


def test_parts_that_are_set_are_folded_with_their_value_and_the_wrong_one_is_open(organiser, draft):
    page = f"{STAFF}/{draft.slug}/sua"

    folded = organiser.get(page).text
    wrong = send(organiser, page, **typed(draft, limit_minutes="x")).text

    parts = ("muc-the-le", "muc-bai-thi", "muc-giai", "muc-ai")
    assert [f'id="{each}">' in folded for each in parts] == [True] * 4
    assert [f'id="{each}" open>' in wrong for each in parts] == [False, True, False, False]
    assert re.search(r'<span class="note">\d+ phút mỗi bài, từ \d+ tuổi</span>', folded)


def test_weeks_with_questions_are_removed_only_after_confirmation(session, organiser, draft):
    page = f"{STAFF}/{draft.slug}/sua"

    asked = send(organiser, page, **typed(draft, weeks=1, title="Tên mới"))
    kept = len(reload(session, draft).rounds)
    send(organiser, page, **typed(draft, weeks=1, title="Tên mới", drops="y"))

    assert (asked.status_code, kept) == (422, 3)
    assert "Tuần 2, 3 đã có câu hỏi." in asked.text
    assert "Tên mới" in asked.text
    assert [round.number for round in reload(session, draft).rounds] == [1]


def test_a_draft_whose_dates_have_passed_can_be_saved_with_them(session, organiser):
    contest = make_contest(session, first_day=local_date(clock.now()) - timedelta(weeks=3), weeks=1)
    contest.is_draft, contest.unit_id = True, make_unit(session).id
    account = make_account(session, unit=contest.unit)
    session.commit()

    reply = send(desk(organiser.application, account), f"{STAFF}/{contest.slug}/sua",
                 **typed(contest, first_day=f"{local_date(contest.rounds[0].opens_at)}", weeks=1,
                         units=[contest.units[0].unit_id]))  # fmt: skip

    assert reply.status_code == 302


@pytest.mark.both_databases
def test_a_public_contest_without_entries_can_be_corrected_and_keeps_its_address(session, client, organiser, contest):
    slug = contest.slug

    send(organiser, f"{STAFF}/{slug}/sua", **typed(contest, title="Luật Đất đai", tiers="Giải A: 5"))

    session.expire_all()
    page = client.get(f"/thi/{slug}").text
    assert ("Luật Đất đai" in page, "<b>Giải A</b>5 người" in page) == (True, True)


@pytest.mark.parametrize(
    "change",
    [{"preset": "guess"}, {"weeks": 4}, {"tiers": "Giải A: 5"}, {"limit_minutes": 20}, {"first_day": "2027-11-29"}],
)
def test_the_declared_rules_are_fixed_after_the_first_registration(session, keyring, organiser, contest, change):
    page = f"{STAFF}/{contest.slug}/sua"
    token = Page(organiser.get(page).text).form().value("csrf_token")
    make_participant(session, keyring, contest)
    session.commit()
    before = (contest.rules, len(contest.rounds), contest.tiers[0].name, contest.rounds[0].opens_at)

    reply = organiser.post(page, data=typed(contest, title="Tên mới", **change) | {"csrf_token": token})

    now = reload(session, contest)
    assert reply.status_code == 409
    assert "giữ nguyên như đã công bố" in reply.text
    assert "Tên mới" in reply.text
    assert (now.rules, len(now.rounds), now.tiers[0].name, now.rounds[0].opens_at) == before
    assert now.title != "Tên mới"


def test_the_entering_units_are_fixed_after_the_first_registration(session, keyring, contest):
    other = make_unit(session, name="xã Thượng Lâm")
    make_participant(session, keyring, contest)
    plan = editing.ContestPlan(
        slug="x", title="x", organiser="x", rules=contest.rounds[0].declared, first_day=next_monday(), weeks=3,
        limit_seconds=600, tiers=[],
    )  # fmt: skip

    with pytest.raises(editing.AlreadyDeclared):
        editing.edit_contest(session, SYSTEM, contest, contest.unit, [other], plan, now=clock.now())


def test_words_are_corrected_after_registrations_too(session, client, keyring, organiser, contest):
    make_participant(session, keyring, contest)
    session.commit()
    words = {"title": "Luật Đất đai", "organiser": "Phòng Văn hóa", "hotline": "0207 3830 123", "summary": ""}

    form = organiser.get(f"{STAFF}/{contest.slug}/sua").text
    send(organiser, f"{STAFF}/{contest.slug}/sua", **words)

    session.expire_all()
    assert 'name="preset"' not in form
    assert "0207 3830 123" in client.get(f"/thi/{contest.slug}").text
    assert [(deed, sorted(name for name, *_ in changes)) for deed, changes, _ in deeds(session)] == [
        ("contest.edit", ["hotline", "name", "organiser"])
    ]


def test_a_rehearsal_does_not_fix_the_settings(client, session, draft):
    rehearsal.open_rehearsal(session, draft, now=clock.now())
    session.commit()
    try_out(client, session, draft)
    during = editing.may_redeclare(session, reload(session, draft))
    rehearsal.clear_rehearsal(session, draft)

    assert (during, editing.may_redeclare(session, reload(session, draft))) == (False, True)


def rows(session):
    session.expire_all()
    left_out = {"core_stored_reply", "account_audit", "core_person_key", "core_data_version"}
    return {
        table.name: session.scalar(select(func.count()).select_from(table))
        for table in Base.metadata.sorted_tables
        if table.name not in left_out
    }


def test_a_deleted_draft_leaves_no_row_and_its_number_is_not_reused(client, session, organiser, contest):
    other = make_contest(session, unit=contest.unit, first_day=next_monday())
    session.commit()
    before = rows(session)
    draft = make_contest(session, unit=contest.unit, first_day=next_monday())
    draft.is_draft = True
    rehearsal.open_rehearsal(session, draft, now=clock.now())
    session.commit()
    gone, title = draft.id, draft.title
    try_out(client, session, draft)

    asked = Page(organiser.get(f"{STAFF}/{draft.slug}/xoa").text).text
    reply = send(organiser, f"{STAFF}/{draft.slug}/xoa")

    assert "cùng câu hỏi đã soạn cho 2 đợt" in asked
    assert (reply.status_code, reply.location) == (302, f"{STAFF}/")
    assert {
        name: n for name, n in rows(session).items() if before[name] != n and name.startswith(("quiz", "core"))
    } == {}
    assert [deed for deed, *_ in deeds(session)] == ["contest.delete"]
    assert session.scalar(select(AuditEntry.subject)) == title
    assert make_contest(session, unit=other.unit).id > gone


def test_a_public_contest_is_not_deleted(session, contest):
    with pytest.raises(lifecycle.NoDraft):
        lifecycle.delete_draft(session, SYSTEM, contest, now=clock.now())


def test_a_contest_with_an_entry_is_not_deleted_by_a_form_kept_open(session, keyring, organiser, draft):
    page = f"{STAFF}/{draft.slug}/xoa"
    token = Page(organiser.get(page).text).form().value("csrf_token")
    lifecycle.make_public(session, SYSTEM, draft, now=clock.now())
    make_attempt(session, keyring, draft.rounds[0])
    session.commit()
    before = rows(session)

    reply = organiser.post(page, data={"csrf_token": token})

    assert reply.status_code == 409
    assert "Cuộc thi đã công khai nên không xóa được nữa." in reply.text
    assert rows(session) == before


def test_a_cancelled_contest_shows_its_reason_publicly(session, client, keyring, organiser, contest):
    code = make_participant(session, keyring, contest, code="7K3M9QXD2F4A8BCE").id
    session.commit()

    empty = send(organiser, f"{STAFF}/{contest.slug}/huy", reason=" ")
    send(organiser, f"{STAFF}/{contest.slug}/huy", reason=WHY)

    session.expire_all()
    pages = [client.get(f"/thi/{contest.slug}{path}") for path in ("", "/dang-ky", "/vao-thi")]
    assert (empty.status_code, "Xin nhập lý do." in empty.text) == (422, True)
    assert [page.status_code for page in pages] == [200, 410, 410]
    assert all(WHY in page.text and "Nếu bạn đã đăng ký" in page.text for page in pages)
    assert deeds(session) == [("contest.call_off", [("state", "public", "called-off")], WHY)]
    assert session.get(Participant, code) is not None


def test_the_list_of_contests_shows_that_one_was_cancelled_and_the_front_page_does_not(session, client, contest):
    lifecycle.call_off(session, SYSTEM, contest, WHY, now=clock.now())
    session.commit()

    page = Page(client.get("/thi/").text).text

    assert contest.title in page and "Đã hủy" in page
    assert contest.title not in Page(client.get("/").text).text


def test_a_cancelled_contest_takes_no_registrations_or_papers(session, client, contest):
    lifecycle.call_off(session, SYSTEM, contest, WHY, now=clock.now())
    session.commit()

    answered = [client.post(f"/thi/{contest.slug}/{door}", data={}).status_code for door in ("dang-ky", "vao-thi")]

    assert answered == [410, 410]


def test_a_contest_with_a_begun_paper_can_not_be_cancelled(session, keyring, organiser):
    contest = make_contest(session)
    make_attempt(session, keyring, contest.rounds[0])

    with pytest.raises(lifecycle.HasPapers):
        lifecycle.call_off(session, SYSTEM, contest, WHY, now=clock.now())


def test_a_paper_just_after_the_cancellation_is_refused(session, keyring):
    contest = make_contest(session)
    person, round = make_participant(session, keyring, contest), contest.rounds[0]
    lifecycle.call_off(session, SYSTEM, contest, WHY, now=round.opens_at)

    with pytest.raises(attempts.RoundNotOpen):
        attempts.start_attempt(session, round, person, now=round.opens_at)


def test_two_taps_cancel_a_contest_once_with_the_first_reason(session, contest):
    done = [lifecycle.call_off(session, SYSTEM, contest, why, now=clock.now()) for why in (WHY, "Khác")]

    assert (done, contest.called_off_why) == ([True, False], WHY)


@pytest.mark.parametrize("state", ["draft", "called off"])
def test_a_contest_that_is_not_held_takes_no_sheet_and_has_nothing_to_close(session, organiser, state):
    contest = make_contest(session, unit=make_unit(session), weeks=1)
    round = contest.rounds[0]
    if state == "draft":
        contest.is_draft = True
    else:
        lifecycle.call_off(session, SYSTEM, contest, WHY, now=clock.now())
    account = make_account(session, unit=contest.unit)
    session.commit()
    page = f"{STAFF}/{contest.slug}/tuan/1"

    shown = desk(organiser.application, account).get(page).text

    assert "Chốt tuần 1" not in shown
    assert report.tasks(session, frozenset({contest.unit_id}), round.closes_at + SETTLING) == []
    with pytest.raises(TakesNoPapers):
        check_round(round, now=round.closes_at)


def test_a_cancelled_contest_can_not_be_rehearsed(session, contest):
    lifecycle.call_off(session, SYSTEM, contest, WHY, now=clock.now())

    with pytest.raises(rehearsal.NotNow):
        rehearsal.open_rehearsal(session, contest, now=clock.now())


def test_the_list_marks_drafts_and_cancelled_contests(session, organiser, contest):
    draft, off = (make_contest(session, unit=contest.unit, first_day=next_monday()) for _ in range(2))
    draft.is_draft = True
    lifecycle.call_off(session, SYSTEM, off, WHY, now=clock.now())
    session.commit()

    listed, drafts = (organiser.get(f"{STAFF}/{query}").text for query in ("", "?tinh-trang=ban-nhap"))

    assert ("Bản nháp" in listed, "Đã hủy" in listed) == (True, True)
    assert [f'href="{STAFF}/{each.slug}"' in drafts for each in (draft, off, contest)] == [True, False, False]


def test_questions_of_a_draft_can_be_corrected_whatever_its_dates(session, organiser):
    contest = make_contest(session, unit=make_unit(session), weeks=1)
    contest.is_draft = True
    account = make_account(session, unit=contest.unit)
    session.commit()
    page = f"{STAFF}/{contest.slug}/tuan/1/cau-hoi"

    reply = send(desk(organiser.application, account), page, text="Một cộng một?\n*A. Hai\nB. Ba")

    assert reply.status_code == 302
    assert [question.text for question in reload(session, contest).rounds[0].questions] == ["Một cộng một?"]
