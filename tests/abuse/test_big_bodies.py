"""Bodies larger than any form are refused before they are read."""

import socket
from contextlib import suppress
from pathlib import Path

import pytest

from core.crypto import new_key
from survey.rating.models import Rating

TEN = 10 * 1024 * 1024
LEVEL = b"level=5&comment="


def chunks(size):
    """Yield *size* bytes of a form in pieces of 64 KiB, without a length in advance."""
    yield LEVEL
    for _ in range(size // 65536):
        yield b"a" * 65536


def parts(count):
    part = b'--x\r\nContent-Disposition: form-data; name="reasons"\r\n\r\nspeed\r\n'
    return part * count + b"--x--\r\n"


def raw(served, head, body):
    """Send raw bytes and return the status line; the server may close before everything is sent."""
    host, port = served.live.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=20) as line:
        with suppress(BrokenPipeError, ConnectionResetError):
            line.sendall(head.replace("\n", "\r\n").encode() + b"\r\n" + body)
        try:
            return line.recv(65536).decode(errors="replace").splitlines()[0]
        except (ConnectionResetError, IndexError):
            return "hung up"


def peak(served):
    """Return the sum of the workers' peak memory, in MB."""
    lines = [Path(f"/proc/{pid}/status").read_text() for pid in served.live.workers()]
    return sum(int(text.split("VmHWM:")[1].split()[0]) for text in lines) / 1024


def test_ten_megabytes_are_refused_and_cost_no_memory(served, visitor):
    before, rows = peak(served), served.count(Rating)
    urlencoded = {"Content_Type": "application/x-www-form-urlencoded"}

    statuses = []
    for _ in range(5):
        head = f"POST {served.rating} HTTP/1.1\nHost: 127.0.0.1\nContent-Type: application/x-www-form-urlencoded\n"
        statuses.append(raw(served, f"{head}Content-Length: {TEN}\n", LEVEL + b"a" * (TEN - len(LEVEL))))

    assert {status for status in statuses if "413" not in status} <= {"hung up"}
    assert visitor.post_bytes(served.rating, LEVEL + b"a" * 300_000, **urlencoded).status == 413
    assert peak(served) - before < 20
    assert served.count(Rating) == rows


def test_ten_megabytes_in_chunks_without_a_length_are_refused(served, visitor):
    before, rows = peak(served), served.count(Rating)
    head = f"POST {served.rating} HTTP/1.1\nHost: 127.0.0.1\nContent-Type: application/x-www-form-urlencoded\n"
    body = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in chunks(TEN)) + b"0\r\n\r\n"

    status = raw(served, f"{head}Transfer-Encoding: chunked\n", body)

    assert "413" in status or status == "hung up"
    assert peak(served) - before < 20
    assert served.count(Rating) == rows


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_a_chunked_body_a_little_too_long_is_answered_413(served, visitor, kind):
    answer = visitor.answer(visitor.http.post(served.rating, content=chunks(327_680), headers={"Content-Type": kind}))

    assert answer.status == 413


def test_a_small_chunked_form_is_a_form(served, visitor):
    form = served.rating_form(visitor)
    pieces = [f"level=4&form_token={form.value('form_token')}&key=".encode(), new_key().encode()]

    answer = visitor.answer(
        visitor.http.post(
            served.rating, content=iter(pieces), headers={"Content-Type": "application/x-www-form-urlencoded"}
        )
    )

    assert answer.status == 201


@pytest.mark.parametrize("path", ["rating", "/quan-tri/dang-nhap", "/thi/tra-cuu"])
def test_two_thousand_parts_are_refused(served, visitor, path):
    address = served.rating if path == "rating" else path

    answer = visitor.post_bytes(address, parts(2000), Content_Type="multipart/form-data; boundary=x")

    assert answer.status == 413


def test_one_part_of_many_megabytes_is_refused(served, visitor):
    body = b'--x\r\nContent-Disposition: form-data; name="comment"\r\n\r\n' + b"a" * 300_000 + b"\r\n--x--\r\n"

    answer = visitor.post_bytes(served.rating, body, Content_Type="multipart/form-data; boundary=x")

    assert answer.status == 413


@pytest.mark.parametrize("name", ["level", "x", "q1"])
def test_two_thousand_fields_are_answered_without_a_fall(served, visitor, name):
    answer = visitor.post(served.rating, [(name, "5")] * 2000)

    assert answer.status == 400


def test_a_body_longer_than_it_says_or_shorter_does_not_count(served):
    before = served.count(Rating)
    head = f"POST {served.rating} HTTP/1.1\nHost: 127.0.0.1\nContent-Type: application/x-www-form-urlencoded\n"

    statuses = [
        raw(served, f"{head}Content-Length: {length}\n", b"level=5")
        for length in ("-1", "abc", "7, 9", "3")
    ]  # fmt: skip

    assert all(" 400 " in status for status in statuses), statuses
    assert served.count(Rating) == before
