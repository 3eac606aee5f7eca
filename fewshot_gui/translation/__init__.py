"""The window's language: English in the source, Simplified Chinese in assets/i18n (docs/translation.md)."""

from fewshot_gui.translation.backend_messages import said
from fewshot_gui.translation.language import LANGUAGES, current, install
from fewshot_gui.translation.sentence_joining import sentences

__all__ = ["LANGUAGES", "current", "install", "said", "sentences"]
