"""The blueprint of the administrator's pages."""

from flask import Blueprint

blueprint = Blueprint("account_manage", __name__, url_prefix="/quan-tri/tai-khoan/danh-sach")
