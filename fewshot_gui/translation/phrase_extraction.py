"""Finds what the backend says to people, in its source. The backend knows no translation: the window looks up what it
says. A developer's tool (see ``update``).
"""

import ast
import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path

LEFT_OUT = ("cli", "maintenance", "backbones", "episodes", "training", "evaluation")
"""The command line speaks English, as do the parts that only it uses."""
ERRORS = ("RequestError", "DamagedError")
TITLES = ("title", "TORCHVISION_TERMS")
"""What a method is called, in its class; what weights may be used for."""
KINDS, OTHER = "_KINDS", "other"
"""The table of kinds of files that are no images, and what all the rest is called."""
_SENTENCE = re.compile(r"^(?:[A-Z{“].*[.…]|an? \w[\w ]+)$", re.DOTALL)
_MOST_FORMS = 8


def phrases(backend: Path, cards: Path) -> list[str]:
    """Sentences and titles of the backend in the order of the code points, with ``{0}``, ``{1}`` where values stand;
    among them the titles of the models in ``cards``."""
    found = {OTHER, *(json.loads(c.read_text(encoding="utf-8"))["title"] for c in cards.glob("*.json"))}
    for path in sorted(backend.rglob("*.py")):
        if not path.relative_to(backend).as_posix().startswith(LEFT_OUT):
            found.update(_said_in(ast.parse(path.read_text(encoding="utf-8"))))
    return sorted(found)


def _said_in(tree: ast.AST) -> Iterator[str]:
    docstrings = {id(d) for d in _docstrings(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS:
            for argument in node.args:
                yield from _texts(argument)
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict) and _name(node) == KINDS:
            yield from (t for key in node.value.keys if key for t in _texts(key))
        elif isinstance(node, ast.Assign) and _name(node) in TITLES:
            yield from _texts(node.value)
        elif isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in docstrings:
            yield from (t for t in _texts(node) if _SENTENCE.match(t))


def _name(node: ast.Assign) -> str:
    return node.targets[0].id if isinstance(node.targets[0], ast.Name) else ""


def _docstrings(tree: ast.AST) -> Iterator[ast.AST]:
    """Strings that are statements: docstrings, and those that stand under a constant."""
    return (node.value for node in ast.walk(tree) if isinstance(node, ast.Expr))


def _texts(node: ast.AST) -> Iterator[str]:
    """The forms that this expression can take; nothing where it is no text of its own."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.search("[A-Za-z]", node.value):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        yield from _numbered(itertools.product(_parts(node.left), _parts(node.right)))
    elif isinstance(node, ast.JoinedStr):
        yield from _numbered(itertools.product(*(_parts(value) for value in node.values)))


def _parts(node: ast.AST) -> list[str]:
    """The forms of one piece of an f-string; a value is a mark, unless it is one of two words that are written out."""
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.FormattedValue):
        node = node.value
    if isinstance(node, ast.IfExp):
        return [*_parts(node.body), *_parts(node.orelse)]
    return ["\0"]


def _numbered(forms: Iterator[tuple[str, ...]]) -> Iterator[str]:
    for form in itertools.islice(forms, _MOST_FORMS):
        pieces = "".join(form).split("\0")
        text = pieces[0] + "".join(f"{{{n}}}{piece}" for n, piece in enumerate(pieces[1:]))
        if re.search("[A-Za-z]{2}", re.sub(r"{\d}", "", text)):
            yield text
