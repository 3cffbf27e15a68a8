"""The blueprint on which the administrator's pages hang."""

from flask import Blueprint

blueprint = Blueprint("account_manage", __name__, url_prefix="/quan-tri/tai-khoan/danh-sach")
