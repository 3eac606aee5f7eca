import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

PROGRAM = """
import sys
from pathlib import Path
from fewshot_gui.session.torch_preload import load_libraries
steps = list(load_libraries())
assert steps and steps[-1].done == steps[-1].total
assert "torch" not in sys.modules
assert "libtorch_cpu" in Path("/proc/self/maps").read_text()
import torch
assert torch.ones(2).sum() == 2
assert list(load_libraries()) == []
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_the_libraries_are_linked_before_torch_is_imported_and_torch_then_works() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], check=False, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
