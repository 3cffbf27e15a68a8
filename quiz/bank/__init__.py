"""The bank: questions, their choices, and how offices write them."""
