"""The organiser's forms: a contest and its questions, pasted as text."""

import re
from datetime import date, timedelta
from typing import Any

from wtforms import BooleanField, DateField, RadioField, SelectMultipleField, TextAreaField, ValidationError
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from commune.forms import HotlineField, at_most
from core.forms import CountField, PickField, StaffForm, TextField, options
from core.values.text import clean
from core.values.week import monday_of
from core.web.filters import WEEKDAYS, day
from quiz.forms.question_text import DraftQuestion, questions_as_text, read_questions
from quiz.labels import PRESET
from quiz.rules.prizes import Tier

__all__ = ["ContestForm", "DraftQuestion", "QuestionsForm", "questions_as_text", "read_questions"]

TIER = re.compile(r"(?P<name>.+?)\s*[:=]\s*(?P<quantity>\d{1,4})")
LONGEST_TIER = 60
AHEAD = timedelta(days=731)
"""Two years: what is typed further ahead is a slip."""
BEHIND = timedelta(days=3653)
"""Ten years: contests held before are no longer brought in."""


class ContestForm(StaffForm):
    """A contest: whose, for whom, by which rules, from when, for how long, with which prizes."""

    title = TextField("Tên cuộc thi", validators=[InputRequired("Xin nhập tên cuộc thi."), at_most(200)])
    unit = PickField("Đơn vị tổ chức", missing="Xin chọn đơn vị tổ chức.")
    organiser = TextField("Ban Tổ chức", validators=[InputRequired("Xin nhập tên Ban Tổ chức."), at_most(200)])
    hotline = HotlineField("Số điện thoại hỗ trợ")
    summary = TextAreaField("Giới thiệu ngắn", filters=[lambda text: (text or "").strip()], validators=[at_most(2000)])
    preset = RadioField("Thể lệ xếp hạng", choices=options(PRESET.items()), default="lam-binh")
    first_day = DateField(
        "Tuần đầu bắt đầu từ", format="%Y-%m-%d", validators=[InputRequired("Xin chọn ngày bắt đầu.")]
    )
    is_held = BooleanField("Cuộc thi đã tổ chức trên giấy hoặc nơi khác; bài dự thi sẽ nhập từ bảng tính")
    weeks = CountField("Số tuần", default=4, validators=[InputRequired("Xin nhập số tuần.")])
    limit_minutes = CountField("Số phút làm bài", default=15, validators=[InputRequired("Xin nhập số phút.")])
    units = SelectMultipleField(
        "Đơn vị dự thi", coerce=int, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(),
        filters=[lambda ids: list(dict.fromkeys(ids or []))],
        validators=[InputRequired("Xin chọn ít nhất một đơn vị.")],
    )  # fmt: skip
    tiers = TextAreaField("Giải mỗi tuần", default="Giải Nhất: 1\nGiải Nhì: 2\nGiải Ba: 3")

    def expect(self, *, today: date) -> "ContestForm":
        """Tell the form what day it is."""
        self.today = today
        return self

    def validate_first_day(self, field: Any) -> None:
        """A week begins on its Monday, and that Monday must be to come, unless the contest was held elsewhere."""
        if field.data is None:
            return
        monday, week = monday_of(field.data), timedelta(weeks=1)
        if self.is_held.data:
            if not self.today - BEHIND <= monday <= self.today:
                raise ValidationError("Cuộc thi đã tổ chức thì tuần đầu nằm trong mười năm qua.")
            return
        if self.today < monday <= self.today + AHEAD:
            return
        if monday <= self.today < field.data and field.data != monday:
            weekday = WEEKDAYS[field.data.weekday()]
            raise ValidationError(f"Ngày này là {weekday}. Tuần thi bắt đầu từ thứ Hai: chọn {day(monday + week)}.")
        raise ValidationError("Xin chọn một tuần sắp tới.")

    def validate_weeks(self, field: Any) -> None:
        """1 to 52."""
        if field.data is not None and not 1 <= field.data <= 52:
            raise ValidationError("Số tuần từ 1 đến 52.")

    def validate_limit_minutes(self, field: Any) -> None:
        """1 to 180."""
        if field.data is not None and not 1 <= field.data <= 180:
            raise ValidationError("Số phút từ 1 đến 180.")

    def validate_tiers(self, field: Any) -> None:
        """A prize a line, with how many of it there are."""
        self.read_tiers = []
        for line in filter(None, map(clean, (field.data or "").splitlines())):
            match = TIER.fullmatch(line)
            if match is None or not 1 <= int(match["quantity"]) <= 1000:
                raise ValidationError(f"Dòng “{line}”: xin ghi như “Giải Nhất: 1”.")
            if len(match["name"]) > LONGEST_TIER:
                raise ValidationError(f"Tên giải “{match['name']}” dài quá {LONGEST_TIER} chữ. Xin rút ngắn lại.")
            self.read_tiers.append(Tier(match["name"], int(match["quantity"])))


class QuestionsForm(StaffForm):
    """The questions of a round as one text: a blank line between questions, * before the right choice."""

    text = TextAreaField("Câu hỏi của tuần", validators=[InputRequired("Xin dán câu hỏi."), at_most(60_000)])

    def validate_text(self, field: Any) -> None:
        """Each block must be a question with two choices at least and a right one."""
        try:
            self.questions = read_questions(field.data)
        except ValueError as error:
            raise ValidationError(str(error)) from error
