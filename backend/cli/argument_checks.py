"""Argument checks that several commands share."""

from backend.errors import RequestError


def check_share(name: str, value: float) -> None:
    """Raises RequestError unless 0 ≤ value ≤ 1."""
    if not 0 <= value <= 1:
        raise RequestError("Out of range", f"{name} is {value}; it must lie between 0 and 1.", "Give such a number.")
