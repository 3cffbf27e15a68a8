"""The blueprint on which the staff's pages hang."""

from flask import Blueprint

blueprint = Blueprint("survey_manage", __name__, url_prefix="/quan-tri/danh-gia")
