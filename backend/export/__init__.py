"""Writing results to files."""

from backend.export.table import COLUMNS, check_writable, rows_of, write_table

__all__ = ["COLUMNS", "check_writable", "rows_of", "write_table"]
