"""The tasks of the day as a page shows them: what to do, a note, one verb, and the page where it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from account.models import Approval
from commune.models import Office
from core.kept_sentences import say_kept
from core.values.content import shown
from core.values.dates import day, deadline, moment
from core.values.numbers import thousands
from core.web.rooms import declared
from privacy.labels import KIND_BY_VALUE
from privacy.models import PersonRequest
from quiz.contest.labels.rounds import round_name, round_words
from quiz.contest.models import Contest, Round
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.schedule import Phase
from quiz.persons.queries.renewal import Renewal
from report.queries import Task
from survey.counter.models import Counter
from survey.figures.manage.frame import names_of

NAMED = 6
"""The most requests for approval that are named one by one."""


@dataclass(frozen=True)
class Todo:
    """One task: its title, a note below it, the words of its button, and where that leads ("": nothing to press).

    `tag` is a short state of its own, `is_late` says that its time has passed.
    """

    title: str
    note: str
    verb: str
    address: str
    icon: str
    tag: str = ""
    is_late: bool = False


def renewals(ready: Sequence[Renewal]) -> list[Todo]:
    """Return the personal codes that a second person agreed to give anew."""
    note = _("Người thứ hai đã đồng ý; người dự thi đang chờ mã")
    places = [url_for("quiz_manage.renew", slug=each.participant.contest.slug) for each in ready]
    return [Todo(_("Cấp lại mã cá nhân"), note, _("Cấp mã"), place, "person") for place in places]


def approvals(asked: Sequence[tuple[Approval, int]]) -> list[Todo]:
    """Return the requests that wait for an answer, given with the days that each is late, each as a task that names it;
    the rest of a long list as one.
    """
    rest = len(asked) - NAMED
    if rest <= 1:  # the line of the rest takes as much room as one request
        return [_approval(*each) for each in asked]
    title = _("%(n)s yêu cầu phê duyệt khác", n=rest)
    return [
        *(_approval(*each) for each in asked[:NAMED]),
        Todo(title, "", _("Mở danh sách"), url_for("account_approval.waiting"), "tick"),
    ]


def _approval(asked: Approval, days_late: int) -> Todo:
    """Return the task to answer a request: what, by whom, since when, and until when."""
    title = f"{_(declared().audit_actions[asked.action])}: {say_kept(asked.subject)}"
    by = _("%(name)s gửi lúc %(moment)s", name=asked.asker.name, moment=moment(asked.asked_at))
    note = f"{by} · {_('hạn cuối %(day)s', day=day(asked.expires_on))}"
    tag = _("Người dự thi đang chờ") if asked.action == QuizAction.CODE_RENEW else ""
    tag = _("Quá giờ hẹn %(n)s ngày", n=days_late) if days_late else tag
    place = url_for("account_approval.one", id=asked.id)
    return Todo(title, note, _("Xem và quyết định"), place, "tick", tag, days_late > 0)


def person_requests(due: int, nearest: PersonRequest | None, today: date) -> list[Todo]:
    """Return the requests about personal data whose legal day is near as one task."""
    if nearest is None:
        return []
    last = _("chậm nhất ngày %(day)s", day=day(nearest.due))
    tag = _("Quá hạn") if nearest.due < today else _("Hạn hôm nay") if nearest.due == today else ""
    if due > 1:
        title = _("Báo nhận, trả lời %(n)s yêu cầu về thông tin cá nhân sắp đến hạn", n=due)
        return [Todo(title, last, _("Mở danh sách"), url_for("privacy.listed"), "lock", tag, nearest.due < today)]
    is_noted = nearest.acknowledged_at is not None
    title = _("Trả lời yêu cầu về thông tin cá nhân") if is_noted else _("Báo đã nhận cho người yêu cầu")
    note = f"{_(KIND_BY_VALUE[nearest.kind])} · {last}"
    verb = _("Trả lời") if is_noted else _("Báo đã nhận")
    return [Todo(title, note, verb, url_for("privacy.one", id=nearest.id), "lock", tag, nearest.due < today)]


def contest_task(task: Task, today: date) -> Todo:
    """Return the task of a round."""
    title, note, verb, view = _of_round(task, today)
    at = url_for(f"quiz_manage.{view}", slug=task.contest.slug, number=task.round.number)
    is_late = task.is_late and (task.undecided > 0 or not task.reviewing)  # a second person's time is not one's own
    tag = _("Đã quá giờ hẹn công bố") if is_late else ""
    return Todo(title, " · ".join(filter(None, (shown(task.contest.title), note))), verb, at, "cup", tag, is_late)


def _of_round(task: Task, today: date) -> tuple[str, str, str, str]:
    """Return the title, the note, the verb and the view of the task of a round."""
    words, name, closes = round_words(task.round), round_name(task.round), deadline(task.round.closes_at)
    if task.need is Phase.ENDED:
        return _("Chốt %(round)s", round=words), _("nhận bài đến %(at)s", at=closes), _("Chốt đợt"), "close"
    if task.need is Phase.CLOSED and task.undecided:
        title = _("Rà soát %(round)s: %(n)s cụm bài cần quyết định", round=words, n=task.undecided)
        return title, "", _("Rà soát"), "clusters"
    if task.need is Phase.CLOSED and task.reviewing:
        return _("Rà soát %(round)s: chờ người thứ hai", round=words), "", _("Xem"), "clusters"
    if task.need is Phase.CLOSED:
        return _("Gọi xác nhận và công bố %(round)s", round=words), "", _("Gọi"), "round"
    if task.need is Phase.PUBLISHED:
        return _of_published(task, words)
    if task.is_blank:
        opens = _("mở lúc %(at)s", at=moment(task.round.opens_at))
        return _("Soạn câu hỏi %(round)s", round=words), opens, _("Soạn câu hỏi"), "questions"
    is_tonight = task.ends_on == today
    ends = _("%(round)s hết giờ nhận bài đêm nay", round=name)
    ends = ends if is_tonight else _("%(round)s hết giờ nhận bài ngày mai", round=name)
    note = _("nhận bài đến %(at)s; có bài giấy thì nhập trước khi chốt", at=closes)
    return ends, note, _("Mở %(round)s", round=words), "round"


def _of_published(task: Task, words: str) -> tuple[str, str, str, str]:
    if task.to_call:
        title = _("Gọi xác nhận tiếp người đạt giải %(round)s", round=words)
        return title, _("%(n)s người chờ gọi", n=task.to_call), _("Gọi"), "round"
    if task.objections:
        title = _("Trả lời %(n)s khiếu nại kết quả %(round)s", round=words, n=task.objections)
        return title, "", _("Trả lời"), "objections"
    title = _("Chốt kết quả chính thức %(round)s", round=words)
    return title, _("đã hết hạn khiếu nại"), _("Chốt kết quả"), "objections"


def unit_moves(contest: Contest, waiting: int) -> Todo:
    """Return the task to decide on requests of participants of *contest* to be counted for another unit."""
    title = _("Trả lời %(n)s yêu cầu đổi đơn vị", n=waiting)
    place = url_for("quiz_manage.unit_requests", slug=contest.slug)
    return Todo(title, shown(contest.title), _("Trả lời"), place, "people")


def set_apart(office: str, slug: str, batches: int) -> Todo:
    """Return the task to decide on the batches of ratings set apart of an office."""
    title = _("%(n)s đợt đánh giá để riêng chờ quyết định", n=batches)
    note = f"{office} · {_('không quyết định thì vẫn không tính')}"
    return Todo(title, note, _("Quyết định"), url_for("survey_manage.batches", slug=slug), "list")


def own_request(approval: Approval, round: Round | None) -> Todo:
    """Return the line of a request of one's own that waits for another person."""
    title = _("Đang chờ người khác phê duyệt: %(action)s", action=_(declared().audit_actions[approval.action]))
    note = f"{say_kept(approval.subject)} · {_('chờ đến hết ngày %(day)s', day=day(approval.expires_on))}"
    place = url_for("quiz_manage.round", slug=round.contest.slug, number=round.number) if round else ""
    return Todo(title, note, _("Xem") if place else "", place, "clock")


