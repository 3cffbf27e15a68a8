"""A message is sent if its cause was committed, retried until delivered, and finally given up."""

import email
import hmac
import json
import os
import signal
import time
from dataclasses import replace
from datetime import timedelta
from email import policy
from pathlib import Path

import pytest
from sqlalchemy import text

import core.messages.http
from app import create_app
from core import clock
from core.messages import outbox
from core.messages.delivery import deliver_next
from core.messages.events import Event
from core.messages.http import secret_of, send_webhook
from core.messages.letters import Letter
from core.messages.models import Message
from core.messages.outbox import BadRecipient, post_mail
from core.messages.sending import SendError
from core.settings import CONSOLE
from core.web.extensions import db, keyring
from core.web.letters import public_link, render_letter
from tests.support.posts import certificate, dripping_server, mail_server, post_server, unused_port
from tests.support.processes import begin

ROOT = Path(__file__).resolve().parents[3]
LETTER = Letter("Đã xong: nhập bảng", "Kính gửi ông/bà,\n\nĐã nhập 12 dòng.\n")


class Post:
    """The outbox, with a clock that a test can set."""

    def __init__(self, session, keyring, settings) -> None:
        self.session, self.keyring, self.settings, self.now = session, keyring, settings, clock.now()

    def write(self, to="an@xa.example", letter=LETTER):
        id = post_mail(self.session, self.keyring, to=to, letter=letter, now=self.now)
        self.session.commit()
        return id

    def deliver(self, **settings) -> bool:
        return deliver_next(self.session, self.keyring, replace(self.settings, **settings), lambda: self.now)

    def message(self, id):
        self.session.expire_all()
        return self.session.get(Message, id)


@pytest.fixture
def post(session, keyring, settings) -> Post:
    return Post(session, keyring, settings)


def read(letter: str):
    return email.message_from_string(letter, policy=policy.default)


def test_a_letter_arrives_as_it_was_written(post):
    id = post.write()

    with mail_server() as server:
        sent = post.deliver(mail_url=server.url, mail_from="lang-nghe@tinh.example")

    letter = read(server.letters[0])
    assert (sent, len(server.letters), post.message(id).state) == (True, 1, "sent")
    assert (letter["To"], letter["From"], letter["Subject"]) == (
        "an@xa.example",
        "lang-nghe@tinh.example",
        "Đã xong: nhập bảng",
    )
    assert letter.get_content().rstrip("\n") == "Kính gửi ông/bà,\n\nĐã nhập 12 dòng."
    assert letter["Message-ID"] == f"<{id.hex}@tinh.example>"


@pytest.mark.both_databases
def test_an_uncommitted_message_is_not_sent(post):
    post_mail(post.session, post.keyring, to="an@xa.example", letter=LETTER, now=post.now)
    post.session.rollback()

    assert not post.deliver(mail_url=CONSOLE)


@pytest.mark.both_databases
def test_the_outbox_holds_no_address_or_text_unencrypted(post):
    post.write()

    stored = bytes(post.session.execute(text("SELECT sealed FROM core_message")).scalar())

    assert b"xa.example" not in stored
    assert "Kính".encode() not in stored


@pytest.mark.both_databases
def test_a_letter_is_retried_until_the_server_is_up(post):
    id, port = post.write(), unused_port()

    post.deliver(mail_url=f"smtp://127.0.0.1:{port}")
    troubled = (post.message(id).state, post.message(id).trouble)
    too_early = post.deliver(mail_url=f"smtp://127.0.0.1:{port}")
    post.now += timedelta(minutes=1)
    with mail_server(port) as server:
        post.deliver(mail_url=server.url)

    assert troubled == ("queued", "không nói chuyện được với máy chủ thư (không chương trình nào nghe ở cổng này)")
    assert not too_early
    assert (post.message(id).state, len(server.letters)) == ("sent", 1)


