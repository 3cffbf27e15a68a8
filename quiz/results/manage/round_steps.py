"""The path of a round from the close to results that are final: where it stands, and the next deed."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from core.values.dates import deadline, moment
from quiz.contest.labels.rounds import round_words
from quiz.contest.rules.schedule import Phase
from quiz.results.manage.situation import Situation


@dataclass(frozen=True)
class PublicationStep:
    """One of the steps from the close to results that are final."""

    label: str
    is_done: bool
    is_current: bool


@dataclass(frozen=True)
class NextDeed:
    """The next deed: a sentence, and the button that leads to it; no button where one waits."""

    words: str
    label: str = ""
    address: str = ""
    is_late: bool = False
    """Whether it is to be done again after something failed."""


def steps_of(now: Situation) -> list[PublicationStep]:
    """Return the steps of a round in their order."""
    is_set = now.round.published_at is not None
    recalls = is_set and now.uncalled > 0
    is_called = (now.result is not None and not now.uncalled and not now.is_unreviewed) or is_set
    at_close = now.phase is Phase.CLOSED and not now.is_unreviewed
    is_out, asks = now.phase is Phase.PUBLISHED, now.needs_second and not is_set
    approving = PublicationStep(_("Phê duyệt"), is_set, at_close and is_called and asks)
    return [
        PublicationStep(_("Khóa bài"), now.result is not None, now.phase is Phase.ENDED),
        PublicationStep(_("Rà soát"), now.result is not None and not now.is_unreviewed, now.is_unreviewed),
        PublicationStep(_("Gọi xác nhận"), is_called and not recalls, recalls or (at_close and not is_called)),
        *([approving] if now.needs_second else []),
        PublicationStep(_("Công bố"), is_out, at_close and is_called and not asks and not is_out),
        *_afterwards(now, is_out=is_out),
    ]


def _afterwards(now: Situation, *, is_out: bool) -> list[PublicationStep]:
    """Return the steps after the publication, of a contest that declares days to object."""
    if now.round.contest.prize_terms.objection_days is None:
        return []
    is_final, period = now.round.finalised_at is not None, now.period
    is_over = period is not None and not period.is_open and not now.objections.waiting
    return [
        PublicationStep(_("Khiếu nại"), is_final or is_over, is_out and not is_final and not is_over),
        PublicationStep(_("Kết quả chính thức"), is_final, is_out and not is_final and is_over),
    ]


def next_deed(now: Situation) -> NextDeed | None:
    """Return the next deed of a round; None before its close, and where all is done."""
    round = now.round
    if not round.contest.takes_papers or now.phase in (Phase.UPCOMING, Phase.OPEN):
        return None
    if now.result is None:
        return _closing(now)
    if round.published_at is None:
        return _before(now)
    return _after(now)


def _at(now: Situation, view: str, part: str = "") -> str:
    address = url_for(f"quiz_manage.{view}", slug=now.round.contest.slug, number=now.round.number)
    return f"{address}#{part}" if part else address


def _closing(now: Situation) -> NextDeed:
    words = round_words(now.round)
    if now.round.frozen_at is not None:
        said = _(
            "Đã khóa bài lúc %(moment)s và đang đếm, xếp hạng. Quá vài phút chưa xong là việc chạy nền đã hỏng: bấm "
            "chốt lại, bài đã nhận không mất.",
            moment=moment(now.round.frozen_at),
        )
        return NextDeed(said, _("Chốt lại %(round)s", round=words), _at(now, "close"), is_late=True)
    said = _("Đã hết giờ nhận bài. Khóa bài, đếm lại và xếp hạng theo thể lệ đã công bố.")
    return NextDeed(said, _("Chốt %(round)s", round=words), _at(now, "close"))


def _before(now: Situation) -> NextDeed | None:
    if now.is_unreviewed and now.review is not None:
        said = _("Rà soát %(n)s cụm bài có dấu hiệu, rồi mới gọi.", n=now.review.undecided)
        return NextDeed(said, _("Rà soát"), _at(now, "clusters"))
    if now.draw_waiting and not now.awaits:
        return _drawing(now)
    if now.holds_up:
        return NextDeed(
            _("Gọi xác nhận %(n)s người.", n=now.uncalled), _("Đến danh sách gọi"), f"{_at(now, 'round')}#goi"
        )
    if now.awaits:
        return NextDeed(_("Chờ người thứ hai phê duyệt công bố."))
    said = _("Gọi xong. Gửi yêu cầu công bố.") if now.needs_second else _("Gọi xong. Công bố được.")
    return NextDeed(said, _("Đến phần công bố"), _at(now, "round", "cong-bo"))


def _drawing(now: Situation) -> NextDeed:
    if now.round.declared.draw_source is None:
        said = _("%(n)s người bằng nhau ở mọi tiêu chí. Bốc thăm công khai, rồi ghi kết quả.", n=now.draw_waiting)
    else:
        said = _(
            "%(n)s người bằng nhau ở mọi tiêu chí. Gõ số công khai nêu trong thể lệ, khi số đã được công bố.",
            n=now.draw_waiting,
        )
    return NextDeed(said, _("Bốc thăm"), _at(now, "draws"))


def _after(now: Situation) -> NextDeed | None:
    if now.draw_waiting:
        return _drawing(now)
    if now.uncalled:
        said = _("Gọi xác nhận %(n)s người vào danh sách sau đính chính.", n=now.uncalled)
        return NextDeed(said, _("Đến danh sách gọi"), _at(now, "round", "goi"))
    if now.round.published_at is not None and now.now < now.round.published_at:
        said = _("Đã đồng ý công bố. Kết quả tự hiện lúc %(moment)s.", moment=moment(now.round.published_at))
        return NextDeed(said, _("Mở hồ sơ"), _at(now, "round_file"))
    period = now.period
    if period is None or now.round.finalised_at is not None:
        return NextDeed(
            _("Xong. Hồ sơ tuần có biên bản, quyết định, danh sách ký nhận."), _("Mở hồ sơ"), _at(now, "round_file")
        )
    if now.objections.waiting:
        said = _("Trả lời %(n)s khiếu nại.", n=now.objections.waiting)
        return NextDeed(said, _("Đến khiếu nại"), _at(now, "objections"))
    if period.is_open:
        return NextDeed(_("Đang nhận khiếu nại, đến %(moment)s.", moment=deadline(period.until)))
    return NextDeed(
        _("Hết hạn khiếu nại. Chốt kết quả chính thức."), _("Chốt kết quả"), _at(now, "objections", "chinh-thuc")
    )
