"""Read questions from a file or a pasted text: upload, dry run, store all or nothing."""

import re
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.views.current import actor
from core import clock
from core.sheets import memory
from core.sheets.cells import SheetError, decode
from core.values.text import clean
from core.values.week import local_date
from core.web.access import requires
from core.web.downloads import xlsx
from core.web.extensions import db, keyring
from core.web.uploads import takes
from quiz.bank.files.formats import AIKEN, GIFT, PASTED, TEXT, ReadFile, read_questions_file
from quiz.bank.files.template import template
from quiz.bank.forms import QuestionFileForm, QuestionImportForm
from quiz.bank.rules.text_form import questions_as_text
from quiz.contest.manage import blueprint, contest_or_404, round_or_404
from quiz.contest.manage.plan_shares import plan_words, report_weeks, spread_read
from quiz.contest.manage.question_view import cards_of, findings, likes_of_read, text_of_parsed
from quiz.contest.manage.questions import saved
from quiz.contest.models import Contest, Round
from quiz.contest.operations import contest as operations
from quiz.contest.operations.bank import add_questions
from quiz.contest.operations.pictures import known_pictures, pictures_of_file
from quiz.contest.operations.questions import QuestionText
from quiz.contest.queries.bank import list_bank

LARGEST = 16 << 20
"""Bytes of a file of questions: 1.000 questions without pictures take under 1 MB."""
ALT = "hinh-"
"""The beginning of the names of the fields for the words of pictures."""
Page = tuple[str, int] | Response


_LINKS = {
    "round": {"questions": ".questions", "upload": ".questions_upload", "read": ".questions_read"},
    "bank": {"questions": ".bank", "upload": ".bank_upload", "read": ".bank_read"},
    "plan": {"questions": ".plan_questions", "upload": ".plan_questions", "read": ".plan_read"},
}


@dataclass(frozen=True)
class Target:
    """The target of questions: a round of a contest, the bank of the contest, or all rounds of its plan."""

    contest: Contest
    round: Round | None
    is_plan: bool = False

    @property
    def owner(self) -> str:
        """The owner of drafts."""
        return f"unit:{self.contest.unit_id}"

    @property
    def purpose(self) -> str:
        """The purpose of drafts, which separates those of different targets."""
        return f"quiz-questions:{self.contest.id}:{'plan' if self.is_plan else self.round.id if self.round else 0}"

    @property
    def is_frozen(self) -> bool:
        """Whether the round has opened, so that it takes no questions."""
        return self.round is not None and operations.are_frozen(self.round, clock.now())

    def link(self, page: str, **more: Any) -> str:
        """Return the address of *page*: "questions", "upload" or "read"."""
        where: dict[str, Any] = {"slug": self.contest.slug, **({"number": self.round.number} if self.round else {})}
        kind = "plan" if self.is_plan else "round" if self.round else "bank"
        return url_for(_LINKS[kind][page], **where, **more)


@blueprint.route("/<slug>/tuan/<int:number>/cau-hoi/nhap", methods=["GET", "POST"])
@requires("question.write")
@takes(LARGEST)
def questions_upload(slug: str, number: int) -> Page:
    """Take a file or a pasted text of questions for a round."""
    return take_questions(_target(slug, number))


@blueprint.route("/<slug>/tuan/<int:number>/cau-hoi/nhap/<uuid:draft_id>", methods=["GET", "POST"])
@requires("question.write")
@takes(LARGEST)
def questions_read(slug: str, number: int, draft_id: uuid.UUID) -> Page:
    """Show what was read for a round, with every problem and a preview; store it."""
    return review_questions(_target(slug, number), draft_id)


@blueprint.route("/<slug>/cau-hoi/nhap", methods=["GET", "POST"])
@requires("question.write")
@takes(LARGEST)
def bank_upload(slug: str) -> Page:
    """Take a file or a pasted text of questions for the bank."""
    return take_questions(_target(slug, None))