def test_a_letter_is_tried_six_times_with_growing_pauses_and_then_given_up(post):
    id, url, pauses = post.write(), f"smtp://127.0.0.1:{unused_port()}", []

    while post.message(id).state == "queued":
        post.now = post.message(id).due_at
        assert post.deliver(mail_url=url)
        pauses.append(round((post.message(id).due_at - post.now).total_seconds() / 60))

    assert pauses[:5] == [1, 5, 30, 120, 720]
    assert (post.message(id).attempts, post.message(id).state) == (6, "failed")
    assert outbox.count_messages(post.session) == {"failed": 1}


def test_an_address_that_the_server_refuses_for_good_is_given_up_at_once(post):
    id = post.write()

    with mail_server() as server:
        server.to_recipients = "550 nobody here"
        post.deliver(mail_url=server.url)

    assert (post.message(id).state, post.message(id).trouble) == ("failed", "máy chủ thư không nhận địa chỉ này (550)")


def test_a_server_that_is_busy_is_asked_again(post):
    id = post.write()

    with mail_server() as server:
        server.to_data = "451 later"
        post.deliver(mail_url=server.url)

    assert (post.message(id).state, post.message(id).trouble) == ("queued", "máy chủ thư trả lời 451")


def test_a_password_goes_over_tls_and_a_wrong_one_is_reported_without_it(post, tmp_path, monkeypatch):
    file, context = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    first, second = post.write(), post.write()

    with mail_server(context=context) as server:
        post.deliver(mail_url=server.url.replace("://", "://a:abc@"))
        post.deliver(mail_url=server.url.replace("://", "://a:bimat@"))

    ends = sorted([post.message(first).trouble, post.message(second).trouble])
    assert ends == ["", "máy chủ thư không nhận tên hoặc mật khẩu trong MAIL_URL"]
    assert server.was_secure == [True]


def test_a_server_with_an_untrusted_certificate_gets_no_letter(post, tmp_path):
    _file, context = certificate(tmp_path)
    post.write()

    with mail_server(context=context) as server:
        post.deliver(mail_url=server.url)

    assert server.letters == []


@pytest.mark.parametrize("to", ["an@xa.example\r\nBcc: x@y.z", "an@xa.example\n", "", "\x1b[31m@x.y", "a" * 255])
def test_no_address_carries_a_second_header(post, to):
    with pytest.raises(BadRecipient):
        post.write(to=to)


def test_a_subject_with_a_line_end_stays_one_header(post):
    post.write(letter=Letter("Mời ông/bà\r\nBcc: x@y.z", "Nội dung\n.\nBcc: x@y.z\n"))

    with mail_server() as server:
        post.deliver(mail_url=server.url)

    letter = read(server.letters[0])
    assert letter["Subject"] == "Mời ông/bà Bcc: x@y.z"
    assert letter["Bcc"] is None


@pytest.mark.both_databases
def test_a_letter_that_was_sent_and_not_marked_is_sent_again_under_its_id(post, settings):
    id = post.write()
    with mail_server() as server:
        killed = begin(deliver_and_die, replace(settings, mail_url=server.url))
        killed.join()
        at_once = post.deliver(mail_url=server.url)
        post.now = clock.now() + outbox.HELD
        post.deliver(mail_url=server.url)

    ids = {read(letter)["Message-ID"] for letter in server.letters}
    assert (killed.exitcode, at_once) == (-signal.SIGKILL, False)
    assert (len(server.letters), ids) == (2, {f"<{id.hex}@lang-nghe.example>"})
    assert (post.message(id).state, post.message(id).attempts) == ("sent", 2)


def deliver_and_die(settings):
    """Deliver the next letter in this process, which is killed before it marks the letter as sent."""
    outbox.mark_sent = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
    with create_app(settings).app_context():
        deliver_next(db.session, keyring(), settings, clock.now)


def test_without_a_mail_server_a_letter_waits_and_the_missing_setting_is_named(post):
    id = post.write()

    post.deliver(mail_url="")

    assert (post.message(id).state, post.message(id).trouble) == ("queued", "chưa đặt MAIL_URL")


