"""The tables of persons' rights, and what a room registers of the persons it holds data of."""

from privacy.models.consent import Consent
from privacy.models.request import PersonRequest, RequestStep, RequestSubject

__all__ = ["Consent", "PersonRequest", "RequestStep", "RequestSubject"]
