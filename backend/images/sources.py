"""Everything a window shows: its folder, further folders, and single images from elsewhere, as one listing."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from backend.errors import RequestError
from backend.images.listing import file_of, list_images
from backend.types import Found, ImageFile, Job, Listing


@dataclass(frozen=True, slots=True)
class Sources:
    """``root`` is the folder that was opened; ``folders`` and single images (``loose``) stand beside it."""

    root: Path
    folders: tuple[Path, ...] = ()
    loose: tuple[Path, ...] = ()

    def holds(self, path: Path) -> bool:
        """Whether ``path`` lies in one of the folders, or is one."""
        return any(path.is_relative_to(f) for f in (self.root, *self.folders))


def list_sources(sources: Sources, leave_out: Sequence[Path] = ()) -> Job[Listing]:
    """Lists all of ``sources``, the root first; yields ``Found``. Every image stands in it once.

    A further folder that cannot be listed is named in ``lost``, a single image that is gone is left out.

    Raises:
        RequestError: the root cannot be listed.
    """
    found: dict[Path, ImageFile] = {}
    skipped: Counter[str] = Counter()
    problems: list[str] = []
    inside: list[Path] = []
    lost: list[Path] = []
    for folder in (sources.root, *sources.folders):
        try:
            part = yield from list_images(folder, leave_out)
        except RequestError:
            if folder == sources.root:
                raise
            lost.append(folder)
            continue
        found |= {f.path: f for f in part.files if f.path not in found}
        skipped += part.skipped
        problems += part.problems
        inside += part.folders
    loose = [file_of(path) for path in sources.loose if path not in found and path.exists()]
    yield Found("list", len(found) + len(loose), len(found) + len(loose), tuple(loose))
    files = (*found.values(), *loose)
    return Listing(sources.root, files, skipped, tuple(problems), tuple(dict.fromkeys(inside)), tuple(lost))


def namer(sources: Sources) -> Callable[[Path], str]:
    """How images are called, with forward slashes: by their path under the folder, as long as it is the only one.

    With several folders the folder's name goes before it, and as many folders above it as it takes to tell all of them
    apart. Single images from elsewhere keep their whole path.
    """
    folders = (sources.root, *sources.folders)
    if len(folders) == 1:
        root = sources.root
        return lambda path: path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
    names = dict(zip(folders, _tails(folders), strict=True))
    deepest_first = sorted(folders, key=lambda f: -len(f.parts))

    def name(path: Path) -> str:
        above = next((f for f in deepest_first if path.is_relative_to(f)), None)
        return path.as_posix() if above is None else f"{names[above]}/{path.relative_to(above).as_posix()}"

    return name


def _tails(folders: Sequence[Path]) -> list[str]:
    """The last parts of each path, the same number of all, so that no two are alike, and no names below them."""
    parts = [[p for p in (f.drive.rstrip(":"), *f.parts[1:]) if p] for f in folders]
    for length in range(1, max(map(len, parts)) + 1):
        tails = ["/".join(p[-length:]) for p in parts]
        if len(set(tails)) == len(tails):
            break
    return tails
