"""L-BFGS against minima that are known, and what it spares: torch's compiler is not loaded for a fit."""

import subprocess
import sys
from pathlib import Path

import torch
from torch import Tensor

from backend.methods.lbfgs import minimise


def test_it_finds_the_minimum_of_an_ill_conditioned_quadratic() -> None:
    scales = torch.logspace(-3, 1, 30).double()
    minimum = torch.linspace(-2, 2, 30).double()

    def quadratic(x: Tensor) -> tuple[Tensor, Tensor]:
        away = x - minimum
        return 0.5 * (scales * away**2).sum(), scales * away

    found = minimise(quadratic, torch.zeros(30).double(), steps=300, tolerance=1e-9)
    assert torch.allclose(found, minimum, atol=1e-5)


def test_it_stops_at_once_at_the_minimum_and_where_rounding_ends_all_progress() -> None:
    calls: list[Tensor] = []

    def bowl(x: Tensor) -> tuple[Tensor, Tensor]:
        calls.append(x)
        return (x**2).sum() + 1, 2 * x

    start = torch.zeros(3)
    assert torch.equal(minimise(bowl, start, 100, 1e-6), start) and len(calls) == 1
    found = minimise(bowl, torch.tensor([1e-3, 0.0, 1.0]), 100, 0.0)  # no gradient is smaller than nought
    assert float(found.abs().max()) < 1e-3 and len(calls) < 300


def test_a_fit_does_not_load_torchs_compiler() -> None:
    program = (
        "import sys, torch; from backend.methods import METHODS, Support;"
        "support = Support(torch.randn(4, 8), torch.tensor([0, 0, 1, 1]));"
        "METHODS['label-propagation'].for_inputs('vector', (8,)).fit(support, torch.randn(20, 8));"
        "print('torch._dynamo' in sys.modules)"
    )
    root = Path(__file__).parents[4]
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=root, check=True)
    assert done.stdout.strip() == "False"
