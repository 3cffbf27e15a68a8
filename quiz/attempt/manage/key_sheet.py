"""The organiser's pages on which paper sheets are keyed in, by one person after the other."""

from datetime import datetime

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response

from account.labels import same_words
from account.queries.same_person import find_same_signs
from account.views.current import actor, present_account
from core import clock
from core.values.text import N_
from core.values.week import local_date
from core.web.access import requires
from core.web.code_guesses import count_wrong_code, refuse_code
from core.web.extensions import db, keyring
from quiz.attempt.forms.paper_sheet import DISCARDS, INSISTS, KeyedPaperForm, NamedPaperForm, keyed_form, named_form
from quiz.attempt.labels import KEYED_FIELD, SHEET_STATE
from quiz.attempt.manage.sheet_file import CODE
from quiz.attempt.models import PaperSheet
from quiz.attempt.operations import attempt as attempts
from quiz.attempt.operations import paper_sheets as operations
from quiz.attempt.operations.beginning import UnitNotYet
from quiz.attempt.queries.named_sheets import is_code_of, people_on
from quiz.attempt.queries.paper import Paper
from quiz.attempt.queries.paper_sheets import count_sheets, find_sheet, holds_code, state_in
from quiz.attempt.queries.printed import DecodedSheet, decode
from quiz.attempt.rules.keying import PERSON, KeyedPaper
from quiz.attempt.rules.sheet_proof import SET_ASIDE, SheetState
from quiz.contest.manage import asks_second, blueprint, round_or_404
from quiz.contest.models import Round
from quiz.contest.operations.registration import AlreadyRegistered
from quiz.contest.queries.entering import list_units_in

Page = Response | tuple[str, int]
Form = KeyedPaperForm | NamedPaperForm
REFUSALS: dict[type[Exception], str] = {
    operations.SameAccount: lazy_gettext("Phiếu này ông/bà đã nhập lần một: người khác phải nhập lần hai."),
    operations.AlreadyKeyed: lazy_gettext("Phiếu này đã có người nhập trước. Xin tải lại trang."),
    operations.SheetOutdated: lazy_gettext("Đề đã đổi sau khi in phiếu này. Xin tải lại trang."),
    operations.PersonOnOtherSheets: lazy_gettext(
        "Phiếu %(numbers)s, đang chờ, cũng ghi người này: cùng họ tên, số điện thoại, năm sinh. Xin xem lại phiếu; "
        "phiếu có ghi mã cá nhân thì nhập mã. Nếu phiếu kia không phải của người này thì mở phiếu kia, bỏ lần nhập một."
    ),
    operations.DiscardedLate: lazy_gettext("Đợt thi đã đóng: lần nhập một giữ nguyên."),
    attempts.RoundNotOpen: lazy_gettext("Đợt thi chưa mở hoặc đã khóa bài, không nhập phiếu được."),
    AlreadyRegistered: lazy_gettext("Người này vừa đăng ký cùng lúc. Xin bấm Lưu phiếu lần nữa."),
    attempts.Restricted: lazy_gettext(
        "Theo yêu cầu của người này, thông tin đang tạm dừng xử lý; không nhập phiếu được."
    ),
    UnitNotYet: lazy_gettext("Đơn vị của người này vào cuộc thi từ đợt sau; phiếu đợt này không nhập được."),
}


SETTLED: dict[SheetState, str] = {
    SheetState.COUNTED: N_("Phiếu %(n)s: hai lần nhập khớp nhau, bài đã được tính."),
    SheetState.ASKED: N_(
        "Phiếu %(n)s: người này đã đăng ký mà phiếu không có mã cá nhân. Phiếu chờ người ấy vào thi bằng mã cá nhân, "
        "xác nhận là của mình trước giờ đóng."
    ),
}
"""The words for a sheet that both have keyed in; those for one that was set aside name the reason."""