def test_the_console_prints_a_message_and_no_control_character(post, capsys):
    post.write(letter=Letter("Thử", "Một\x1b[31m dòng\nHai\n"))

    post.deliver(mail_url=CONSOLE)

    shown = capsys.readouterr().err
    assert "[mail] to: an@xa.example" in shown
    assert "Một[31m dòng\nHai" in shown


def test_a_text_message_goes_to_the_gateway_with_its_id(post):
    id = outbox.post_sms(post.session, post.keyring, to="+84912345678", text="Mã của bạn: 1234", now=post.now)
    post.session.commit()

    with post_server() as server:
        post.deliver(sms_url=server.url.replace("://", "://ten:mat%20khau@"))

    [(path, headers, body)] = server.came
    assert path == "/nhan"
    assert json.loads(body) == {"id": id.hex, "to": "+84912345678", "text": "Mã của bạn: 1234"}
    assert headers["Idempotency-Key"] == id.hex
    assert headers["Authorization"] == "Basic dGVuOm1hdCBraGF1"


def test_a_webhook_is_signed_for_its_receiver(post):
    with post_server() as server:
        event = Event("round.published", "3:1", {"tuan": 3})
        for _ in range(2):
            outbox.announce(post.session, post.keyring, [server.url], event, now=post.now)
        post.session.commit()
        post.deliver()

    [(_path, headers, body)] = server.came
    stamp, signature = (part.split("=")[1] for part in headers["X-Lang-Nghe-Signature"].split(","))
    secret = secret_of(post.keyring, server.url)
    assert hmac.new(secret.encode(), f"{stamp}.".encode() + body, "sha256").hexdigest() == signature
    assert int(stamp) == int(post.now.timestamp())
    assert json.loads(body)["facts"] == {"tuan": 3}
    assert headers["X-Lang-Nghe-Id"] == json.loads(body)["id"]


@pytest.mark.parametrize("status", [500, 503, 429, 404, 302])
def test_a_receiver_that_fails_or_sends_elsewhere_is_tried_again_and_not_followed(post, status):
    with post_server() as elsewhere, post_server() as server:
        server.status, server.headers = status, {"Location": elsewhere.url}
        [id] = outbox.announce(post.session, post.keyring, [server.url], Event("e", "1", {}), now=post.now)
        post.session.commit()
        post.deliver()

    said = f"đang bận (mã lỗi {status}), gửi lại được" if status in (503, 429) else f"trả lời {status}"
    assert (post.message(id).state, post.message(id).trouble) == ("queued", f"127.0.0.1 {said}")
    assert elsewhere.came == []


@pytest.mark.parametrize(
    ("url", "trouble"),
    [
        ("https://10.0.0.5/x", "10.0.0.5 dẫn vào mạng nội bộ nên không gửi"),
        ("https://192.168.1.1/x", "192.168.1.1 dẫn vào mạng nội bộ nên không gửi"),
        ("https://169.254.169.254/latest", "169.254.169.254 dẫn vào mạng nội bộ nên không gửi"),
        ("https://[::ffff:10.0.0.5]/x", "::ffff:10.0.0.5 dẫn vào mạng nội bộ nên không gửi"),
        ("https://[64:ff9b::a00:5]/x", "64:ff9b::a00:5 dẫn vào mạng nội bộ nên không gửi"),
        ("https://[64:ff9b:1::a00:5]/x", "64:ff9b:1::a00:5 dẫn vào mạng nội bộ nên không gửi"),
        ("https://[2002:7f00:1::1]/x", "2002:7f00:1::1 dẫn vào mạng nội bộ nên không gửi"),
        ("https://[::10.0.0.5]/x", "::10.0.0.5 dẫn vào mạng nội bộ nên không gửi"),
        ("https://[fec0::1]/x", "fec0::1 dẫn vào mạng nội bộ nên không gửi"),
        ("https://127.0.0.2/x", "127.0.0.2 dẫn vào mạng nội bộ nên không gửi"),
        ("https://0.0.0.0/x", "0.0.0.0 dẫn vào mạng nội bộ nên không gửi"),
        ("http://gateway.example/x", "gateway.example: chỉ gửi qua https"),
    ],
)
def test_no_webhook_is_sent_to_a_private_network_or_unencrypted(post, url, trouble):
    [id] = outbox.announce(post.session, post.keyring, [url], Event("e", "1", {}), now=post.now)
    post.session.commit()

    post.deliver()

    assert (post.message(id).state, post.message(id).trouble) == ("failed", trouble)


