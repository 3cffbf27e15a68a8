"""The page of a contest's files: the workbook and the final report."""
