"""The files of a closed round and of a contest: workbooks, minutes, decisions, bulletins, certificates."""
