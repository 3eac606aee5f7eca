"""Imports run one way, Qt stays out of the backend, and torch is not loaded before it is needed."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

WITHOUT_TORCH = [
    "backend",
    "backend.types",
    "backend.errors",
    "backend.storage",
    "backend.embedding.cache",
    "backend.images",
    "backend.jobs",
    "backend.selection.suggestion",
    "backend.labelling.thresholds",
    "backend.workspace",
    "backend.workspace.places",
    "backend.explain.reports",
    "backend.embedding.feature_map",
    "backend.evaluation.intervals",
    "backend.evaluation.reliability",
    "backend.export",
    "fewshot_gui",
]


@pytest.mark.slow
def test_the_contracts_of_pyproject_hold() -> None:
    # In a process of its own: import-linter sets up logging anew and would silence every logger there is.
    program = (
        "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True, no_logo=True))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def modules(package: str) -> dict[str, ast.Module]:
    """Name → syntax tree of every module below ``package``, which is a path from the checkout."""
    found = {}
    for path in (ROOT / package).rglob("*.py"):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        found[name] = ast.parse(path.read_text(encoding="utf-8"))
    return found


def imported(node: ast.AST) -> Iterator[str]:
    """Dotted names of what is imported anywhere below ``node``, inside functions too, but not for annotations alone."""
    match node:
        case ast.If(test=ast.Name("TYPE_CHECKING")):
            return
        case ast.Import():
            yield from (alias.name for alias in node.names)
        case ast.ImportFrom():
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
    for child in ast.iter_child_nodes(node):
        yield from imported(child)


@pytest.mark.parametrize("package", ["backend", "fewshot_gui"])
def test_no_module_imports_itself_by_way_of_others(package: str) -> None:
    trees = modules(package)
    graph = {}
    for name, tree in trees.items():
        found = {what if what in trees else what.rpartition(".")[0] for what in imported(tree)}
        graph[name] = found & trees.keys()
    TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle


def test_the_session_has_no_widget() -> None:
    found = {name: " ".join(imported(tree)) for name, tree in modules("fewshot_gui/session").items()}
    assert [name for name, names in found.items() if "PySide6.QtWidgets" in names] == []


def loaded_by(module: str) -> set[str]:
    """Top-level modules that are loaded once ``module`` is, in a fresh interpreter."""
    program = f"import {module}, sys; print(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


@pytest.mark.parametrize("module", WITHOUT_TORCH)
def test_torch_is_not_loaded_by(module: str) -> None:
    assert "torch" not in loaded_by(module)


def test_the_command_line_loads_neither_torch_nor_qt_to_print_its_help() -> None:
    assert not {"torch", "PySide6"} & loaded_by("backend.cli")


@pytest.mark.slow
def test_the_probe_notices_torch() -> None:
    assert "torch" in loaded_by("backend.methods")