@pytest.mark.both_databases
def test_one_message_that_can_not_be_sent_does_not_stop_the_others(post):
    bad, good = post.write(to="không-phải-ascii@xã.example"), post.write()

    with mail_server() as server:
        worked = [post.deliver(mail_url=server.url) for _ in range(2)]

    assert worked == [True, True]
    assert (post.message(bad).state, post.message(good).state) == ("queued", "sent")


@pytest.mark.both_databases
def test_sent_messages_are_deleted_after_three_days(post):
    id = post.write()
    with mail_server() as server:
        post.deliver(mail_url=server.url)
    last_day = post.message(id).expires_on

    kept, gone = (
        outbox.purge_messages(post.session, last_day),
        outbox.purge_messages(post.session, last_day + timedelta(days=1)),
    )

    assert (kept, gone) == (0, 1)


@pytest.mark.parametrize(
    ("name", "words", "subject"),
    [
        ("job_done", {"title": "Tờ treo A4", "said": "Đã vẽ."}, "Đã xong: Tờ treo A4"),
        ("trial", {}, "Thư thử từ Lắng Nghe"),
        (
            "invitation",
            {
                "name": "Lò Thị Hòa",
                "inviter": "Trần Văn An",
                "role": "Ban Tổ chức",
                "unit": "xã Lâm Bình",
                "until": "x",
            },
            "Lời mời nhận tài khoản Lắng Nghe",
        ),
        ("password_reset", {"name": "Lò Thị Hòa", "until": "hết ngày 26/11/2026"}, "Đặt lại mật khẩu Lắng Nghe"),
        (
            "approval_asked",
            {"deed": "công bố tuần 3", "asker": "Trần Văn An", "unit": "xã Lâm Bình", "reason": "đúng hẹn"},
            "Cần phê duyệt: công bố tuần 3",
        ),
    ],
)
def test_every_letter_has_a_subject_and_leads_to_the_public_address(app, name, words, subject):
    evil = {"X-Forwarded-Host": "evil.example", "X-Forwarded-For": "6.6.6.6", "Forwarded": "host=evil.example"}
    with app.test_request_context("/", base_url="http://evil.example", headers=evil):
        letter = render_letter(name, link=public_link("jobs.jobs"), **words)

    assert letter.subject == subject
    assert "evil" not in letter.body
    assert name == "trial" or "\nhttp://lang-nghe.example/quan-tri/viec\n" in letter.body


def test_every_template_of_a_letter_is_tried_above():
    names = {file.stem for file in (ROOT / "templates" / "messages").glob("*.txt")}

    assert names == {"job_done", "trial", "invitation", "password_reset", "approval_asked"}


def test_a_receiver_that_answers_byte_by_byte_does_not_block(post, monkeypatch):
    monkeypatch.setattr(core.messages.http, "LONGEST", 0.5)

    with dripping_server(pause=0.1) as url, pytest.raises(SendError, match=r"không gửi được tới 127\.0\.0\.1"):
        send_webhook(url, payload={}, id="1", secret="s", now=post.now)


def test_a_receiver_with_a_byte_by_byte_handshake_does_not_block(post, monkeypatch):
    monkeypatch.setattr(core.messages.http, "LONGEST", 0.5)
    begun = time.monotonic()

    with dripping_server(0.1, b"\x16\x03\x03\x40\x00" + bytes(40), "https") as url, pytest.raises(SendError):
        send_webhook(url, payload={}, id="1", secret="s", now=post.now)

    assert time.monotonic() - begun < 3
