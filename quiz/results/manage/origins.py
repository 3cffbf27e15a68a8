"""Parts of the page for the approver of a publication: sheets, exclusions made before, people who were hidden."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from account.labels import same_words
from account.models import Approval
from account.operations.approval import Part
from account.queries.same_person import find_same_signs
from account.rules.relation import Relation
from core.values.dates import day, moment
from core.values.numbers import thousands
from privacy.labels import KIND_BY_VALUE
from privacy.models import PersonRequest
from privacy.queries.requests import list_requests_about
from privacy.rules.deadlines import Kind
from quiz.attempt.queries.eligible import RosterLine, list_shared
from quiz.attempt.queries.paper_sheets import count_sheets, list_keyers
from quiz.contest.labels.audit import ACTION
from quiz.contest.models import Participant, Round
from quiz.contest.rules.consent import PARTICIPANT
from quiz.contest.rules.presets import Eligibility
from quiz.results.labels import EXCLUSION_REASON
from quiz.results.manage.unit_moves import move_lines
from quiz.results.models import Exclusion, Result
from quiz.results.queries import correction as corrections
from quiz.results.queries.before_publication import (
    agreed_passings,
    count_begun_after_renewal,
    find_confirmer,
    list_admissions,
    list_passed_by,
    list_texted_codes,
)
from quiz.results.queries.result import RoundOutcome, find_result, list_ranked, list_silenced, list_winners
from quiz.results.queries.unreached import Calls, list_missed_calls

Lines = list[tuple[str, str]]
STOPS = ("restricted", "erased")
"""The steps of a request that hide a person."""


def parts_of(session: Session, round: Round, result: Result, outcome: RoundOutcome) -> Sequence[Part]:
    """Return the parts that have lines."""
    parts = (
        Part(_("Bài nhập từ bảng tính"), _sheets(session, round, result, outcome)),
        Part(_("Phiếu giấy"), list(_papers(session, round))),
        Part(_("Không công nhận trước khi công bố"), list(_exclusions(session, round))),
        Part(_("Thông tin của người trong danh sách được sửa"), list(_renamed(session, round, outcome))),
        Part(_("Người dự thi đã tạm dừng hoặc xóa thông tin"), list(_silenced(session, round))),
        Part(_("Bỏ qua, giải chuyển cho người kế tiếp"), list(_passed(session, round))),
        Part(_("Mã cá nhân cấp lại"), list(_renewed(session, round))),
        Part(_("Đơn vị dự thi được đổi khi đợt đang mở"), list(move_lines(session, round))),
        Part(_("Nhiều người trùng một dòng trong danh sách"), list(_shared(session, round, result))),
        Part(_("Danh sách, thẻ dự thi thay đổi khi đợt đang mở"), list(_admitted(session, round))),
    )
    return [part for part in parts if part.lines]


def _sheets(session: Session, round: Round, result: Result, outcome: RoundOutcome) -> Lines:
    if not outcome.sheets:
        return []
    own, limit = _("theo thời gian ghi trong bảng"), _("như làm hết giờ và nộp sau cùng")
    share = _("%(n)s trong %(all)s bài", n=thousands(outcome.sheets), all=thousands(result.people))
    lines = [(_("Số bài"), share), (_("Xếp hạng"), limit if result.limits_sheets else own)]
    return lines + [(_("Đã nhập"), _agreed(each)) for each in corrections.list_imports(session, round.id)]


def _papers(session: Session, round: Round) -> Iterator[tuple[str, str]]:
    """Yield how many sheets were printed, keyed in, late, at odds, and who keyed them in."""
    found = count_sheets(session, round)
    if not found.printed:
        return
    numbers = {"printed": thousands(found.printed), "done": thousands(found.done), "late": thousands(found.late)}
    yield str(_("Số phiếu")), str(_("in %(printed)s, nhập xong %(done)s, sau giờ đóng %(late)s", **numbers))
    counted = {"n": thousands(found.counted), "perfect": thousands(found.perfect), "odd": thousands(found.differed)}
    words = _("%(n)s bài, %(perfect)s bài đúng hết; %(odd)s phiếu hai lần nhập khác nhau", **counted)
    yield str(_("Bài được tính")), str(words)
    if found.unsettled:
        yield str(_("Phiếu không được tính")), str(_("%(n)s phiếu, lý do ghi ở trang phiếu giấy", n=found.unsettled))
    for first, second, count in list_keyers(session, round):
        label = _("%(first)s rồi %(second)s nhập", first=first.name, second=second.name)
        words, signs = _("%(n)s phiếu", n=thousands(count)), same_words(find_same_signs(session, first, second))
        if signs:
            words = _("%(sheets)s; hai tài khoản có thể là một người: %(signs)s", sheets=words, signs=signs)
        yield str(label), str(words)


def _exclusions(session: Session, round: Round) -> Iterator[tuple[str, str]]:
    """Yield ground, units and people of the exclusions of each version; the approver may ask why a rival is gone."""
    found = sorted(corrections.list_exclusions(session, round), key=_since)
    for (version, ground), some in groupby(found, key=_since):
        people = [session.get_one(Participant, each.participant_id) for each in some]
        units = ", ".join(sorted({person.unit.name for person in people}))
        words = _("%(n)s bài, %(units)s", n=thousands(len(people)), units=units)
        made = session.get_one(Result, (round.id, version))
        agreed = f"; {_agreed(made.approval)}" if made.approval else ""
        yield str(_(EXCLUSION_REASON[ground])), f"{words}{agreed}"


def _since(exclusion: Exclusion) -> tuple[int, str]:
    return exclusion.since_version, exclusion.ground


def _renamed(session: Session, round: Round, outcome: RoundOutcome) -> Iterator[tuple[str, str]]:
    """Yield each correction of a person in line for a prize: a prize must not change hands by a corrected name."""
    ranks = {winner.participant_id: winner for winner in outcome.winners}
    for id, at in corrections.list_renamed(session, round, ranks.keys()):
        words = _("Hạng %(rank)s, %(unit)s", rank=ranks[id].rank, unit=ranks[id].participant.unit.name)
        requests = [each for each in list_requests_about(session, PARTICIPANT, id) if each.kind == Kind.CORRECT]
        written = "; ".join(map(_written_down, requests))
        yield str(words), f"{day(at)}; {written}" if written else day(at)


def _silenced(session: Session, round: Round) -> Iterator[tuple[str, str]]:
    """Yield the place of each person who is restricted or erased, and who wrote that request down."""
    for line in list_silenced(session, round):
        words = _("Hạng %(rank)s, %(unit)s", rank=line.rank, unit=line.unit)
        requests = list_requests_about(session, PARTICIPANT, line.participant_id)
        stopping = [each for each in requests if any(step.deed in STOPS for step in each.steps)]
        yield str(words), "; ".join(map(_written_down, stopping)) or str(_("theo thời hạn lưu giữ"))


def _passed(session: Session, round: Round) -> Iterator[tuple[str, str]]:
    """Yield of each prize that passed on the calls and who agreed, then who passed how many over alone, and when."""
    agreed, result = agreed_passings(session, round), find_result(session, round)
    calls = list_missed_calls(session, round)
    for winner in list_winners(session, result) if result else ():
        if winner.state == "passed":
            words = _("Hạng %(rank)s, %(unit)s", rank=winner.rank, unit=winner.participant.unit.name)
            approval = agreed.get(f"{round.id}:{winner.participant_id}")
            how = [calls_line(calls.get(winner.participant_id)), *([_agreed(approval)] if approval else [])]
            yield str(words), "; ".join(how)
    for line in list_passed_by(session, round):
        span = {"first": moment(line.first), "last": moment(line.last), "n": thousands(line.people)}
        yield line.name, str(_("%(n)s người, từ %(first)s đến %(last)s", **span))


def calls_line(calls: Calls | None) -> str:
    """Return how often a person was called in vain, and when first and last."""
    if calls is None:
        return str(_("không ghi cuộc gọi nào"))
    span = {"n": calls.count, "first": moment(calls.first), "last": moment(calls.last)}
    return str(_("gọi %(n)s lần không ai nghe máy, lần đầu %(first)s, gần nhất %(last)s", **span))


def _admitted(session: Session, round: Round) -> Iterator[tuple[str, str]]:
    """Yield who changed, while papers came, which people are ranked."""
    if round.declared.eligibility in (Eligibility.ROSTER, Eligibility.CARD):
        for action, name, at in list_admissions(session, round):
            yield str(_(ACTION[action])), f"{name or _('người tại máy chủ')}, {moment(at)}"


def _shared(session: Session, round: Round, result: Result) -> Iterator[tuple[str, str]]:
    """Yield of each roster line that several people fit how it was settled which of them is ranked."""
    for line in list_shared(session, round):
        units = sorted({session.get_one(Participant, id).unit.name for id in line.people})
        words = _("%(n)s người, %(units)s", n=thousands(len(line.people)), units=", ".join(units))
        yield str(words), _settled(session, result, line)


def _settled(session: Session, result: Result, line: RosterLine) -> str:
    confirmer = find_confirmer(session, line.holder) if line.holder else None
    if confirmer:
        return str(_("%(name)s gọi xác nhận một người, %(when)s", name=confirmer[0], when=moment(confirmer[1])))
    if line.holder:
        return str(_("một người đã được xác nhận"))
    if list_ranked(session, result, line.people):
        return str(_("một người được xếp hạng khi chốt, người khác đăng ký sau"))
    return str(_("chưa xác nhận ai, nên không ai được xếp hạng"))


def _renewed(session: Session, round: Round) -> Iterator[tuple[str, str]]:
    """Yield how many papers were begun after staff had given a new code, and who sent how many codes by text."""
    if count := count_begun_after_renewal(session, round):
        yield str(_("Bài mở đề sau khi cán bộ cấp lại mã")), str(_("%(n)s bài", n=thousands(count)))
    for name, codes, people in list_texted_codes(session, round):
        label = _("%(name)s gửi mã mới bằng tin nhắn khi đợt đang mở, mã cũ hết hiệu lực", name=name)
        yield str(label), str(_("%(n)s lần cho %(people)s người", n=thousands(codes), people=thousands(people)))


def _written_down(request: PersonRequest) -> str:
    """Return when and how a request came, and who wrote it down."""
    facts = {"kind": _(KIND_BY_VALUE[request.kind]), "day": day(request.received_at)}
    scribe = next((step.account for step in request.steps if step.deed == "received"), None)
    if request.channel == "online" or scribe is None:
        return str(_("%(kind)s, ngày %(day)s, người dự thi tự gửi bằng mã", **facts))
    return str(_("%(kind)s, ngày %(day)s, %(name)s ghi", name=scribe.name, **facts))


def _agreed(approval: Approval) -> str:
    """Return who asked and who agreed to an action, and on which day."""
    asker = approval.asked_by.name if approval.asked_by else _("người tại máy chủ")
    when = day(approval.decided_at or approval.asked_at)
    if approval.related == Relation.ALONE or approval.decided_by is None:
        return str(_("%(asker)s, ngày %(day)s, không qua người thứ hai", asker=asker, day=when))
    names = {"asker": asker, "name": approval.decided_by.name, "day": when}
    if approval.related == Relation.RELATED:
        return str(_("%(asker)s đề nghị, %(name)s đồng ý ngày %(day)s, hai tài khoản có liên hệ", **names))
    return str(_("%(asker)s đề nghị, %(name)s đồng ý ngày %(day)s", **names))
