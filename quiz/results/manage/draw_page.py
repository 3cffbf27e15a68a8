"""The page on which a public draw is recorded, of people and of units alike, and what its approver reads."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import flash, redirect, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.labels import STATE
from account.operations.approval import Part
from account.operations.audit import Subject
from account.rules.chain import Plain
from account.views.current import link_to, present_account, request_approval
from core import clock
from core.values.dates import day
from core.values.week import local_date
from core.web.extensions import db
from core.web.rooms import declared
from quiz.contest.labels.prizes import WithPrizes
from quiz.contest.manage import asks_second
from quiz.contest.models import Contest
from quiz.contest.rules.actions import QuizAction
from quiz.results.forms.draw import DrawForm, form_of
from quiz.results.forms.number_draw import NumberDrawForm, number_form_of
from quiz.results.manage.exclusion import refused, stale, waiting
from quiz.results.models import Draw
from quiz.results.operations.closing import ClustersUndecided
from quiz.results.operations.draw import AlreadyDrawn, Written, WrongDay, WrongDigits, WrongNumberDay
from quiz.results.operations.versions import Changed, TooEarly
from quiz.results.queries import draw_words as words
from quiz.results.queries.tie_groups import OpenGroup
from quiz.results.rules.draws import BadDraw, DrawRecord, in_force, named_refs
from quiz.results.rules.number_draws import NumberRecord, seeded_text, tickets_by_number

Page = str | Response | tuple[str, int]
Check = Callable[[str, Written], object]
"""Checks a draw of the tie under a key."""
Write = Callable[[str, Written, str], object]
"""Records a draw of the tie under a key, with a reason."""
REFUSALS = (TooEarly, ClustersUndecided, WrongDay, WrongNumberDay, WrongDigits, Changed, AlreadyDrawn, BadDraw)
_WHY = {
    TooEarly: words.NOT_CLOSED,
    ClustersUndecided: words.REVIEW_FIRST,
    WrongDay: words.WRONG_DAY,
    WrongNumberDay: words.WRONG_NUMBER_DAY,
    WrongDigits: words.WRONG_DIGITS,
    Changed: words.CHANGED,
    AlreadyDrawn: words.ALREADY,
    BadDraw: words.MISFIT,
}


def why_not(error: Exception) -> str:
    """Return why a draw is not recorded, of one of `REFUSALS`."""
    return str(_(_WHY[type(error)], n=error.args[0] if isinstance(error, WrongDigits) else ""))


@dataclass(frozen=True)
class DrawTicket:
    """One of a tie: the number of the ticket, who it stands for, and their unit; no name where it is not open."""

    number: int
    name: str
    unit: str

    @property
    def label(self) -> str:
        """The ticket as a list offers it."""
        who = ", ".join(filter(None, (self.name, self.unit)))
        return str(_("Phiếu %(n)s: %(who)s", n=self.number, who=who))


@dataclass(frozen=True)
class NumberSource:
    """The declared public number of a tie, its digits, the first day that it may be of, and what the order is derived
    from: what is drawn in the contest, and the public codes of the tickets.
    """

    words: str
    digits: int | None
    first: date
    about: str
    codes: Sequence[str]
    changed: str = ""
    """The number of people who came and left since the number may be known, in words; empty without a change."""

    def order(self, contest: Contest, written: NumberRecord) -> Sequence[int]:
        """Return the tickets in the order that *written* gives."""
        return tickets_by_number(seeded_text(contest.slug, self.about, self.words, written), self.codes)


@dataclass(frozen=True)
class DrawSheet:
    """A tie with all that its page says: the contest, what its people are equal on, its tickets, and the way back."""

    contest: Contest
    found: OpenGroup
    heading: str
    equal_on: str
    tickets: Sequence[DrawTicket]
    back: str
    back_words: str
    about: Subject
    action: QuizAction
    names_note: str = ""
    number: NumberSource | None = None

    @property
    def prizes(self) -> str:
        """The prizes that are drawn for, counted."""
        return words.places_words(self.found.group.places, self.contest)

    def new_form(self) -> DrawForm | NumberDrawForm:
        """Return the form of this tie, with what was sent; the number's day is offered, once it has come."""
        if self.number:
            form = number_form_of(is_again=self.found.decided_by is not None)()
            if not form.is_submitted() and self.number.first <= local_date(clock.now()):
                form.held_on.data = self.number.first
            return form
        offers = [(str(each.number), each.label) for each in self.tickets]
        places = words.place_labels(self.found.group, self.contest)
        return form_of(places, offers, is_again=self.found.decided_by is not None)()


def sheet_page(sheet: DrawSheet, form: DrawForm | NumberDrawForm) -> str:
    """Return the page of a tie."""
    asked = waiting(sheet.about, sheet.action)
    return render_template(
        "quiz/results/manage/draw.html",
        contest=sheet.contest,
        sheet=sheet,
        form=form,
        asked=asked,
        refused=None if asked else refused(sheet.about, sheet.action, sheet.contest.rounds[0].opens_at),
        needs_second=asks_second(sheet.contest),
        me=present_account(),
        link_to=link_to,
        action_label=declared().audit_actions,
        state_label=STATE,
    )


