"""The random value by which a browser is known while it takes part: a first-party cookie, used as evidence alone."""

from flask import Response, after_this_request, request

from core.crypto import new_key
from core.idempotency import KEY
from core.web.compression import compress_beside_cookie
from core.web.extensions import settings
from quiz.attempt.operations.evidence import EVIDENCE_DAYS

COOKIE = "thiet_bi"


def present_device() -> str:
    """Return the value of the present browser; a browser without one gets a new one with this reply.

    A browser that takes no cookies gets another value each time, and takes part like any other.
    """
    known = request.cookies.get(COOKIE, "")
    if KEY.fullmatch(known):
        return known
    made = new_key()
    compress_beside_cookie(request.environ)

    @after_this_request
    def keep(response: Response) -> Response:
        response.set_cookie(
            COOKIE,
            made,
            max_age=EVIDENCE_DAYS * 86_400,
            path="/thi",
            secure=settings().is_secure,
            httponly=True,
            samesite="Strict",
        )
        return response

    return made
