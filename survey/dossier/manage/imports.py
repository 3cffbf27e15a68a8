"""The pages that import a list of dossiers."""

from collections.abc import Mapping
from typing import Any

from flask import url_for
from wtforms import BooleanField, Field

from commune.models import Office
from core.values.text import N_
from core.web.importing import Back, ImportPages
from survey.counter.manage.office import blueprint, office_or_404
from survey.dossier.files.imports import DossierSheets


def back(office: Office) -> Back:
    """Return the link to the office's page of dossiers."""
    return Back(url_for("survey_manage.dossiers", slug=office.slug), office.name)


def option_fields(chosen: Mapping[str, Any]) -> dict[str, Field]:
    """Return the questions of a list: whether it corrects what is stored, and whether it holds numbers of others."""
    return {
        "corrects": BooleanField(
            N_("Sửa theo bảng này ngày tiếp nhận, ngày hẹn trả, thủ tục, hình thức nộp của hồ sơ đã có"),
            default=bool(chosen.get("corrects")),
        ),
        "other_agencies": BooleanField(
            N_("Nhận cả hồ sơ mang mã cơ quan khác"), default=bool(chosen.get("other_agencies"))
        ),
    }


PAGES = ImportPages(
    kind=DossierSheets,
    permission="dossier.import",
    find=office_or_404,
    back=back,
    options=option_fields,
    options_template="survey/dossier/manage/_import_options.html",
    prefix="dossier_",
)
PAGES.add_to(blueprint, "/<slug>/ho-so/nhap")
