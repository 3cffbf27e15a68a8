"""The blueprint on which the participant's pages hang."""

from flask import Blueprint

blueprint = Blueprint("quiz", __name__, url_prefix="/thi")
