"""``backend.jobs`` gives every job that its types promise, and imports it at its first step."""

import ast
import inspect
from importlib import import_module
from pathlib import Path

import pytest

from backend import jobs


def promised() -> dict[str, str]:
    """Job → module, as type checkers see them."""
    tree = ast.parse(Path(str(jobs.__file__)).read_text(encoding="utf-8"))
    [block] = [node for node in tree.body if isinstance(node, ast.If)]
    found = [node for node in block.body if isinstance(node, ast.ImportFrom) and node.module != "collections.abc"]
    return {alias.name: str(node.module) for node in found for alias in node.names}


def test_what_type_checkers_see_is_what_there_is() -> None:
    assert promised() == jobs._MODULES


@pytest.mark.parametrize("name", sorted(promised()))
def test_a_job_does_nothing_before_its_first_step(name: str) -> None:
    assert inspect.isgenerator(getattr(jobs, name)("no", "such", "arguments"))
    assert callable(getattr(import_module(promised()[name]), name))


def test_other_names_are_refused() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        jobs.nonsense  # noqa: B018