@blueprint.route("/<slug>/tuan/<int:number>/phieu-giay/<int:sheet>", methods=["GET", "POST"])
@requires("contest.manage")
def key_sheet(slug: str, number: int, sheet: int) -> Page:
    """Key in a sheet: the first account's reading is kept unseen, the second's is compared with it."""
    round = round_or_404(slug, number)
    found = find_sheet(db.session, round, sheet) or abort(404)
    decoded = decode(db.session, keyring(), found)
    form = _form(round, found, decoded.paper)
    if found.second_by_id is not None or decoded.is_outdated:
        return _sheet_page(round, found, decoded, form, 200)
    if isinstance(form, NamedPaperForm) and not is_code_of(keyring(), found, form.ma.data or ""):
        return _code_page(round, found, form.ma.data or "")
    is_valid = form.validate_on_submit()
    if form.deed.data == DISCARDS and not form.csrf_token.errors:
        return _discard(round, found)
    if not is_valid:
        return _sheet_page(round, found, decoded, form, 422 if form.is_submitted() else 200)
    if status := _wrong_code(round, form):
        return _sheet_page(round, found, decoded, form, status)
    return _try_to_key(round, found, decoded, form)


def _try_to_key(round: Round, sheet: PaperSheet, decoded: DecodedSheet, form: Form) -> Page:
    slug, number, at = round.contest.slug, round.number, sheet.number
    try:
        return _key(round, sheet, form, form.keyed(decoded.paper), clock.now())
    except operations.Differing as error:
        db.session.commit()
        return _differing_page(slug, number, at, form, error)
    except tuple(REFUSALS) as refusal:
        db.session.rollback()
        form.form_errors.append(_why_not(refusal))
    round = round_or_404(slug, number)
    return _sheet_page(round, find_sheet(db.session, round, at) or abort(404), decoded, form, 409)


def _why_not(refusal: Exception) -> str:
    words = REFUSALS[type(refusal)]
    if isinstance(refusal, operations.PersonOnOtherSheets):
        return str(words) % {"numbers": ", ".join(map(str, refusal.numbers))}
    return str(words)


def _discard(round: Round, sheet: PaperSheet) -> Response:
    slug, number, at = round.contest.slug, round.number, sheet.number
    try:
        operations.discard_first(db.session, actor(), sheet, now=clock.now())
        db.session.commit()
        flash(_("Phiếu %(n)s: đã bỏ lần nhập một. Hai người nhập lại từ đầu.", n=at), "success")
    except (operations.AlreadyKeyed, operations.DiscardedLate) as refusal:
        db.session.rollback()
        flash(_why_not(refusal), "error")
    return redirect(url_for(".key_sheet", slug=slug, number=number, sheet=at))


def _code_page(round: Round, sheet: PaperSheet, typed: str) -> Page:
    """Ask for the code of a sheet that was printed for one participant."""
    wait = count_wrong_code() if typed else 0
    words = {"contest": round.contest, "round": round, "sheet": sheet, "typed": typed, "wait": wait}
    status = (429 if wait else 404) if typed else 200
    return render_template("quiz/attempt/manage/sheet_code.html", **words), status


def _wrong_code(round: Round, form: Form) -> int:
    """Return the status where *form* has a personal code that is not of the person whom it names; 0 otherwise."""
    if isinstance(form, NamedPaperForm) or not form.readings:
        return 0
    if holds_code(db.session, keyring(), round.contest, form.identity, form.readings):
        return 0
    return refuse_code(form.code, _("Mã này không phải của người có họ tên, số điện thoại, năm sinh trên phiếu."))


def _key(round: Round, sheet: PaperSheet, form: Form, typed: KeyedPaper, now: datetime) -> Response:
    me, slug, number, at = present_account().id, round.contest.slug, round.number, sheet.number
    alone, insists = not asks_second(round.contest), form.deed.data == INSISTS
    if sheet.sealed is not None and (sheet.first_by_id != me or alone):
        state = operations.key_second(
            db.session, keyring(), actor(), sheet, typed, now=now, alone=alone, insists=insists
        )
        words = _settled_words(at, state)
    else:
        operations.key_first(db.session, keyring(), me, sheet, typed, now=now)
        words = _("Phiếu %(n)s: đã nhập lần một. Người thứ hai nhập lại thì bài mới được tính.", n=at)
        state = SheetState.KEYED_ONCE
    db.session.commit()
    flash(words, "warning" if state in SET_ASIDE or state is SheetState.ASKED else "success")
    return redirect(url_for(".paper_sheets", slug=slug, number=number, tiep=1))