def refusal(approval: Approval) -> Todo:
    """Return the line of a request of one's own that was refused or failed."""
    action = _(declared().audit_actions[approval.action])
    is_refused = approval.state == "refused"
    title = _("Không được phê duyệt: %(action)s", action=action)
    title = title if is_refused else _("Không thực hiện được: %(action)s", action=action)
    note = " · ".join(filter(None, (say_kept(approval.subject), approval.note)))
    return Todo(title, note, _("Xem lý do"), url_for("account_approval.mine", id=approval.id), "cross", is_late=True)


def old_posters(scanned: Sequence[tuple[Counter, int]]) -> list[Todo]:
    """Return the tasks to take down replaced posters that are still *scanned*: a counter each, the most scanned first,
    NAMED of them at most, since others move up as these are done.
    """
    return [_old_poster(counter, n) for counter, n in scanned[:NAMED]]


def _old_poster(counter: Counter, scans: int) -> Todo:
    title = _("Gỡ tờ cũ ở Quầy %(number)s", number=counter.number)
    times = _("từ đầu tuần trước còn %(n)s lần quét phải tờ cũ", n=thousands(scans))
    place = url_for("survey_manage.counters", slug=counter.office.slug)
    return Todo(title, f"{_short(counter.office)} · {times}", _("Xem tờ mới"), place, "warn")


def _short(office: Office) -> str:
    return shown(names_of([office])[office.id])


def silence(places: int, counter: Counter | None) -> Todo:
    """Return the task to ask why *places* are silent: offices, or counters of which *counter* is the first."""
    note = _("Vắng người, hay tờ treo đã mất? Có lượt mới đủ để công bố thì việc này tự hết")
    if counter is None:
        title = _("Hỏi %(n)s nơi từ hai tuần nay chưa có lượt mới", n=places)
        address = url_for("survey_manage.offices", loc="im")
        return Todo(title, note, _("Xem %(n)s nơi", n=places), address, "comment-lines")
    title = _("Xem vì sao Quầy %(number)s chưa có lượt mới", number=counter.number)
    if places > 1:
        title = _("Xem vì sao %(n)s quầy chưa có lượt mới", n=places)
    address = url_for("survey_manage.counters", slug=counter.office.slug)
    return Todo(title, f"{_short(counter.office)} · {note}", _("Mở quầy"), address, "comment-lines")
