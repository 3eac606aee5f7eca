"""One few-shot method a file, its paper cited, its tensor shapes at each step."""

from backend.methods.base import Classifier, EpisodeBatch, InputKind, Method, Support
from backend.methods.prototypical import Prototypical

METHODS: dict[str, type[Method]] = {
    "prototypical": Prototypical,
}
"""Every method by its name on the command line."""

__all__ = ["METHODS", "Classifier", "EpisodeBatch", "InputKind", "Method", "Support"]
