"""A download has an ASCII name for old phones, and is not cached."""

import pytest
from flask import Flask

from core.web import downloads


@pytest.fixture(autouse=True)
def request_context():
    with Flask(__name__).test_request_context():
        yield


@pytest.mark.parametrize(
    ("send", "ending", "media_type"),
    [
        (downloads.xlsx, "xlsx", downloads.XLSX),
        (downloads.csv, "csv", "text/csv; charset=utf-8"),
        (downloads.word_file, "docx", downloads.DOCX),
    ],
)
def test_a_file_is_sent_under_a_name_without_marks(send, ending, media_type):
    reply = send(b"abc", "Báo cáo  nhập Đợt 3")
    reply.direct_passthrough = False

    assert reply.data == b"abc"
    assert reply.headers["Content-Disposition"] == f"attachment; filename=bao-cao-nhap-dot-3.{ending}"
    assert reply.headers["Content-Type"] == media_type
    assert reply.headers["Cache-Control"] == "no-store"
    assert reply.content_length == 3


def test_pieces_are_sent_as_one_file_with_its_length():
    reply = downloads.download_pieces(iter([b"abc", b"d" * 20_000, b"e"]), 20_004, "application/pdf", "Tờ treo.pdf")
    reply.direct_passthrough = False

    assert reply.data == b"abc" + b"d" * 20_000 + b"e"
    assert reply.content_length == 20_004
    assert reply.headers["Content-Disposition"] == "attachment; filename=to-treo.pdf"