@blueprint.route("/<slug>/cau-hoi/nhap/<uuid:draft_id>", methods=["GET", "POST"])
@requires("question.write")
@takes(LARGEST)
def bank_read(slug: str, draft_id: uuid.UUID) -> Page:
    """Show what was read for the bank, with every problem and a preview; store it."""
    return review_questions(_target(slug, None), draft_id)


@blueprint.get("/<slug>/cau-hoi/mau.xlsx")
@requires("question.write")
def questions_template(slug: str) -> Response:
    """Send the workbook to fill in."""
    contest_or_404(slug)
    return xlsx(template(), _("mau-cau-hoi"))


def _target(slug: str, number: int | None) -> Target:
    if number is None:
        return Target(contest_or_404(slug), None)
    round = round_or_404(slug, number)
    return Target(round.contest, round)


def take_questions(target: Target, show: Callable[[QuestionFileForm], Page] | None = None) -> Page:
    """Take a file or a pasted text of questions for *target*; *show* renders the form, by default on a page alone."""
    form = QuestionFileForm()
    if form.validate_on_submit() and not target.is_frozen:
        file = form.sheet.data
        data, name = (file.read(), file.filename or "") if file else ((form.text.data or "").encode(), PASTED)
        try:
            read = read_questions_file(data, name)
        except SheetError as error:
            (form.sheet if file else form.text).errors = [str(error)]
        else:
            choices = pictures_of_file(db.session, read.pictures, today=local_date(clock.now()))
            return redirect(target.link("read", draft_id=_keep(target, data, name, choices)))
    if show is not None:
        return show(form)
    page = render_template("quiz/contest/manage/question_upload.html", target=target, form=form)
    return page, 422 if form.is_submitted() else 200


def _keep(target: Target, data: bytes, name: str, pictures: dict[str, Any]) -> uuid.UUID:
    """Keep what was sent, encrypted, until it is stored or dropped, with what its *pictures* were stored as."""
    today = local_date(clock.now())
    id = memory.keep_draft(
        db.session, keyring(), owner=target.owner, purpose=target.purpose, name=name, data=data, today=today
    )
    kept = memory.find_draft(db.session, keyring(), id, owner=target.owner, purpose=target.purpose, today=today)
    if pictures and kept is not None:
        memory.choose(db.session, kept, **pictures)
    db.session.commit()
    return id


def review_questions(target: Target, draft_id: uuid.UUID) -> Page:
    """Show what was read for *target*, with every problem and a preview; store it."""
    today, owned = local_date(clock.now()), {"owner": target.owner, "purpose": target.purpose}
    draft = memory.find_draft(db.session, keyring(), draft_id, today=today, **owned) or abort(404)
    draft, before = _with_words(target, draft)
    read = read_questions_file(draft.data, draft.name, known_pictures(db.session, target.contest, draft.choices))
    form = _import_form(target, read)
    is_sent = form.validate_on_submit()
    if is_sent and form.drop.data:
        return _drop(target, draft_id)
    if target.round is not None:
        report_weeks(target.round, read.parsed)
    shown = _editable(draft, read)
    if is_sent and _is_edited(form.text.data, before if before is not None else shown):
        return _read_edited(target, draft, form.text.data)
    if before is not None:
        form.text.data = shown
    if is_sent and form.bring_in.data and not read.parsed.errors and not target.is_frozen:
        return _store(target, draft_id, form, read)
    form.text.data = shown if form.text.data is None else form.text.data
    return _page(target, draft, form, read), 422 if form.is_submitted() else 200


def _drop(target: Target, draft_id: uuid.UUID) -> Page:
    memory.drop_draft(db.session, draft_id)
    db.session.commit()
    return redirect(target.link("questions"))


def _import_form(target: Target, read: ReadFile) -> QuestionImportForm:
    form = QuestionImportForm()
    if target.is_plan:
        blank = sum(not round.questions for round in target.contest.rounds)
        is_headed = any(question.week is not None for question in read.parsed.questions)
        return form.offer_plan(rounds=len(target.contest.rounds), blank=blank, is_headed=is_headed)
    return form.offer(asked=len(target.round.questions)) if target.round else form.offer_bank()


