"""Writing results to files."""

from backend.export.table import ANSWERED_COLUMNS, COLUMNS, GIVEN, check_writable, rows_of, write_table

__all__ = ["ANSWERED_COLUMNS", "COLUMNS", "GIVEN", "check_writable", "rows_of", "write_table"]