def draw_reply(sheet: DrawSheet, of: Mapping[str, Plain], check: Check, write: Write) -> Page:
    """Show the page of a tie; once it is sent, record the draw with *write*, or ask a second person to.

    *check* raises one of `REFUSALS` where the draw can't be recorded; *of* says in a request what the tie belongs to.
    """
    form = sheet.new_form()
    if not form.is_submitted():
        return sheet_page(sheet, form)
    if not form.validate():
        return sheet_page(sheet, form), 422
    key, written, reason = sheet.found.key, form.written(), form.reason.data or ""
    try:
        check(key, written)
        if asks_second(sheet.contest):
            details, why = {**details_of(key, written), **of}, written.again or reason
            return request_approval(sheet.action, sheet.about, reason=why, details=details, back=sheet.back)
        write(key, written, reason)
    except REFUSALS as error:
        db.session.rollback()
        wrong = form["number"] if isinstance(error, WrongDigits) else form.held_on
        wrong.errors = [why_not(error)]
        return sheet_page(sheet, form), 422
    db.session.commit()
    flash(_("Đã ghi kết quả bốc thăm."), "success")
    return redirect(sheet.back)


def details_of(key: str, written: Written) -> dict[str, Plain]:
    """Return *written* as the details of a request."""
    if isinstance(written, NumberRecord):
        held = written.held_on.isoformat()
        return {"key": key, "held_on": held, "number": written.number, "again": written.again}
    return {
        "key": key,
        "held_on": written.held_on.isoformat(),
        "place": written.place,
        "witness_1": written.witnesses[0],
        "witness_2": written.witnesses[1],
        "tickets": ",".join(map(str, written.tickets)),
        "again": written.again,
    }


def asked_draw(details: Mapping[str, Plain]) -> tuple[str, Written]:
    """Return the key of the group and the draw of a request's *details*."""
    again, held_on = details["again"], date.fromisoformat(str(details["held_on"]))
    if "number" in details:
        return str(details["key"]), NumberRecord(held_on, str(details["number"]), str(again) if again else None)
    return str(details["key"]), DrawRecord(
        held_on=held_on,
        place=str(details["place"]),
        witnesses=(str(details["witness_1"]), str(details["witness_2"])),
        tickets=tuple(map(int, str(details["tickets"]).split(","))),
        again=str(again) if again else None,
    )


def parts_shown(sheet: DrawSheet, written: Written) -> list[Part]:
    """Return what the approver reads: the tie, the order drawn, and when and before whom."""
    tie = [
        (_("Bằng nhau"), sheet.equal_on),
        (_("Số phiếu"), str(len(sheet.tickets))),
        (_("Bốc cho"), sheet.prizes),
    ]
    again = [(_("Ghi lại, vì"), written.again)] if written.again else []
    if isinstance(written, NumberRecord):
        if sheet.number is None:
            return [stale()]
        tickets, heading = sheet.number.order(sheet.contest, written), _("Số công khai")
        held = _number_facts(sheet.number, written)
    else:
        tickets, heading = written.tickets, _("Buổi bốc thăm")
        held = [
            (_("Ngày"), day(written.held_on)),
            (_("Địa điểm"), written.place),
            (_("Người chứng kiến"), "; ".join(written.witnesses)),
        ]
    order = _order_shown(sheet, tickets)
    return [Part(sheet.heading, tie), Part(_("Thứ tự bốc được"), order), Part(heading, [*held, *again])]


def _order_shown(sheet: DrawSheet, tickets: Sequence[int]) -> list[tuple[str, str]]:
    """Return the prizes and some reserves with the *tickets* that drew them."""
    named = named_refs(tickets, sheet.found.group.places)
    labels = words.place_labels(sheet.found.group, sheet.contest)
    labels += [str(_("Dự khuyết"))] * (len(named) - len(labels))
    return [(each, sheet.tickets[number - 1].label) for each, number in zip(labels, named, strict=True)]


def _number_facts(source: NumberSource, written: NumberRecord) -> list[tuple[str, str]]:
    """Return the number with its source and day, and what a second person should look at: that it is not of the first
    day, and that the tie is of results which were made when the number may have been known.
    """
    found = [
        (_("Nguồn đã công bố trong thể lệ"), source.words),
        (_("Ngày"), day(written.held_on)),
        (_("Số được công bố"), written.number),
        (_("Số chữ số"), _digits_words(source, written)),
    ]
    if source.changed:
        found.append((_("Nhóm đã thay đổi"), source.changed))
    if written.held_on == source.first:
        return found
    said = _("chỉ đúng khi từ ngày %(first)s đến trước ngày này nguồn không công bố số nào", first=day(source.first))
    return [*found, (_("Không phải ngày đầu tiên"), said)]


def _digits_words(source: NumberSource, written: NumberRecord) -> str:
    if source.digits is not None:
        return str(_("%(n)s, như thể lệ", n=source.digits))
    words = _("%(n)s; thể lệ không ghi số chữ số, xin so với số nguồn đã công bố", n=len(written.number))
    return str(words)


@dataclass(frozen=True)
class ShownDraw:
    """A recorded draw on a page: its prizes with who drew them, and the later one that replaced it."""

    draw: Draw
    prizes: str
    order: Sequence[tuple[str, str]]
    replaced_by: Draw | None = None
    again_key: str = ""


def shown_draw(
    draw: Draw, draws: Sequence[Draw], contest: WithPrizes, named: Mapping[str, str], again_key: str = ""
) -> ShownDraw:
    """Return *draw*, one of *draws*, with the names of its refs; *again_key* leads to recording it anew."""
    standing = {each.id for each in in_force([each.value for each in draws])}
    later = next((each for each in draws if each.id > draw.id and each.again and _meet(each, draw)), None)
    order = [
        (label, str(_("Phiếu %(n)s: %(who)s", n=ticket, who=named.get(draw.members[ticket - 1], ""))))
        for label, ticket in words.order_words(draw, contest)
    ]
    replaced = None if draw.id in standing else later
    return ShownDraw(draw, words.places_words(draw.prizes, contest), order, replaced, again_key)


def _meet(one: Draw, other: Draw) -> bool:
    return not set(one.members).isdisjoint(other.members)
