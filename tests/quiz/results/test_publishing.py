"""Publishing a round and opening contacts by staff, with a second person or, by a setting, without."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from account.models import Account, Approval, AuditEntry
from account.operations.audit import SYSTEM, Actor, Subject, record
from account.queries.audit import personal_in
from account.rules.actions import AccountAction
from account.rules.permissions import Role
from core import clock
from core.messages.models import Message
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.schedule import SETTLING
from quiz.results.models import ContactOpening, MissedCall
from quiz.results.operations import closing
from quiz.results.operations.contact import grant_contact_access
from quiz.results.operations.unreached import pass_winner
from quiz.results.queries.result import find_result, list_winners
from tests.factories import make_account, make_attempt, make_contest, make_participant, make_unit
from tests.support.approval import agree
from tests.support.calls import confirm_winner
from tests.support.pages import Page
from tests.support.staff import desk, send


@pytest.fixture
def week(session, keyring):
    """Create a closed round; its winner, Giàng A Páo, is confirmed, Lò Thị Bé is second."""
    contest = make_contest(session, tiers=(Tier("Giải Nhất", 1),))
    round = contest.rounds[0]
    for name, seconds in (("Giàng A Páo", 100), ("Lò Thị Bé", 200)):
        person = make_participant(session, keyring, contest, name=name)
        make_attempt(session, keyring, round, participant=person, seconds=seconds)
    result = closing.rank_round(session, round, now=round.closes_at + SETTLING)
    confirm_winner(session, round, list_winners(session, result)[0].participant_id, now=round.closes_at)
    session.commit()
    return round


def path_of(week):
    return f"/quan-tri/cuoc-thi/{week.contest.slug}/tuan/1"


def publish(client, week, **more):
    return send(client, path_of(week), to=f"{path_of(week)}/cong-bo", **more)


def open_people(client, week, whose, **more):
    return send(client, path_of(week), to=f"{path_of(week)}/mo-lien-he/{whose}", **more)


def the_request(session):
    session.expire_all()
    return session.scalars(select(Approval)).one()


def actions(session):
    return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.number)))


def test_one_person_alone_publishes_nothing(session, client, organiser, week):
    answer = publish(organiser, week, reason="Đã gọi đủ")

    page = Page(organiser.get(answer.location).text)
    again = organiser.get(answer.location)  # the page may be loaded again
    asked = the_request(session)
    assert (answer.status_code, page.heading) == (303, "Chờ người thứ hai phê duyệt")
    assert (again.status_code, path_of(week) in Page(again.text).links) == (200, True)
    assert f"http://lang-nghe.example/quan-tri/phe-duyet/{asked.id}" in page.text
    assert (week.published_at, asked.reason) == (None, "Đã gọi đủ")
    assert client.get(f"/thi/{week.contest.slug}/tuan/1").status_code == 404
    assert "Chờ người thứ hai phê duyệt." in Page(organiser.get(path_of(week)).text).text


def test_the_approver_reads_who_passed_winners_over_and_how_many_codes_were_renewed(
    app, session, keyring, organiser, week
):
    ahead = list_winners(session, find_result(session, week))[0]
    week.contest.tiers[0].quantity = 2
    closing.reseat(session, week, now=week.closed_at)
    second = list_winners(session, find_result(session, week))[1]
    ahead.participant.code_renewed_at = week.opens_at
    session.commit()
    caller = Actor("account", session.scalar(select(Account.id)))
    about = Subject(
        "quiz.participant", second.participant_id, f"Người dự thi, {week.contest.title}", week.contest.unit_id
    )
    record(session, caller, "code.renew", about, after={"sent": "bằng tin nhắn"}, now=week.opens_at)
    called_at = week.closed_at + timedelta(hours=1)
    session.add(MissedCall(round_id=week.id, participant_id=second.participant_id, called_at=called_at))
    late = called_at + timedelta(days=3)
    pass_winner(session, keyring, caller, week, second.participant_id, reason="Không ai nghe máy", now=late)
    session.commit()
    publish(organiser, week, reason="Đã gọi")

    account = make_account(session, role=Role.APPROVER, unit=week.contest.unit)
    session.commit()
    approver = desk(app, account)
    page = Page(approver.get(f"/quan-tri/phe-duyet/{the_request(session).id}").text).text

    assert "Bỏ qua, giải chuyển cho người kế tiếp" in page
    assert "Trần Thị Bình 1 người, từ" in page
    assert "Bài mở đề sau khi cán bộ cấp lại mã 1 bài" in page
    assert "gửi mã mới bằng tin nhắn khi đợt đang mở, mã cũ hết hiệu lực 1 lần cho 1 người" in page


def test_the_page_without_possible_approvers_says_how_to_find_one(session, organiser, week):
    week.contest.unit.parent = make_unit(session, name="tỉnh Tuyên Quang", kind="province")
    session.commit()

    pages = [
        Page(organiser.get(path_of(week)).text).text,
        Page(organiser.get(publish(organiser, week).location).text).text,
    ]

    assert all("Chưa có ai khác phê duyệt được cho xã Lâm Bình." in page for page in pages)
    assert all("Nhờ người quản trị mời một đồng nghiệp" in page for page in pages)
    assert all("Hoặc nhờ tỉnh Tuyên Quang" in page for page in pages)
    assert all("người cài đặt máy chủ tắt được bước này" in page for page in pages)
    assert not any("SECOND_APPROVER" in page for page in pages)


def test_an_administrator_is_linked_to_the_invitation(app, session, week):
    account = make_account(session, unit=week.contest.unit)
    account.grants.append(type(account.grants[0])(role=Role.ADMINISTRATOR.value, unit_id=week.contest.unit_id))
    session.commit()

    page = Page(desk(app, account).get(path_of(week)).text)

    assert "/quan-tri/tai-khoan/danh-sach/moi" in page.links
    assert "Ông/bà tự lập tài khoản ấy thì trang công bố sẽ ghi rõ." in page.text


def test_possible_approvers_are_named_before_and_after_the_request(session, organiser, week):
    province = make_unit(session, name="tỉnh Tuyên Quang", kind="province")
    week.contest.unit.parent = province
    make_account(session, role=Role.APPROVER, unit=province)
    make_account(session, role=Role.APPROVER, unit=make_unit(session, name="xã Minh Quang"))
    session.commit()

    pages = [
        Page(organiser.get(path_of(week)).text).text,
        Page(organiser.get(publish(organiser, week).location).text).text,
    ]

    assert "người phê duyệt: Trần Thị Bình (tỉnh Tuyên Quang)." in pages[0]
    assert "cho một trong những người này: Trần Thị Bình tỉnh Tuyên Quang" in pages[1]
    assert all("Minh Quang" not in page and "Chưa có ai khác" not in page for page in pages)


def test_at_most_five_possible_approvers_are_named(session, organiser, week):
    for _ in range(7):
        make_account(session, role=Role.APPROVER, unit=week.contest.unit)
    session.commit()

    page = Page(organiser.get(path_of(week)).text).text

    assert "; và 2 người khác." in page
    assert "(xã Lâm Bình)" not in page


def test_publishing_alone_is_asked_about_first(app, organiser, week):
    app.extensions["settings"] = replace(app.extensions["settings"], second_approver=False)

    html = organiser.get(path_of(week)).text

    assert "Công bố rồi không rút lại được" in html
    assert "Công bố kết quả tuần 1</summary>" in html


def test_a_week_is_published_when_a_second_person_approves_the_list(app, session, client, organiser, week):
    publish(organiser, week)
    asked = the_request(session)
    account = make_account(session, role=Role.APPROVER, unit=week.contest.unit)
    session.commit()

    shown = Page(desk(app, account).get(f"/quan-tri/phe-duyet/{asked.id}").text).text
    agree(app, session, asked)

    assert "Giải Nhất, hạng 1 Giàng A Páo" in shown
    assert "Lò Thị Bé" not in shown
    assert (week.published_at is not None, week.publication.related) == (True, "none")
    public = client.get(f"/thi/{week.contest.slug}/tuan/1").text
    assert "Giàng A Páo" in public
    assert "không qua người phê duyệt thứ hai" not in public
    assert actions(session) == ["approval.ask", "approval.approve", "round.publish"]


def test_an_approver_of_the_province_can_approve(app, session, organiser, week):
    province = make_unit(session, name="tỉnh Tuyên Quang", kind="province")
    week.contest.unit.parent = province
    session.commit()
    publish(organiser, week)

    agree(app, session, the_request(session), unit=province)

    assert week.published_at is not None


def test_an_organiser_who_is_an_approver_too_is_asked_to_find_another(app, session, week):
    account = make_account(session, unit=week.contest.unit)
    account.grants.append(type(account.grants[0])(role=Role.APPROVER.value, unit_id=week.contest.unit_id))
    session.commit()
    both = desk(app, account)
    publish(both, week)
    page = f"/quan-tri/phe-duyet/{the_request(session).id}"

    answer = send(both, page, to=f"{page}/dong-y")

    assert (answer.status_code, Page(answer.text).heading) == (403, "Việc này cần một người khác phê duyệt")
    assert (the_request(session).state, week.published_at) == ("pending", None)
    assert "Đồng ý và thực hiện" not in both.get(page).text


def test_a_request_of_another_unit_is_404_and_without_the_permission_403(app, session, organiser, week):
    publish(organiser, week)
    asked, stranger = the_request(session), make_account(session, role=Role.APPROVER)
    session.commit()
    page = f"/quan-tri/phe-duyet/{asked.id}"

    colleague = make_account(session, unit=week.contest.unit)
    session.commit()
    foreign = desk(app, stranger)

    assert foreign.get(page).status_code == 404
    assert send(foreign, "/quan-tri/phe-duyet/", to=f"{page}/dong-y").status_code == 404
    assert desk(app, colleague).get(page).status_code == 403
    assert organiser.get(page).location == f"{page}/cua-toi"
    assert send(organiser, path_of(week), to=f"{page}/dong-y").status_code == 403
    assert the_request(session).state == "pending"


def test_a_refusal_needs_a_reason_which_the_requester_sees(app, session, organiser, week):
    publish(organiser, week)
    page = f"/quan-tri/phe-duyet/{the_request(session).id}"
    account = make_account(session, role=Role.APPROVER, unit=week.contest.unit)
    session.commit()
    approver = desk(app, account)

    silent = send(approver, page, to=f"{page}/tu-choi")
    reply = send(approver, page, to=f"{page}/tu-choi", note="Chưa đối chiếu hạng 1")

    assert (silent.status_code, reply.status_code) == (422, 302)
    assert approver.get(f"{page}/tu-choi").location == page
    assert (the_request(session).state, week.published_at) == ("refused", None)
    read = organiser.get(path_of(week)).text
    assert "Chưa đối chiếu hạng 1" in read
    assert "Công bố kết quả đợt thi (" in read


def test_an_approved_publication_links_to_the_published_page(app, session, organiser, week):
    publish(organiser, week)
    asked, public = the_request(session), f"/thi/{week.contest.slug}/tuan/1"
    page = f"/quan-tri/phe-duyet/{asked.id}"
    account = make_account(session, role=Role.APPROVER, unit=week.contest.unit)
    session.commit()
    approver = desk(app, account)
    before = Page(approver.get(page).text).links

    agree(app, session, asked)

    assert public not in before
    assert public in Page(approver.get(page).text).links


def test_before_the_announced_hour_no_link_leads_to_a_page_that_is_not_there(app, session, organiser, week):
    publish(organiser, week)
    asked, public = the_request(session), f"/thi/{week.contest.slug}/tuan/1"
    account = make_account(session, role=Role.APPROVER, unit=week.contest.unit)
    session.commit()
    agree(app, session, asked)
    week.published_at = clock.now() + timedelta(hours=3)
    session.commit()

    shown = desk(app, account).get(f"/quan-tri/phe-duyet/{asked.id}").text

    assert public not in Page(shown).links
    assert "Đã đồng ý công bố. Kết quả tự hiện lúc" in organiser.get(path_of(week)).text


def test_the_requester_withdraws_on_the_rounds_page(app, session, organiser, week):
    publish(organiser, week)
    asked = the_request(session)
    colleague = make_account(session, unit=week.contest.unit)
    session.commit()
    taken = f"/quan-tri/phe-duyet/{asked.id}/rut"

    foreign = send(desk(app, colleague), path_of(week), to=taken)
    mine = send(organiser, path_of(week), to=taken, ve=path_of(week))

    assert (foreign.status_code, mine.status_code, mine.location) == (404, 302, path_of(week))
    assert (the_request(session).state, week.published_at) == ("withdrawn", None)


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/quan-tri/\\evil", "/quan-tri//evil", ""])
def test_withdrawing_leads_nowhere_else(session, organiser, week, back):
    publish(organiser, week)

    answer = send(organiser, path_of(week), to=f"/quan-tri/phe-duyet/{the_request(session).id}/rut", ve=back)

    assert answer.location == "/quan-tri/"


def test_a_list_that_changed_since_is_not_published(app, session, organiser, week):
    publish(organiser, week)
    result = find_result(session, week)
    list_winners(session, result)[0].tier = "Giải Nhì"
    session.commit()

    agree(app, session, the_request(session))

    asked = the_request(session)
    assert (asked.state, week.published_at) == ("failed", None)
    assert asked.note == "Danh sách giải đã thay đổi sau khi gửi yêu cầu. Cần gửi yêu cầu mới."


def test_the_home_page_shows_the_request_to_the_approver_and_no_longer_to_the_organiser(app, session, organiser, week):
    before = Page(organiser.get("/quan-tri/").text).text
    publish(organiser, week)
    account = make_account(session, role=Role.APPROVER, unit=week.contest.unit)
    session.commit()

    waiting = Page(desk(app, account).get("/quan-tri/").text).text

    assert "Gọi xác nhận và công bố tuần 1" in before
    assert "Gọi xác nhận và công bố tuần 1" not in organiser.get("/quan-tri/").text
    asked = the_request(session)
    assert f"Công bố kết quả đợt thi: {asked.subject} {asked.asked_by.name} gửi lúc " in waiting


def test_with_the_setting_off_a_week_is_published_at_once_and_marked_for_good(app, session, client, organiser, week):
    settings = app.extensions["settings"]
    app.extensions["settings"] = replace(settings, second_approver=False)
    answer = publish(organiser, week)
    session.expire_all()

    app.extensions["settings"] = settings

    assert (answer.status_code, week.publication.related) == (302, "alone")
    assert "Công bố không qua người phê duyệt thứ hai." in client.get(f"/thi/{week.contest.slug}/tuan/1").text
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.action, ("second_approver", None, False) in entry.changes) == ("round.publish", True)


def test_names_and_numbers_are_hidden_until_they_are_opened_with_a_reason(session, organiser, week):
    closed = organiser.get(path_of(week)).text
    silent = open_people(organiser, week, "nguoi-dat-giai")
    hidden = organiser.get(path_of(week)).text

    opened = open_people(organiser, week, "nguoi-dat-giai", reason="Gọi xác nhận")

    page = organiser.get(path_of(week)).text
    assert (silent.status_code, opened.status_code) == (422, 302)
    assert ("Giàng A Páo" in closed, "Giàng A Páo" in hidden, "Giàng A Páo" in page) == (False, False, True)
    assert 'href="tel:0' in page
    assert "Lò Thị Bé" not in page
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.reason, entry.changes[0]) == (
        "contact.open",
        "Gọi xác nhận",
        ("shown", None, "winners"),
    )


def test_opened_contacts_are_shown_to_their_opener_alone_for_a_day(app, session, organiser, week, monkeypatch):
    open_people(organiser, week, "nguoi-dat-giai", reason="Gọi xác nhận")
    colleague = make_account(session, unit=week.contest.unit)
    session.commit()

    other = desk(app, colleague).get(path_of(week)).text
    opening = session.scalars(select(ContactOpening)).one()
    opening.closes_at, opening.opened_at = opening.opened_at, opening.opened_at - timedelta(days=1)
    session.commit()

    assert "Giàng A Páo" not in other
    assert "Giàng A Páo" not in organiser.get(path_of(week)).text


def test_an_inspector_can_not_open_contacts(app, session, organiser, week):
    inspector = make_account(session, role=Role.INSPECTOR, unit=week.contest.unit)
    session.commit()
    client = desk(app, inspector)

    page = client.get(path_of(week)).text

    assert "Mở danh sách để gọi" not in page
    assert send(client, path_of(week), to=f"{path_of(week)}/mo-lien-he/nguoi-dat-giai").status_code == 403


def test_the_front_of_the_standings_opens_only_when_another_agrees(app, session, organiser, week):
    answer = open_people(organiser, week, "xep-hang", reason="Đối chiếu hai bài giống nhau")
    waiting = organiser.get(path_of(week)).text

    agree(app, session, the_request(session))

    assert answer.status_code == 303
    assert "Lò Thị Bé" not in waiting
    assert "Lò Thị Bé" in organiser.get(path_of(week)).text


def test_contacts_can_not_be_opened_before_the_close(session, keyring):
    round = make_contest(session).rounds[0]
    account = make_account(session)

    with pytest.raises(closing.TooEarly):
        grant_contact_access(
            session, SYSTEM, round, account_id=account.id, people="winners", reason="x", now=round.closes_at
        )


def test_a_call_is_recorded_and_names_the_person_under_their_own_key_alone(session, keyring, organiser, week):
    winner = list_winners(session, find_result(session, week))[0]
    winner.state = "pending"
    session.commit()
    open_people(organiser, week, "nguoi-dat-giai", reason="Gọi xác nhận")

    send(organiser, path_of(week), to=f"{path_of(week)}/nguoi-dat-giai/{winner.participant_id}/xac-nhan")

    entry = session.scalars(select(AuditEntry).where(AuditEntry.action != "contact.open")).one()
    assert (entry.action, entry.subject) == ("winner.confirm", f"Hạng 1, Tuần 1, {week.contest.title}")
    assert entry.changes == [("state", "pending", "confirmed"), ("prize", None, "Giải Nhất")]
    assert personal_in(session, keyring, [entry]) == {2: {"name": "Giàng A Páo"}}
    assert "Páo" not in "".join(map(str, entry.values.values()))


RELATED = "Tài khoản yêu cầu và tài khoản phê duyệt có liên hệ: một bên do bên kia lập hoặc cấp."
DEEDS = [
    (AccountAction.ACCOUNT_CREATE, {"role": "manager"}),
    (AccountAction.ROLE_GIVE, {"role": "approver"}),
    (AccountAction.ACCOUNT_LINK, {"drops_factor": True}),
]


def asker_and_approver(session, week, deed, roles=(Role.ORGANISER, Role.APPROVER), **after):
    """Return two accounts with these *roles*; the first did *deed* to the second before the request."""
    first, second = (make_account(session, role=role, unit=week.contest.unit) for role in roles)
    deed_of(session, week, first, second, deed, **after)
    return first, second


def deed_of(session, week, first, second, deed, **after):
    about = Subject("account.account", second.id, f"Tài khoản số {second.id}", second.unit_id)
    record(session, Actor("account", first.id), deed, about, after=after, now=week.closes_at)
    session.commit()


def published_by(app, session, week, asker, approver):
    publish(desk(app, asker), week)
    page = f"/quan-tri/phe-duyet/{the_request(session).id}"
    theirs = desk(app, approver)
    asked = theirs.get(page).text
    send(theirs, page, f"{page}/dong-y")
    week.published_at = week.closes_at  # the announced hour has come
    session.commit()
    return asked


@pytest.mark.parametrize(("deed", "after"), DEEDS)
def test_a_publication_approved_by_the_requesters_own_account_is_marked(app, session, client, week, deed, after):
    asker, approver = asker_and_approver(session, week, deed, **after)

    asked = published_by(app, session, week, asker, approver)

    assert "nơi công bố sẽ ghi rõ điều đó" in asked
    assert RELATED in client.get(f"/thi/{week.contest.slug}/tuan/1").text
    assert the_request(session).related == "related"


@pytest.mark.parametrize(("deed", "after"), [DEEDS[0], DEEDS[2]])
def test_a_publication_approved_by_a_related_account_is_marked(app, session, client, week, deed, after):
    approver, asker = asker_and_approver(session, week, deed, roles=(Role.APPROVER, Role.ORGANISER), **after)

    published_by(app, session, week, asker, approver)

    assert RELATED in client.get(f"/thi/{week.contest.slug}/tuan/1").text


def test_a_publication_approved_over_two_invitations_is_marked_with_every_step(app, session, client, week):
    asker, between = asker_and_approver(session, week, AccountAction.ACCOUNT_CREATE, role="administrator")
    approver = make_account(session, role=Role.APPROVER, unit=week.contest.unit)
    asker.name, between.name, approver.name = "Lò Thị Hoa", "Ma Văn Sơn", "Bàn Thị Chi"
    deed_of(session, week, between, approver, AccountAction.ACCOUNT_CREATE)

    asked = published_by(app, session, week, asker, approver)

    assert "Có liên hệ" in asked
    assert "Lò Thị Hoa lập tài khoản của Ma Văn Sơn</li><li>Ma Văn Sơn lập tài khoản của Bàn Thị Chi" in asked
    page = client.get(f"/thi/{week.contest.slug}/tuan/1").text
    assert "một bên do bên kia lập hoặc cấp, qua 1 tài khoản khác." in page
    assert the_request(session).kinship.between == 1


def test_two_accounts_of_one_administrator_are_marked_as_that(app, session, client, week):
    roles = (Role.ADMINISTRATOR, Role.ORGANISER)
    administrator, asker = asker_and_approver(session, week, AccountAction.ACCOUNT_CREATE, roles)
    approver = make_account(session, role=Role.APPROVER, unit=week.contest.unit)
    deed_of(session, week, administrator, approver, AccountAction.ACCOUNT_LINK)

    asked = published_by(app, session, week, asker, approver)

    assert f"{administrator.name} đưa đường dẫn đặt mật khẩu cho {approver.name}" in asked
    assert "có liên hệ: cùng do một tài khoản khác lập hoặc cấp." in client.get(f"/thi/{week.contest.slug}/tuan/1").text


def test_a_publication_approved_by_an_independent_account_is_not_marked(app, session, client, week):
    asker, approver = asker_and_approver(session, week, AccountAction.ROLE_GIVE, role="writer")

    asked = published_by(app, session, week, asker, approver)

    assert "nơi công bố sẽ ghi rõ" not in asked
    assert RELATED not in client.get(f"/thi/{week.contest.slug}/tuan/1").text
    assert the_request(session).related == "none"


def test_requesters_read_nothing_of_a_relation_with_themselves(app, session, week):
    asker = make_account(session, role=Role.ORGANISER, unit=week.contest.unit)
    other = make_account(session, role=Role.ORGANISER, unit=week.contest.unit)
    deed_of(session, week, other, asker, AccountAction.ACCOUNT_CREATE)
    publish(desk(app, asker), week)

    own = desk(app, asker).get(f"/quan-tri/phe-duyet/{the_request(session).id}/cua-toi").text

    assert "Chờ người thứ hai phê duyệt" in own
    assert "Có liên hệ" not in own


def test_later_changes_to_the_account_do_not_change_the_published_relation(app, session, client, week):
    asker, approver = asker_and_approver(session, week, AccountAction.ROLE_GIVE, role="writer")
    published_by(app, session, week, asker, approver)

    about = Subject("account.account", approver.id, "Tài khoản", approver.unit_id)
    record(session, Actor("account", asker.id), AccountAction.ACCOUNT_LINK, about, now=week.closes_at)
    session.commit()

    assert RELATED not in client.get(f"/thi/{week.contest.slug}/tuan/1").text


def test_the_requester_sees_the_waiting_request_until_it_is_approved(app, session, organiser, week):
    publish(organiser, week)
    home = organiser.get("/quan-tri/").text
    agree(app, session, the_request(session))
    done = Page(organiser.get("/quan-tri/").text)

    assert "Đang chờ người khác phê duyệt: Công bố kết quả đợt" in Page(home).text
    assert f'href="{path_of(week)}">Xem<span class="visually-hidden">: Đang chờ người khác phê duyệt' in home
    assert "Đang chờ người khác phê duyệt" not in done.text


@pytest.mark.both_databases
@pytest.mark.parametrize("second_approver", [True, False])
def test_both_ways_of_publishing_announce_the_event_once(app, session, organiser, week, second_approver):
    urls = ("https://nhan.example/x",)
    app.extensions["settings"] = replace(app.extensions["settings"], second_approver=second_approver, webhook_urls=urls)

    publish(organiser, week)
    if second_approver:
        asked = session.scalars(select(Message)).all()
        agree(app, session, the_request(session))
        assert asked == []
    publish(organiser, week)

    assert [each.channel for each in session.scalars(select(Message))] == ["webhook"]