def _settled_words(number: int, state: SheetState) -> str:
    if state in SETTLED:
        return str(_(SETTLED[state], n=number))
    return str(_("Phiếu %(n)s không được tính: %(why)s.", n=number, why=_(SHEET_STATE[state])))


def _form(round: Round, sheet: PaperSheet, paper: Paper) -> Form:
    if sheet.printed_for_id is not None:
        named = named_form(paper, round.declared)
        named.ma.data = named.ma.data or request.args.get(CODE, "")
        return named
    form = keyed_form(paper, round.declared, round.contest.asked_fields)
    form.expect(today=local_date(clock.now()), youngest=round.contest.youngest)
    form.offer_blocs(round.contest.blocs, asks_more=round.contest.asks_more)
    form.unit.offer((unit.id, unit.label) for unit in list_units_in(db.session, round.contest, round.number))
    return form


def _differing_page(slug: str, number: int, sheet: int, form: Form, error: operations.Differing) -> Page:
    round = round_or_404(slug, number)
    found = find_sheet(db.session, round, sheet) or abort(404)
    units = {unit.id: unit.label for unit in list_units_in(db.session, round.contest, round.number)}
    lines = [(_field_words(name), _value(round, error.first, name, units)) for name in error.fields]
    lines = [
        (label, "" if name == "guess" else value) for name, (label, value) in zip(error.fields, lines, strict=True)
    ]
    differing = {_box(name): value for name, (_label, value) in zip(error.fields, lines, strict=True)}
    return _sheet_page(round, found, decode(db.session, keyring(), found), form, 409, lines, differing)


def _box(name: str) -> str:
    """Return the name of the field in which a differing part of a sheet is typed."""
    return {"unit_id": "unit", "has_code": "code"}.get(name, name)


def _field_words(name: str) -> str:
    return str(_("Câu %(place)s", place=name[1:])) if name[1:].isdecimal() else str(_(KEYED_FIELD[name]))


def _value(round: Round, first: KeyedPaper, name: str, units: dict[int, str]) -> str:
    if name[1:].isdecimal():
        return first.answers.get(name[1:], "") or str(_("để trống"))
    if name == "unit_id":
        return units.get(first.unit_id, "")
    if name == "agreed":
        return str(_("%(n)s ô đồng ý", n=len(first.agreed)))
    if name == "more":
        return "; ".join(f"{asked}: {said}" for asked, said in first.more.items()) or str(_("để trống"))
    if name == "has_code":
        return str(_("có ghi") if first.has_code else _("không ghi"))
    value = getattr(first, name)
    if value is None:
        return str(_("để trống"))
    if name == "bloc":
        return round.contest.bloc_name(first.bloc)
    return str(value)


def _sheet_page(
    round: Round,
    sheet: PaperSheet,
    decoded: DecodedSheet,
    form: Form,
    status: int,
    lines: object = (),
    differing: dict[str, str] | None = None,
) -> Page:
    first, second = sheet.first_by, sheet.second_by or present_account()
    page = render_template(
        "quiz/attempt/manage/key_sheet.html",
        contest=round.contest,
        round=round,
        sheet=sheet,
        decoded=decoded,
        questions=[(question, form[f"q{question.position}"]) for question in decoded.paper.questions],
        form=form,
        lines=lines,
        differing=differing or {},
        counts=count_sheets(db.session, round) if sheet.second_by_id else None,
        person=people_on(db.session, keyring(), [sheet]).get(sheet.id),
        state=SHEET_STATE[state_in(db.session, sheet, now=clock.now())] if sheet.second_by_id else "",
        is_counted=sheet.second_by_id and state_in(db.session, sheet, now=clock.now()) is SheetState.COUNTED,
        is_mine=sheet.first_by_id == present_account().id and asks_second(round.contest),
        same=same_words(find_same_signs(db.session, first, second)) if first else "",
        may_insist=not asks_second(round.contest) or PERSON.isdisjoint(differing or {}),
        is_late=clock.now() >= round.closes_at,
    )
    return page, status
