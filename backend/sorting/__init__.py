"""Files images into folders by their labels, with a journal, so that a sort can be finished or undone at any time."""

from backend.sorting.journal import newest, placed_before
from backend.sorting.modes import Mode, check_mode
from backend.sorting.names import folder_names
from backend.sorting.plan import Plan, make_plan
from backend.sorting.sort import Outcome, check_free, resume, sort
from backend.sorting.undo import undo

__all__ = [
    "Mode",
    "Outcome",
    "Plan",
    "check_free",
    "check_mode",
    "folder_names",
    "make_plan",
    "newest",
    "placed_before",
    "resume",
    "sort",
    "undo",
]
