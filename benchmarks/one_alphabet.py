"""One-shot tasks within one unseen alphabet, through the real command: ``python -m benchmarks.one_alphabet --data
ZIP``.

Each task takes twenty characters of one alphabet, one drawing as the example and another as the query (as in Lake,
Salakhutdinov & Tenenbaum 2015, but with drawers mixed), writes them as files and calls ``fewshot classify``.
"""

import argparse
import csv
import io
import sys
import zipfile
from collections.abc import Sequence
from contextlib import redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from backend.cli import main as fewshot

WAY = 20


def characters(archive: zipfile.ZipFile) -> dict[str, dict[str, list[str]]]:
    """Alphabet → character → names of its drawings."""
    found: dict[str, dict[str, list[str]]] = {}
    for name in sorted(n for n in archive.namelist() if n.endswith(".png")):
        *_, alphabet, character, _ = name.split("/")
        found.setdefault(alphabet, {}).setdefault(character, []).append(name)
    return {a: c for a, c in found.items() if len(c) >= WAY}


def write_task(archive: zipfile.ZipFile, folder: Path, rng: np.random.Generator) -> dict[str, str]:
    """Writes folder/examples/<character>/example.png and folder/images/NN.png; returns the truth by image name."""
    alphabets = characters(archive)
    chosen = alphabets[str(rng.choice(sorted(alphabets)))]
    truth = {}
    for number, character in enumerate(rng.choice(sorted(chosen), WAY, replace=False)):
        example, query = rng.choice(chosen[character], 2, replace=False)
        target = folder / "examples" / str(character) / "example.png"
        target.parent.mkdir(parents=True)
        target.write_bytes(archive.read(str(example)))
        (folder / "images").mkdir(exist_ok=True)
        (folder / "images" / f"{number:02d}.png").write_bytes(archive.read(str(query)))
        truth[f"{number:02d}.png"] = str(character)
    return truth


def accuracy(archive: zipfile.ZipFile, rng: np.random.Generator, options: Sequence[str]) -> float:
    with TemporaryDirectory() as name, redirect_stdout(io.StringIO()):
        folder = Path(name)
        truth = write_task(archive, folder, rng)
        table = folder / "labels.csv"
        arguments = ["classify", str(folder / "images"), "--examples", str(folder / "examples"), "--out", str(table)]
        if fewshot([*arguments, *options]) != 0:
            raise SystemExit("fewshot classify failed")
        with table.open(newline="", encoding="utf-8") as file:
            return float(np.mean([row["label"] == truth[row["path"]] for row in csv.DictReader(file)]))


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.one_alphabet", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--tasks", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    arguments, options = parser.parse_known_args(argv)
    rng = np.random.default_rng(arguments.seed)
    with zipfile.ZipFile(arguments.data) as archive:
        results = [100 * accuracy(archive, rng, options) for _ in range(arguments.tasks)]
    print(f"{arguments.tasks} tasks, seed {arguments.seed}: {np.mean(results):.1f} % right (worst {min(results):.0f})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
