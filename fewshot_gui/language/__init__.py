"""The window's language: English in the source, Simplified Chinese in assets/i18n (docs/translation.md)."""

from fewshot_gui.language.choice import LANGUAGES, current, install
from fewshot_gui.language.said import said

__all__ = ["LANGUAGES", "current", "install", "said"]
