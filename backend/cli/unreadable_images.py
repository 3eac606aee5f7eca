"""Reports unreadable training images at the end; exit code 1."""

from backend.cli.terminal import complain
from backend.episodes.image_set import LeftOut
from backend.types import Progress


class LeftOutTeller:
    """Collects the images that were left out while a job runs."""

    def __init__(self) -> None:
        self._reasons: dict[str, None] = {}

    def __call__(self, progress: Progress) -> None:
        """Looks at one step of the job."""
        if isinstance(progress, LeftOut):
            self._reasons |= dict.fromkeys(progress.reasons)

    def tell(self) -> int:
        """Names each on standard error; the exit code."""
        for reason in self._reasons:
            complain(f"Image not used: {reason}")
        return 1 if self._reasons else 0
