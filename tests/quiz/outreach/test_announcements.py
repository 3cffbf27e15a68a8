"""Announcements: to those who agreed, each phone once, by day, with a way out for the phone's owner."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from account.models import Approval
from account.operations.audit import SYSTEM
from core.crypto import unseal
from core.messages import outbox
from core.messages.models import Message
from privacy.models import Consent
from quiz.contest.models import Participant
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.consent import Purpose
from quiz.outreach.models import AnnouncedPhone
from quiz.outreach.operations import announcement as operations
from quiz.outreach.operations.announcement import Links, Sending, Wording, announce, stop_number, stop_phone
from quiz.outreach.queries.announcement import AnnouncementProgress, count_phones, list_announcements, progress_of
from quiz.outreach.rules.text_message import may_retry
from quiz.persons.operations.erasure import forget_participants
from quiz.persons.operations.holder import HOLDER
from tests.factories import make_attempt, make_contest, make_participant
from tests.support.approval import agree
from tests.support.pages import Page
from tests.support.staff import desk_in, send

NOON = datetime(2026, 6, 2, 5, 0, tzinfo=UTC)
LINKS = Links("lam.vn/thi/x", "lam.vn/thi/x/thoi")
SENDING = Sending(LINKS, "system")
REACHED = (Purpose.TAKING_PART, Purpose.REACHED)
WORDS = "Tuần 1 đã mở, mời bà con dự thi"


@pytest.fixture
def contest(session, keyring):
    """Create a contest of a family of two on one phone, a neighbour, and one who did not agree."""
    contest = make_contest(session, weeks=1)
    for name, phone in (("Giàng A Páo", "0912345678"), ("Giàng Thị Dua", "0912345678"), ("Lò Thị Bé", "0912345679")):
        make_participant(session, keyring, contest, name=name, phone=phone, agreed=REACHED)
    make_participant(session, keyring, contest, name="Ma Văn Tư", phone="0912345670")
    session.commit()
    return contest


@pytest.fixture
def sent(session, keyring, contest):
    """Announce something at noon, and run its only job."""
    return announced(session, keyring, contest)


def announced(session, keyring, contest, now=NOON, wording=None):
    made = announce(session, keyring, SYSTEM, contest, wording or Wording(WORDS), SENDING, now=now)
    operations.post_some(session, keyring, made, SENDING, operations.FIRST, now=now)
    session.commit()
    return made


def texts(session, keyring):
    rows = session.scalars(select(Message).order_by(Message.created_at))
    found = [json.loads(unseal(keyring.key("message"), row.sealed, about=row.id.bytes)) for row in rows]
    return {each["to"]: each["text"] for each in found}


def deliver(session, keyring, now=NOON, state="sent"):
    """Claim and mark every message that may go out at *now*; return how many."""
    count = 0
    while parcel := outbox.claim(session, keyring, now):
        if state == "sent":
            outbox.mark_sent(session, parcel, now)
        else:
            outbox.mark_trouble(session, parcel, now, "cổng trả lời 500", is_final=True)
        count += 1
    session.commit()
    return count


@pytest.mark.both_databases
def test_each_phone_of_those_who_agreed_gets_one_message_with_digits_of_its_own(session, keyring, contest, sent):
    found = texts(session, keyring)

    assert sorted(found) == ["0912345678", "0912345679"]
    assert all(text.startswith(f"{WORDS}\nVào thi: lam.vn/thi/x\nThôi nhận tin: ") for text in found.values())
    assert {phone: text[-6:] for phone, text in found.items()} == {
        phone: stop_number(keyring, contest.id, phone) for phone in found
    }


@pytest.mark.both_databases
def test_a_job_that_runs_again_posts_nothing_twice(session, keyring, sent):
    again = operations.post_some(session, keyring, sent, SENDING, operations.FIRST, now=NOON)

    assert (again, progress_of(session, sent)) == (0, AnnouncementProgress(queued=2))


def test_many_are_posted_some_at_a_time(session, keyring, contest, monkeypatch):
    monkeypatch.setattr(operations, "AT_ONCE", 2)
    made = announce(session, keyring, SYSTEM, contest, Wording(WORDS), SENDING, now=NOON)
    people = sorted(session.scalars(select(Consent.subject_id).where(Consent.purpose == Purpose.REACHED)))

    operations.post_some(session, keyring, made, SENDING, operations.FIRST, now=NOON)
    halfway = made.posted_at
    operations.post_some(session, keyring, made, SENDING, people[1], now=NOON)

    assert (halfway, made.posted_at, progress_of(session, made).phones) == (None, NOON, 2)


def test_only_the_people_left_in_the_round_are_reminded(session, keyring, contest):
    neighbour = session.scalars(select(Participant).where(Participant.phone_slot == 1)).all()
    for each in neighbour[:1]:
        make_attempt(session, keyring, contest.rounds[0], participant=each)
    took = session.get_one(Participant, neighbour[0].id)
    announced(session, keyring, contest, wording=Wording(WORDS, absent_from=contest.rounds[0]))

    hashes = set(session.scalars(select(AnnouncedPhone.participant_id)))
    assert took.id not in hashes


@pytest.mark.both_databases
def test_messages_go_out_by_day_and_after_those_that_somebody_waits_for(session, keyring, sent):
    code = outbox.post_sms(session, keyring, to="0912000000", text="123456", now=NOON + timedelta(minutes=1))

    at_night = outbox.claim(session, keyring, NOON + timedelta(hours=12))
    outbox.mark_sent(session, at_night, NOON)
    assert at_night.id == code
    assert outbox.claim(session, keyring, NOON + timedelta(hours=12)) is None
    assert deliver(session, keyring, NOON + timedelta(hours=20)) == 2


@pytest.mark.both_databases
def test_failed_messages_go_again_under_their_old_ids_but_not_to_who_withdrew(session, keyring, contest, sent):
    before = set(session.scalars(select(Message.id)))
    deliver(session, keyring, state="failed")
    operations.stop_phone(session, keyring, contest, "0912345679", now=NOON)

    done = operations.retry_failed(session, SYSTEM, sent, now=NOON + timedelta(hours=1))

    assert (done, set(session.scalars(select(Message.id)))) == (1, before)
    assert progress_of(session, sent) == AnnouncementProgress(queued=1, failed=1)


@pytest.mark.parametrize(
    ("later", "changes", "refusal"),
    [
        (timedelta(days=8), {}, operations.TooLate),
        (timedelta(hours=1), {"called_off_at": NOON, "called_off_why": "Bão"}, operations.NotAnnounceable),
    ],
)
def test_failed_messages_do_not_go_again_when_what_they_say_is_past(
    session, keyring, contest, sent, later, changes, refusal
):
    deliver(session, keyring, state="failed")
    for name, value in changes.items():
        setattr(contest, name, value)

    with pytest.raises(refusal):
        operations.retry_failed(session, SYSTEM, sent, now=NOON + later)
    assert progress_of(session, sent) == AnnouncementProgress(failed=2)


def test_a_reminder_of_a_round_goes_again_before_its_close_alone():
    close = NOON + timedelta(days=2)

    assert may_retry(NOON, close, close - timedelta(seconds=1))
    assert not may_retry(NOON, close, close)


def test_a_possible_child_gets_no_message(session, keyring, contest):
    before = count_phones(session, contest)
    session.execute(update(Participant).values(may_be_child=True))

    assert (before > 0, count_phones(session, contest)) == (True, 0)


@pytest.mark.parametrize(
    "stops",
    [lambda session, ids: HOLDER.withdrawn(session, ids), lambda session, ids: HOLDER.restrict(session, ids, NOON)],
)
def test_the_desk_takes_back_what_waits_in_the_outbox(session, keyring, sent, stops):
    person = session.scalars(select(AnnouncedPhone.participant_id)).first()

    stops(session, [person])

    assert progress_of(session, sent) == AnnouncementProgress(queued=1, stopped=1)


@pytest.mark.both_databases
def test_states_outlive_the_messages(session, keyring, sent):
    deliver(session, keyring)
    operations.settle_states(session)
    outbox.purge_messages(session, (NOON + timedelta(days=30)).date())

    assert progress_of(session, sent) == AnnouncementProgress(sent=2)


@pytest.mark.both_databases
def test_an_erased_person_is_found_by_no_announcement_and_gets_no_message(session, keyring, contest, sent):
    person = session.scalars(select(AnnouncedPhone.participant_id)).first()
    old = session.get_one(Participant, person).phone_hash
    forget_participants(session, keyring, [person], NOON)
    session.commit()

    assert progress_of(session, sent) == AnnouncementProgress(queued=1, stopped=1)
    rows = session.execute(select(AnnouncedPhone.phone_hash, AnnouncedPhone.participant_id)).all()
    assert old not in [row.phone_hash for row in rows]
    assert person not in [row.participant_id for row in rows]


def test_a_third_message_within_a_week_is_refused(session, keyring, contest):
    for day in (0, 1):
        announced(session, keyring, contest, now=NOON + timedelta(days=day))

    with pytest.raises(operations.AnnouncedEnough):
        announced(session, keyring, contest, now=NOON + timedelta(days=6))
    assert announced(session, keyring, contest, now=NOON + timedelta(days=7))


@pytest.mark.parametrize("state", ["is_draft", "called_off", "is_rehearsal"])
def test_a_contest_that_is_not_running_sends_nothing(session, keyring, contest, state):
    if state == "called_off":
        contest.called_off_at, contest.called_off_why = NOON, "Bão"
    else:
        setattr(contest, state, True)

    with pytest.raises(operations.NotAnnounceable):
        announced(session, keyring, contest)


def stop_at(client, contest, **fields):
    address = f"/thi/{contest.slug}/thoi"
    return client.post(address, data=dict(Page(client.get(address).text).form().filled(**fields)))


def test_the_owner_of_a_phone_stops_its_messages_for_all_who_share_it(session, keyring, client, contest, sent):
    digits = stop_number(keyring, contest.id, "0912345678")
    reply = stop_at(client, contest, phone="+84 912 345 678", digits=digits)

    assert "không nhận tin nhắn về cuộc thi nữa" in reply.text
    left = session.scalars(select(Consent).where(Consent.purpose == Purpose.REACHED, Consent.withdrawn_at.is_(None)))
    assert len(left.all()) == 1
    assert list(texts(session, keyring)) == ["0912345679"]
    assert progress_of(session, sent) == AnnouncementProgress(queued=1, stopped=1)


def test_digits_of_another_phone_stop_nothing_and_hide_who_takes_part(session, keyring, client, contest):
    of_another = stop_number(keyring, contest.id, "0912345679")
    of_a_stranger = stop_number(keyring, contest.id, "0999999999")

    known, unknown = (stop_at(client, contest, phone=each, digits="000001") for each in ("0912345678", "0999999998"))
    refused = stop_at(client, contest, phone="0912345678", digits=of_another)
    stranger = stop_at(client, contest, phone="0999999999", digits=of_a_stranger)

    assert [each.status_code for each in (known, unknown, refused, stranger)] == [404, 404, 404, 200]
    assert session.scalars(select(Consent.withdrawn_at).where(Consent.purpose == Purpose.REACHED)).all() == [None] * 3


def test_another_name_on_a_phone_that_stopped_messages_starts_none_until_it_is_confirmed(session, keyring, contest):
    stop_phone(session, keyring, contest, "0912345678", now=NOON)
    later = NOON + timedelta(hours=1)
    invented = make_participant(
        session, keyring, contest, name="Tên Bịa Ra", phone="0912345678", agreed=REACHED, now=later
    )

    before, invented.confirmed_at = count_phones(session, contest), later

    assert (before, count_phones(session, contest)) == (1, 2)


def test_digits_are_not_guessed_by_trying_on_and_on(session, keyring, client, contest, sent, monkeypatch):
    monkeypatch.setattr("core.clock.now", lambda: NOON)
    digits, address = stop_number(keyring, contest.id, "0912345678"), f"/thi/{contest.slug}/thoi"
    form = Page(client.get(address).text).form()

    wrong = [client.post(address, data=dict(form.filled(phone="0912345678", digits=f"00000{n}"))) for n in range(5)]
    right = client.post(address, data=dict(form.filled(phone="0912345678", digits=digits)))
    neighbour = stop_at(client, contest, phone="0912345679", digits=stop_number(keyring, contest.id, "0912345679"))
    monkeypatch.setattr("core.clock.now", lambda: NOON + timedelta(minutes=1))
    later = stop_at(client, contest, phone="0912345678", digits=digits)

    assert [each.status_code for each in wrong] == [404] * 5
    assert (right.status_code, right.headers["Retry-After"]) == (429, "2")
    assert (neighbour.status_code, later.status_code) == (200, 200)


@pytest.fixture
def organiser(app, session, contest):
    return desk_in(app, session, contest.unit)


def page_of(contest):
    return f"/quan-tri/cuoc-thi/{contest.slug}/nhan-tin"


def with_gateway(app):
    app.extensions["settings"] = replace(app.extensions["settings"], sms_url="https://sms.example/send")


def test_a_preview_says_what_a_phone_shows_and_what_it_costs(app, organiser, contest):
    with_gateway(app)
    text = send(organiser, page_of(contest), text=WORDS, recipients="tat-ca", has_link="y").text

    assert "2 số điện thoại, mỗi số một lần" in Page(text).text
    assert re.search(r"Thôi nhận tin: lang-nghe\.example/t/\d+/thoi số \d{6}", text)
    assert "Gửi người thứ hai phê duyệt" in text


def test_a_message_leads_to_the_same_pages_in_whatever_language_its_writer_reads(app, organiser, contest):
    with_gateway(app)
    text = send(organiser, f"{page_of(contest)}?lang=en", text=WORDS, recipients="tat-ca", has_link="y").text

    assert re.search(rf"Vào thi: lang-nghe\.example/t/{contest.id}\nThôi nhận tin: \S+/thoi số", text)


def test_the_short_address_of_a_message_leads_to_the_page_that_stops_them(client, contest):
    reply = client.get(f"/t/{contest.id}/thoi")

    assert (reply.status_code, reply.location) == (302, f"/thi/{contest.slug}/thoi")


def test_without_a_gateway_the_words_are_copied_and_nothing_is_sent(session, organiser, contest):
    text = send(organiser, page_of(contest), text=WORDS, recipients="tat-ca", send="1").text

    assert "Máy chủ chưa nối cổng nhắn tin" in text
    assert "Chép lời nhắn" in text
    assert list_announcements(session, contest) == []


def test_before_anyone_agreed_there_is_no_form_and_text_that_is_sent_stays(session, organiser, contest):
    lone = make_contest(session, weeks=1, unit=contest.unit)
    session.commit()

    empty = organiser.get(page_of(lone)).text
    sent = send(organiser, page_of(lone), to=page_of(lone), text=WORDS, recipients="tat-ca")

    assert "Chưa có ai đồng ý nhận tin" in empty and "<textarea" not in empty
    assert (sent.status_code, WORDS in sent.text) == (409, True)


@pytest.mark.parametrize("words", ["Nhận quà ở bit.ly/abc", "Gọi 0912 345 678 để nhận giải", ""])
def test_words_that_lead_elsewhere_are_refused_and_kept(organiser, contest, words):
    reply = send(organiser, page_of(contest), text=words, recipients="tat-ca")

    assert reply.status_code == 422
    assert words in Page(reply.text).text or words in reply.text


def test_a_second_person_reads_the_message_and_agrees(app, session, organiser, contest):
    with_gateway(app)
    contest.rounds[0].closes_at = contest.rounds[0].results_at = datetime.now(UTC) + timedelta(days=30)
    session.commit()
    send(organiser, page_of(contest), text=WORDS, recipients="tat-ca", has_link="y", send="1")
    asked = session.scalars(select(Approval).where(Approval.action == QuizAction.ANNOUNCE)).one()
    before = list_announcements(session, contest)
    agree(app, session, asked)

    assert before == []
    [made] = list_announcements(session, contest)
    assert (made.text, made.approval_id) == (WORDS, asked.id)
    assert "Còn đang lấy danh sách" in organiser.get(f"{page_of(contest)}/{made.id}").text
