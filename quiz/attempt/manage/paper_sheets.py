"""The organiser's pages of paper sheets: print them, and key each in, one person after the other."""

from datetime import datetime

from flask import Response as FlaskResponse
from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response

from account.labels import same_words
from account.queries.same_person import find_same_signs
from account.views.current import actor, present_account
from core import clock
from core.pdf.symbol import shorter
from core.values.dates import deadline
from core.values.text import N_
from core.values.week import local_date
from core.web.access import requires
from core.web.extensions import db, keyring
from core.web.letters import public_link
from quiz.attempt.documents import PaperHeading, PrintedPaper, papers_pdf
from quiz.attempt.forms.paper_sheet import INSISTS, KeyedPaperForm, PrintSheetsForm, keyed_form
from quiz.attempt.labels import GUESSED, KEYED_FIELD
from quiz.attempt.models import PaperSheet
from quiz.attempt.operations import attempt as attempts
from quiz.attempt.operations import paper_sheets as operations
from quiz.attempt.queries.paper import Paper
from quiz.attempt.queries.paper_sheets import count_sheets, find_sheet, list_open_sheets
from quiz.attempt.queries.printed import DecodedSheet, decode, list_outdated
from quiz.attempt.rules.keying import KeyedPaper
from quiz.attempt.rules.printed import spans_of
from quiz.contest import queries as contests
from quiz.contest.labels.guesses import guess_words
from quiz.contest.labels.rounds import round_name
from quiz.contest.manage import asks_second, blueprint, round_or_404
from quiz.contest.models import Round
from quiz.contest.queries.pictures import read_pictures
from quiz.contest.rules.presets import GuessTarget

Page = Response | tuple[str, int]
SHEET = "so"
"""The parameter that asks for a sheet by its number."""
REFUSALS: dict[type[Exception], str] = {
    operations.SameAccount: lazy_gettext("Phiếu này ông/bà đã nhập lần một: người khác phải nhập lần hai."),
    operations.AlreadyKeyed: lazy_gettext("Phiếu này đã có người nhập trước. Xin tải lại trang."),
    operations.SheetOutdated: lazy_gettext("Đề đã đổi sau khi in phiếu này. Xin tải lại trang."),
    operations.PersonOnOtherSheets: lazy_gettext(
        "Một phiếu khác đang chờ nhập lần hai có cùng người này (họ tên, số điện thoại, năm sinh). Xin xem lại phiếu."
    ),
    attempts.RoundNotOpen: lazy_gettext("Đợt thi chưa mở hoặc đã khóa bài, không nhập phiếu được."),
    attempts.NoTriesLeft: lazy_gettext("Người này đã dự thi đợt này, hết lượt; phiếu không tính thêm."),
    attempts.Restricted: lazy_gettext(
        "Theo yêu cầu của người này, thông tin đang tạm dừng xử lý; không nhập phiếu được."
    ),
}
NOT_PRINTED: dict[type[Exception], str] = {
    attempts.RoundNotOpen: N_("Đợt thi chưa có câu hỏi, hoặc đã khóa bài, nên không in phiếu được."),
    operations.NotPublicYet: N_("Cuộc thi còn là bản nháp: địa chỉ và đề còn đổi. Xin công bố cuộc thi rồi in phiếu."),
}
"""Why no sheet is printed."""


@blueprint.route("/<slug>/tuan/<int:number>/phieu-giay", methods=["GET", "POST"])
@requires("contest.manage")
def paper_sheets(slug: str, number: int) -> Page:
    """Show how many sheets were printed and keyed in; print more."""
    round, form = round_or_404(slug, number), PrintSheetsForm()
    sheet = find_sheet(db.session, round, request.args.get(SHEET, 0, type=int))
    if sheet is not None:
        return redirect(url_for(".key_sheet", slug=slug, number=number, sheet=sheet.number))
    if not form.validate_on_submit():
        return _list_page(round, form, 422 if form.is_submitted() else 200)
    try:
        sheets = operations.print_sheets(db.session, actor(), round, form.quantity.data or 1, now=clock.now())
    except tuple(NOT_PRINTED) as refusal:
        db.session.rollback()
        form.form_errors.append(_(NOT_PRINTED[type(refusal)]))
        return _list_page(round_or_404(slug, number), form, 409)
    reply = _print(round, sheets)
    db.session.commit()
    return reply


def _print(round: Round, sheets: list[PaperSheet]) -> FlaskResponse:
    contest = round.contest
    heading = PaperHeading(
        contest.title,
        contest.organiser,
        round_name(round),
        _("Hạn nộp phiếu cho Ban Tổ chức: %(until)s.", until=deadline(round.closes_at)),
        str(GUESSED[round.declared.guess_target]),
        [bloc.name for bloc in contest.blocs],
        contest.asked_fields,
    )
    papers = [
        PrintedPaper(
            sheet.number,
            shorter(public_link("quiz_manage.key_sheet", slug=contest.slug, number=round.number, sheet=sheet.number)),
            decode(db.session, keyring(), sheet).paper,
        )
        for sheet in sheets
    ]
    name = f'inline; filename="phieu-giay-{sheets[0].number}-{sheets[-1].number}.pdf"'
    headers = {"Content-Disposition": name, "Cache-Control": "no-store"}
    held = {each.digest for paper in papers for asked in paper.paper.questions for each in asked.pictures.values()}
    pictures = read_pictures(db.session, held) if held else {}
    return FlaskResponse(papers_pdf(heading, papers, pictures), mimetype="application/pdf", headers=headers)


