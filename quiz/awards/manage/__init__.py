"""The organiser's pages of the files of a round and of a contest."""
