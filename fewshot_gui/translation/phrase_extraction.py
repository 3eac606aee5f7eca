"""Finds what the backend says to people, in its source. The backend knows no translation: the window looks up what it
says. A developer's tool (see ``update``).
"""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

LEFT_OUT = ("cli", "maintenance", "backbones", "episodes", "training", "evaluation")
"""The command line speaks English, as do the parts that only it uses."""
SENTENCES = ("RequestError", "DamagedError", "Sentence", "UnreadableImage")
"""What is called with sentences and values."""
TITLES = ("title", "TORCHVISION_TERMS")
"""What a method is called, in its class; what weights may be used for."""
KINDS, OTHER = "_KINDS", "other"
"""The table of kinds of files that are no images, and what all the rest is called."""
_SENTENCE = re.compile(r"^(?:[A-Z{“].*[.…]|an? \w[\w ]+)$", re.DOTALL)


def phrases(backend: Path, cards: Path) -> list[str]:
    """Sentences and titles of the backend in the order of the code points, with ``{0}``, ``{1}`` where values stand;
    among them the titles of the models in ``cards``."""
    found = {OTHER, *(json.loads(c.read_text(encoding="utf-8"))["title"] for c in cards.glob("*.json"))}
    for path in sorted(backend.rglob("*.py")):
        if not path.relative_to(backend).as_posix().startswith(LEFT_OUT):
            found.update(_said_in(ast.parse(path.read_text(encoding="utf-8"))))
    return sorted(found)


def _said_in(tree: ast.AST) -> Iterator[str]:
    passed_over = {id(node) for node in _unsaid(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SENTENCES:
            yield from (t for argument in node.args for t in _texts(argument))
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict) and _name(node) == KINDS:
            yield from (t for key in node.value.keys if key for t in _texts(key))
        elif isinstance(node, ast.Assign) and _name(node) in TITLES:
            yield from _texts(node.value)
        elif id(node) not in passed_over:
            yield from (t for t in _texts(node) if _SENTENCE.match(t))


def _name(node: ast.Assign) -> str:
    return node.targets[0].id if isinstance(node.targets[0], ast.Name) else ""


def _unsaid(tree: ast.AST) -> Iterator[ast.AST]:
    """Docstrings, strings that stand under a constant, and pieces of f-strings."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield from ast.walk(node)


def _texts(node: ast.AST) -> Iterator[str]:
    """The string that this expression is, or the two that it chooses from."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.search("[A-Za-z]{2}", node.value):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)
