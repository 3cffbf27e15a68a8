"""The participants' pages: register, enter, paper, submission."""
