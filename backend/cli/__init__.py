"""The command ``fewshot``. Nothing heavy is imported before the arguments are understood."""

from backend.cli.main import main

__all__ = ["main"]
