"""Fields say what belongs to them: the hint below its box, and whether an answer is needed."""

import re

import pytest
from flask import render_template_string
from wtforms import BooleanField, Form, RadioField, StringField
from wtforms.validators import InputRequired

from core.crypto import new_key
from core.web.forms import CitizenForm, StaffForm, TextField, options
from tests.support.refused_forms import find_faults

IMPORT = (
    '{% from "_macros/fields.html" import checkbox_field, error_summary, text_field %}'
    '{% from "_macros/faces.html" import face_group %}'
)


class Sample(Form):
    agreed = BooleanField("Tôi đồng ý")
    name = StringField("Họ và tên", validators=[InputRequired("Xin nhập họ và tên.")])
    note = StringField("Lời nhắn")
    form_errors: list[str]


def rendered(app, field, form=None):
    with app.test_request_context():
        return render_template_string(IMPORT + "{{ " + field + " }}", form=form or Sample())


def test_a_hint_stands_below_its_checkbox_and_is_read_with_it(app):
    box = rendered(app, 'checkbox_field(form.agreed, hint="Rút lại lúc nào cũng được.")')

    parts = [box.index(part) for part in ("<label", "Tôi đồng ý", "</label>", '<p class="hint" id="agreed-hint">')]
    assert parts == sorted(parts)
    assert 'aria-describedby="agreed-hint"' in box


@pytest.mark.parametrize(
    ("field", "mark"),
    [
        ("text_field(form.name)", None),
        ("text_field(form.note)", "(không bắt buộc)"),
        ('text_field(form.note, mark="")', None),
        ('text_field(form.note, mark="(bắt buộc khi không đồng ý)")', "(bắt buộc khi không đồng ý)"),
    ],
)
def test_a_field_is_called_optional_where_it_is(app, field, mark):
    found = re.search(r'<span class="optional">(.*?)</span>', rendered(app, field))

    assert (found and found[1]) == mark


def test_a_refusal_that_no_field_can_mend_is_not_called_a_mistake_to_correct(app):
    form = Sample()
    form.form_errors.append("Bạn đã đăng ký cuộc thi này.")

    refused = rendered(app, "error_summary(form)", form)
    form.name.errors = ["Xin nhập họ và tên."]
    both = rendered(app, "error_summary(form)", form)

    assert ("Chưa gửi được" in refused, "Cần sửa" in refused) == (True, False)
    assert "Xin xem lại 2 chỗ" in both


def test_the_summary_names_a_field_whose_sentence_stands_beside_it(app):
    form = Sample()
    form.name.errors, form.agreed.errors = ["Xin nhập họ và tên."], []

    one = rendered(app, "error_summary(form)", form)
    form.agreed.errors = ["Cần ông/bà đồng ý."]
    two = rendered(app, "error_summary(form)", form)

    assert ('Xin xem lại: <a href="#name">Họ và tên</a>' in one, "Xin nhập" in one) == (True, False)
    assert ('<a href="#agreed">Tôi đồng ý</a>' in two, "Cần ông/bà" in two) == (True, False)


@pytest.mark.parametrize(
    ("page", "faults"),
    [
        ('<ul class="places"><li><a href="#a">A</a></li></ul><input id="a"><p id="a-error">', []),
        ('<ul class="places"><li><a href="#a">A</a></li></ul><input id="a">', ["no sentence at #a"]),
        ('<p>Xin xem lại: <a href="#b-0">B</a></p><input id="b-0"><p id="b-error">', []),
        ('<p>Xin xem lại: <a href="#b-0">B</a></p><p id="b-error">', ["no field #b-0"]),
        ('<button form="sent-form" name="doc-tiep">', ["no form #sent-form"]),
    ],
)
def test_a_summary_without_its_sentence_is_found(page, faults):
    assert find_faults(page) == faults


def test_a_page_that_waited_too_long_is_not_called_a_mistake(app):
    class Citizen(CitizenForm):
        name = TextField("Họ và tên")

    with app.test_request_context(method="POST", data={"key": new_key(), "form_token": "old"}):
        form = Citizen()
        form.validate()
        summary = render_template_string(IMPORT + "{{ error_summary(form) }}", form=form)

    assert '<div class="notice warn" role="status" tabindex="-1" data-focus><p>Trang đã mở quá lâu.' in summary
    assert 'role="alert"' not in summary


def test_each_face_of_a_missing_answer_is_marked_invalid(app):
    class Faces(Form):
        level = RadioField("Mức", choices=options([(5, "Rất hài lòng"), (4, "Hài lòng")]))

    form = Faces()
    whole = rendered(app, "face_group(form.level, 'Ông/bà hài lòng không?')", form)
    form.level.errors = ["Xin chọn một mức."]
    missing = rendered(app, "face_group(form.level, 'Ông/bà hài lòng không?')", form)

    assert (whole.count('aria-invalid="true"'), missing.count('aria-invalid="true"')) == (0, 2)


def test_mistakes_are_listed_in_the_order_of_the_page(app):
    class Present(StaffForm):
        present = StringField("Nay", validators=[InputRequired("Thiếu nay.")])

    class Change(StaffForm):
        new = StringField("Mới", validators=[InputRequired("Thiếu mới.")])

    class Both(Change, Present):
        first_fields = ("present",)
        last_fields = ("new",)

    with app.test_request_context(method="POST", data={"x": "y"}):
        form = Both()
        form.validate()
        summary = render_template_string(IMPORT + "{{ error_summary(form) }}", form=form)

    assert summary.index(">Nay</a>") < summary.index(">Mới</a>")
