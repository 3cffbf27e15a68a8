"""What a person may type in a contest, and how we explain what is wrong."""
