"""The window's language: English in the source, Simplified Chinese in assets/i18n (docs/translation.md)."""

from fewshot_gui.language.backend_words import said
from fewshot_gui.language.choice import LANGUAGES, current, install
from fewshot_gui.language.joining import sentences

__all__ = ["LANGUAGES", "current", "install", "said", "sentences"]
