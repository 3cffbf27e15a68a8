"""The blueprint on which the organiser's pages hang."""

from flask import Blueprint

blueprint = Blueprint("quiz_manage", __name__, url_prefix="/quan-tri/cuoc-thi")
