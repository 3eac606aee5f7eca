"""Writing results to files."""

from backend.export.table import COLUMNS, GIVEN, check_writable, rows_of, write_table

__all__ = ["COLUMNS", "GIVEN", "check_writable", "rows_of", "write_table"]
