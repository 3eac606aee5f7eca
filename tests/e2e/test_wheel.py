"""The wheel works away from the checkout: it carries the assets, finds them, and runs."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ASSETS = ROOT / "assets"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built with what is installed: no network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the unpacked wheel; a pure-Python wheel needs no more to be imported."""
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def files_below(folder: Path) -> list[Path]:
    return [p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts]


def run(program: str, installed: Path, cwd: Path) -> str:
    environment = os.environ | {"PYTHONPATH": str(installed)}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_carries_code_assets_and_licence(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assets = {f"backend/_assets/{p.relative_to(ASSETS).as_posix()}" for p in files_below(ASSETS)}
    assert assets
    assert assets <= names
    code = {p.relative_to(ROOT).as_posix() for top in ("backend", "fewshot_gui") for p in files_below(ROOT / top)}
    assert code <= names
    assert any(name.endswith("/licenses/LICENSE") for name in names)


def test_the_wheel_carries_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"backend", "fewshot_gui"}


def test_assets_are_found_in_the_wheel_and_in_the_checkout(installed: Path, tmp_path: Path) -> None:
    program = "import backend.storage; print(backend.storage.assets())"
    assert Path(run(program, installed, tmp_path).strip()) == installed / "backend" / "_assets"
    assert Path(run(program, ROOT, tmp_path).strip()) == ASSETS


def test_the_command_runs_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    program = "import sys; from backend.cli import main; sys.exit(main(['models', '--json']))"
    models = json.loads(run(program, installed, tmp_path))["models"]
    assert "characters" in [model["name"] for model in models]
    origin = run("import backend.cli; print(backend.cli.__file__)", installed, tmp_path)
    assert Path(origin.strip()).is_relative_to(installed)


def test_the_documents_that_the_window_shows_are_in_the_wheel_and_in_the_checkout(
    installed: Path, tmp_path: Path
) -> None:
    names = "sorted(p.name for n in ('help', 'methods') for p in backend.storage.docs().glob(f'{n}*.md'))"
    program = f"import backend.storage; print(*{names})"
    expected = "help.md help.zh_CN.md methods.md methods.zh_CN.md\n"
    assert run(program, installed, tmp_path) == run(program, ROOT, tmp_path) == expected
