"""The question bank: questions, their choices, and the text form in which offices write them."""
