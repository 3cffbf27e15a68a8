"""The tables of the prizes of units, as they were decided."""

from quiz.awards.models.collective import CollectiveAward, CollectiveDecision

__all__ = ["CollectiveAward", "CollectiveDecision"]
