"""The pages of people who take part: enter, paper, submission."""