@blueprint.route("/<slug>/tuan/<int:number>/phieu-giay/<int:sheet>", methods=["GET", "POST"])
@requires("contest.manage")
def key_sheet(slug: str, number: int, sheet: int) -> Page:
    """Key in a sheet: the first account's reading is kept unseen, the second's is compared with it."""
    round = round_or_404(slug, number)
    found = find_sheet(db.session, round, sheet) or abort(404)
    decoded = decode(db.session, keyring(), found)
    form = _form(round, decoded.paper)
    if found.second_by_id is not None or decoded.is_outdated or not form.validate_on_submit():
        return _sheet_page(round, found, decoded, form, 422 if form.is_submitted() and form.errors else 200)
    try:
        return _key(round, found, form, form.keyed(decoded.paper), clock.now())
    except operations.Differing as error:
        db.session.commit()
        return _differing_page(slug, number, sheet, form, error)
    except tuple(REFUSALS) as refusal:
        db.session.rollback()
        form.form_errors.append(REFUSALS[type(refusal)])
    round = round_or_404(slug, number)
    return _sheet_page(round, find_sheet(db.session, round, sheet) or abort(404), decoded, form, 409)


def _key(round: Round, sheet: PaperSheet, form: KeyedPaperForm, typed: KeyedPaper, now: datetime) -> Response:
    me, slug, number = present_account().id, round.contest.slug, round.number
    alone = not asks_second(round.contest)
    is_second = sheet.sealed is not None and (sheet.first_by_id != me or alone)
    if is_second:
        operations.key_second(
            db.session,
            keyring(),
            actor(),
            sheet,
            typed,
            now=now,
            alone=alone,
            insists=form.deed.data == INSISTS,
        )
        words = _("Phiếu %(n)s: hai lần nhập khớp nhau, bài đã được tính.", n=sheet.number)
    else:
        operations.key_first(db.session, keyring(), me, sheet, typed, now=now)
        words = _("Phiếu %(n)s: đã nhập lần một. Người thứ hai nhập lại thì bài mới được tính.", n=sheet.number)
    db.session.commit()
    flash(words, "success")
    return redirect(url_for(".paper_sheets", slug=slug, number=number))


def _form(round: Round, paper: Paper) -> KeyedPaperForm:
    form = keyed_form(paper, round.declared, round.contest.asked_fields)
    form.expect(today=local_date(clock.now()), youngest=round.contest.youngest)
    form.offer_blocs(round.contest.blocs, asks_more=round.contest.asks_more)
    form.unit.offer((unit.id, unit.label) for unit in contests.list_contest_units(db.session, round.contest))
    return form


def _list_page(round: Round, form: PrintSheetsForm, status: int) -> Page:
    page = render_template(
        "quiz/attempt/manage/paper_sheets.html",
        contest=round.contest,
        round=round,
        form=form,
        counts=count_sheets(db.session, round),
        outdated=spans_of([sheet.number for sheet in list_outdated(db.session, keyring(), round)]),
        waiting=list_open_sheets(db.session, round),
        me=present_account(),
        sought=request.args.get(SHEET, ""),
        has_guess=round.declared.guess_target is not GuessTarget.NONE,
        is_late=clock.now() >= round.closes_at,
    )
    return page, status


def _differing_page(slug: str, number: int, sheet: int, form: KeyedPaperForm, error: operations.Differing) -> Page:
    round = round_or_404(slug, number)
    found = find_sheet(db.session, round, sheet) or abort(404)
    units = {unit.id: unit.label for unit in contests.list_contest_units(db.session, round.contest)}
    lines = [(_field_words(name), _value(round, error.first, name, units)) for name in error.fields]
    return _sheet_page(round, found, decode(db.session, keyring(), found), form, 409, lines)


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
    value = getattr(first, name)
    if value is None:
        return str(_("để trống"))
    if name == "bloc":
        return round.contest.bloc_name(first.bloc)
    return guess_words(round.declared, None).bare(value) if name == "guess" else str(value)


def _sheet_page(
    round: Round, sheet: PaperSheet, decoded: DecodedSheet, form: KeyedPaperForm, status: int, lines: object = ()
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
        is_mine=sheet.first_by_id == present_account().id and asks_second(round.contest),
        same=same_words(find_same_signs(db.session, first, second)) if first else "",
        is_late=clock.now() >= round.closes_at,
    )
    return page, status
