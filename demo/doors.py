"""The first addresses to open in a loaded demo, and its password."""

from collections.abc import Iterator
from pathlib import Path

from flask import url_for
from sqlalchemy.orm import Session

from commune.queries.offices import find_office
from core.crypto import Keyring
from core.web.command_line import flask_line
from demo.accounts import ACCOUNTS, read_password
from quiz.contest.queries import PUBLIC, list_contests
from survey.counter.queries.counters import list_counters
from survey.counter.queries.printed import address_of

SHOWN = {"lam-binh": "", "thuong-lam": " (mới có vài lượt, chưa đủ để hiện số)"}
"""The offices whose addresses are printed, with a note; the others are listed on the page of all offices."""


def list_doors(session: Session, keyring: Keyring, instance: Path) -> Iterator[tuple[str, str]]:
    """Yield pairs of (title, address); needs a request context, from which addresses are built."""
    yield "Trang chủ", url_for("report.home", _external=True)
    for contest in list_contests(session, wanted=PUBLIC):
        yield contest.title, url_for("quiz.contest", slug=contest.slug, _external=True)
        yield "  bảng tham gia", url_for("quiz.board", slug=contest.slug, _external=True)
    for office in filter(None, (find_office(session, slug) for slug in SHOWN)):
        for counter in list_counters(session, office)[:1]:
            code = address_of(keyring, counter)
            what = f"Đánh giá quầy {counter.number}, {office.name}{SHOWN[office.slug]}"
            yield what, url_for("survey.rate", code=code, _external=True)
        yield "  kết quả công khai", url_for("survey.office", slug=office.slug, _external=True)
    yield "Dành cho cán bộ", url_for("account.sign_in", _external=True)
    password = read_password(instance)
    if password is not None:
        for email, purpose in ACCOUNTS.items():
            yield f"  {purpose}", email
        yield "Mật khẩu chung", password
        yield "Mã xác thực, khi được hỏi", f"chạy: {flask_line('demo code')}"