def _editable(draft: memory.StoredSheet, read: ReadFile) -> str:
    """Return the text that can be edited: as it was typed, or what was read from a file of another kind."""
    if draft.name == PASTED or read.format in {TEXT, GIFT, AIKEN}:
        return decode(draft.data, draft.name)
    return questions_as_text(read.parsed.questions)


def _is_edited(sent: str | None, shown: str) -> bool:
    return sent is not None and sent.split() != shown.split()


def _with_words(target: Target, draft: memory.StoredSheet) -> tuple[memory.StoredSheet, str | None]:
    """Keep the words that were typed beside pictures; return the draft, and its text before, None without such words.

    The text that is edited holds those words too, so it is compared as it was shown.
    """
    typed = {name.removeprefix(ALT): clean(words) for name, words in request.form.items() if name.startswith(ALT)}
    words = {mark: text for mark, text in typed.items() if re.fullmatch("[0-9a-f]{16}", mark)}
    old = dict(draft.choices.get("words", {}))
    if all(old.get(mark, "") == text for mark, text in words.items()):
        return draft, None
    before = _editable(
        draft, read_questions_file(draft.data, draft.name, known_pictures(db.session, target.contest, draft.choices))
    )
    draft = memory.choose(db.session, draft, words=old | words)
    db.session.commit()
    return draft, before


def _read_edited(target: Target, draft: memory.StoredSheet, text: str) -> Page:
    """Keep the edited text in place of what was sent, to be read and looked at again."""
    edited = _keep(target, text.encode(), PASTED, {"pictures": draft.choices.get("pictures", {})})
    memory.drop_draft(db.session, draft.id)
    db.session.commit()
    flash(_("Đã đọc lại văn bản ông/bà sửa. Xem lại rồi bấm Đưa vào."), "info")
    return redirect(target.link("read", draft_id=edited))


def _store(target: Target, draft_id: uuid.UUID, form: QuestionImportForm, read: ReadFile) -> Page:
    """Store all questions, and drop the draft in the same transaction."""
    texts = [text_of_parsed(each) for each in read.parsed.questions]
    if target.is_plan:
        message = spread_read(target.contest, form, read.parsed.questions, texts)
    elif target.round is not None:
        before = [] if form.replaces else [each.revision for each in target.round.questions]
        operations.save_questions(db.session, keyring(), actor(), target.round, [*before, *texts], now=clock.now())
        message = saved(read.parsed.questions)
    else:
        message = _add_to_bank(target.contest, texts, form)
    memory.drop_draft(db.session, draft_id)
    db.session.commit()
    flash(message, "success")
    return redirect(target.link("questions"))


def _add_to_bank(contest: Contest, texts: Sequence[QuestionText], form: QuestionImportForm) -> str:
    added = add_questions(db.session, actor(), contest, texts, is_shared=form.is_shared, now=clock.now())
    words = {"n": len(added), "known": len(texts) - len(added)}
    return str(_("Đã thêm %(n)s câu vào ngân hàng; %(known)s câu đã có từ trước nên không thêm lần nữa.", **words))


def _page(target: Target, draft: memory.StoredSheet, form: QuestionImportForm, read: ReadFile) -> str:
    parsed = read.parsed
    return render_template(
        "quiz/contest/manage/question_read.html",
        target=target,
        name="" if draft.name == PASTED else draft.name,
        format=read.format,
        pictures=any(each.pictures for each in parsed.questions),
        form=form,
        cards=cards_of(parsed.questions, parsed.errors),
        errors=findings(parsed.errors, parsed.questions),
        warnings=findings(parsed.warnings, parsed.questions),
        likes=likes_of_read(list_bank(db.session, target.contest), parsed.questions),
        **(plan_words(target.contest, form, parsed.questions) if target.is_plan else {}),
    )
