"""Imports run one way, Qt stays out of the backend, and torch is not loaded before it is needed."""

import subprocess
import sys
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


def test_the_contracts_of_pyproject_hold() -> None:
    # In a process of its own: import-linter sets up logging anew and would silence every logger there is.
    program = (
        "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True, no_logo=True))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


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


def test_the_probe_notices_torch() -> None:
    assert "torch" in loaded_by("backend.methods")
