"""Freed memory stays with the process: counted in page faults, in a process of its own."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

PROGRAM = """
import resource, sys
import numpy as np
from backend.embedding.memory import keep_freed_memory

if sys.argv[1] == "kept" and not keep_freed_memory():
    sys.exit(3)
np.ones(16_000_000)
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(5):
    np.ones(16_000_000)  # 128 MB
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def faults(how: str) -> int:
    done = subprocess.run([sys.executable, "-c", PROGRAM, how], capture_output=True, text=True, check=False, timeout=60)
    if done.returncode == 3:
        pytest.skip("no glibc here")
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="glibc only")
def test_freed_memory_is_not_given_back() -> None:
    assert faults("kept") < faults("given back") / 10


GIVE_BACK = """
import sys
import numpy as np
from backend.embedding.memory import give_back_memory, keep_freed_memory

def resident():
    return int(next(l for l in open("/proc/self/status") if l.startswith("VmRSS")).split()[1]) // 1024

if not keep_freed_memory():
    sys.exit(3)
held = [np.ones(1_000_000) for _ in range(40)]  # 320 MB
stays = np.ones(1000)  # behind them, so that the heap cannot simply shrink
del held
kept = resident()
give_back_memory()
print(kept - resident())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="glibc only")
def test_freed_memory_is_given_back_when_asked() -> None:
    command = [sys.executable, "-c", GIVE_BACK]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    if done.returncode == 3:
        pytest.skip("no glibc here")
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 250
