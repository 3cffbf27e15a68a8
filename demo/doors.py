"""The first addresses to open in a loaded demo, grouped by who opens them, and its password."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from commune.queries.offices import find_office
from core import clock
from core.crypto import Keyring
from core.web.command_line import flask_line
from demo.accounts import ACCOUNTS, read_password
from demo.lam_binh import SLUG as SEASON
from demo.today import MAIN
from quiz.awards.queries.certificate import code_of
from quiz.awards.queries.naming import list_winner_lines
from quiz.contest.models import Contest
from quiz.contest.queries import PUBLIC, list_contests
from quiz.results.queries.result import find_result
from survey.counter.queries.counters import list_counters
from survey.counter.queries.printed import address_of

Door = tuple[str, str]
SHOWN = {"lam-binh": "", "thuong-lam": " (mới có vài lượt, chưa đủ để hiện số)"}
"""The offices whose counters are printed, with a note; the others are listed on the page of all offices."""
COMPARED = ("lam-binh", "binh-an")
HALL = "?chieu"
"""The end of an address that is shown in a hall."""


def list_doors(session: Session, keyring: Keyring, instance: Path) -> Iterator[Door]:
    """Yield pairs of (title, address), the name of a group without an address before its doors.

    Needs a request context, from which addresses are built.
    """
    yield "Trang chủ", _address("report.home")
    yield "Người dân", ""
    yield from _citizens(session, keyring)
    contests = {contest.slug: contest for contest in list_contests(session, wanted=PUBLIC)}
    yield "Người dự thi", ""
    yield from _participants(contests)
    if SEASON in contests:
        yield "Sau khi công bố", ""
        yield from _published(session, keyring, contests[SEASON])
    yield "Dành cho cán bộ", ""
    yield from _staff(instance)
    if SEASON in contests:
        yield "Đăng nhập tổ chức cuộc thi rồi thử", ""
        yield from _organising()


def _address(endpoint: str, **values: Any) -> str:
    return url_for(endpoint, _external=True, **values)


def _citizens(session: Session, keyring: Keyring) -> Iterator[Door]:
    for office in filter(None, (find_office(session, slug) for slug in SHOWN)):
        for counter in list_counters(session, office)[:1]:
            what = f"  Đánh giá quầy {counter.number}, {office.name}{SHOWN[office.slug]}"
            yield what, _address("survey.rate", code=address_of(keyring, counter))
    here, other = COMPARED
    if find_office(session, here) and find_office(session, other):
        yield "  Kết quả của các xã, phường", _address("survey.offices")
        yield "  Kết quả xã Lâm Bình", _address("survey.office", slug=here)
        yield "  Kết quả ấy so với xã Bình An", _address("survey.compare", slug=here, voi=other)


def _participants(contests: Mapping[str, Contest]) -> Iterator[Door]:
    for slug, contest in contests.items():
        yield f"  {contest.title}", _address("quiz.contest", slug=slug)
    for slug in (slug for slug in contests if slug.startswith(MAIN)):
        yield "  Bảng xếp hạng tuần này", _address("quiz.board", slug=slug)
        yield "  Bảng ấy trên màn hình hội trường", _address("quiz.board", slug=slug) + HALL
        yield "  Bảng ấy nhúng trong trang của xã", _address("quiz_embed.board", slug=slug)
        yield "  Luyện tập với câu hỏi đã công bố", _address("quiz.practise", slug=slug, number=1)


def _published(session: Session, keyring: Keyring, season: Contest) -> Iterator[Door]:
    last, slug = season.rounds[-1], season.slug
    results = _address("quiz.round_results", slug=slug, number=last.number)
    yield "  Kết quả một tuần", results
    yield "  Lễ công bố tuần ấy (bấm phím cách)", results + HALL
    yield "  Bảng vàng cả mùa thi", _address("quiz.honours", slug=slug)
    yield "  Giải tập thể của cả cuộc thi", _address("quiz.unit_prizes", slug=slug)
    result = find_result(session, last)
    if result is None:
        return
    for line in list_winner_lines(session, keyring, last, result, {"winners"}, clock.now())[:1]:
        code = code_of(keyring, result, line)
        yield "  Xác minh một giấy chứng nhận", _address("quiz.verify", ma=code)


def _staff(instance: Path) -> Iterator[Door]:
    yield "  Đăng nhập", _address("account.sign_in")
    password = read_password(instance)
    if password is not None:
        for email, purpose in ACCOUNTS.items():
            yield f"  {purpose}", email
        yield "  Mật khẩu chung", password
        yield "  Mã xác thực, khi được hỏi", f"chạy: {flask_line('demo code')}"


def _organising() -> Iterator[Door]:
    yield "  Lập cuộc thi theo kế hoạch", _address("quiz_manage.new_plan")
    yield "  Hồ sơ một tuần, từ biên bản đến giấy chứng nhận", _address("quiz_manage.round_file", slug=SEASON, number=1)
    yield "  Thử luật khác trên tuần ấy", _address("quiz_manage.simulation", slug=SEASON, number=1)
    yield "  Giải tập thể, từ cách xếp đến quyết định", _address("quiz_manage.collective", slug=SEASON)
