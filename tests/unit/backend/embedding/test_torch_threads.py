"""What torch costs beside its arithmetic: threads that wait, and parts of it that nobody needs."""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow
FIT = """
import sys, torch
from backend.methods import METHODS, Support
support = Support(torch.randn(4, 8), torch.tensor([0, 0, 1, 1]))
METHODS["label-propagation"].for_inputs("vector", (8,)).fit(support, torch.randn(20, 8))
print("torch._dynamo" in sys.modules)
"""


def run(program: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    clean = {name: value for name, value in os.environ.items() if not name.startswith("OMP_")}
    return subprocess.run(
        [sys.executable, "-c", program], env={**clean, **variables}, capture_output=True, text=True, check=False
    )


@pytest.mark.skipif(sys.platform != "linux", reason="other systems' OpenMP prints something else, or nothing")
@pytest.mark.parametrize("module", ["backend.cli.main", "fewshot_gui.startup.launch"])
def test_torchs_threads_sleep_while_they_wait(module: str) -> None:
    program = f"import {module}, torch"
    assert "OMP_WAIT_POLICY = 'PASSIVE'" in run(program, OMP_DISPLAY_ENV="true").stderr


def test_how_threads_wait_is_the_persons_choice_where_there_is_one() -> None:
    program = "import backend, os; print(os.environ['OMP_WAIT_POLICY'])"
    assert run(program, OMP_WAIT_POLICY="ACTIVE").stdout == "ACTIVE\n"


def test_a_first_fit_does_not_load_torchs_compiler() -> None:
    done = run(FIT)
    assert (done.stdout, done.stderr) == ("False\n", "")
