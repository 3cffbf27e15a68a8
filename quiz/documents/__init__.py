"""What a contest hands out as documents."""

from quiz.documents.held import held_docx

__all__ = ["held_docx"]
