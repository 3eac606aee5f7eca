"""Matches answers to files by content, not by name or folder."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from backend.images import UnreadableImage, file_of
from backend.images.reading import open_regular
from backend.types import ImageFile, ImageId, Job, Progress
from backend.workspace.state import Content

STEP_BYTES = 16 * 2**20
"""Read between two steps: about 30 ms of hashing."""
APART = "\0"
"""No path holds it: it stands between an image's last path and its hash, once another content has that path."""


UNKNOWN = Content(0, 0)
"""Nothing is known yet: the answer goes by its path."""


@dataclass(frozen=True, slots=True)
class Hashed(Progress):
    """These files' contents are known now."""

    contents: Mapping[ImageId, Content] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Resolution:
    """Where the images with answers are now.

    ``moved``: id → new id; ``files``: the files of ids outside the folder; ``contents``: by new ids; ``missing``: new
    ids of images that are not to be found. Their answers wait.
    """

    moved: Mapping[ImageId, ImageId]
    files: tuple[ImageFile, ...]
    contents: Mapping[ImageId, Content]
    missing: frozenset[ImageId]


def last_path(image: ImageId) -> Path:
    """Where the image was seen last."""
    return Path(image.partition(APART)[0])


def lost_id(image: ImageId, content: Content) -> ImageId:
    """The id of an answer whose content is not to be found; it is nobody's path, so nothing else gets the answer."""
    return f"{last_path(image)}{APART}{content.hash or content.mtime_ns}"


def hash_files(files: Iterable[ImageFile]) -> Job[None]:
    """Hashes whole files; yields ``Hashed``. What cannot be read is left out."""
    files = tuple(files)
    for done, file in enumerate(files):
        digest = yield from _hash(file.path)
        known = {file.id: Content(file.size, file.mtime_ns, digest)} if digest else {}
        yield Hashed("hash", done + 1, len(files), known)


def resolve(answers: Mapping[ImageId, Content], files: Mapping[ImageId, ImageFile]) -> Job[Resolution]:
    """Finds every image of ``answers`` among the folder's ``files``, or at its own path outside the folder.

    A file that still has its path keeps its answer if the content is the same. An answer whose path is gone, or holds
    another content now, goes to a file of the same content that has no answer of its own: one of the same name
    first, so that of two duplicates each keeps its own.
    """
    search = _Search(answers, files)
    for image in answers:
        yield from search.stay(image)
    for image in answers:
        yield from search.move(image)
    return search.result()


class _Search:
    def __init__(self, answers: Mapping[ImageId, Content], files: Mapping[ImageId, ImageFile]) -> None:
        self._answers, self._files = answers, files
        self._hashes: dict[ImageId, str] = {}
        self._placed: dict[ImageId, ImageFile] = {}
        self._taken: set[ImageId] = set()
        self._sizes: dict[int, list[ImageFile]] = {}
        for file in files.values():
            self._sizes.setdefault(file.size, []).append(file)

    def stay(self, image: ImageId) -> Job[None]:
        """The image keeps its path where its content is still there."""
        file, content = self._at(image), self._answers[image]
        if file is None or (content != UNKNOWN and file.size != content.size):
            return
        found = yield from self._hash(file)
        unknown = content == UNKNOWN or (not content.hash and file.mtime_ns == content.mtime_ns)
        if unknown or not found or found == content.hash:  # one that cannot be read at the moment is not judged
            self._place(image, file)

    def move(self, image: ImageId) -> Job[None]:
        """An image that is not at its path any more is looked for by content."""
        content = self._answers[image]
        if image in self._placed or not content.hash:
            return
        name = last_path(image).name
        alike = sorted(self._sizes.get(content.size, []), key=lambda f: (f.path.name != name, f.id))
        for file in alike:
            if file.id not in self._taken and (yield from self._hash(file)) == content.hash:
                self._place(image, file)
                return

    def result(self) -> Resolution:
        ids = {i: self._placed[i].id if i in self._placed else self._lost(i) for i in self._answers}
        return Resolution(
            moved={old: new for old, new in ids.items() if old != new},
            files=tuple(f for f in self._placed.values() if f.id not in self._files),
            contents={new: self._content(old) for old, new in ids.items()},
            missing=frozenset(ids[i] for i in self._answers if i not in self._placed),
        )

    def _at(self, image: ImageId) -> ImageFile | None:
        if APART in image:
            return None
        path = Path(image)
        return self._files.get(image) or (file_of(path) if path.is_file() else None)

    def _lost(self, image: ImageId) -> ImageId:
        """Nothing else stands at the path of a file that is simply gone, so it may keep its name."""
        return lost_id(image, self._answers[image]) if self._at(image) is not None else image

    def _place(self, image: ImageId, file: ImageFile) -> None:
        self._placed[image] = file
        self._taken.add(file.id)

    def _content(self, image: ImageId) -> Content:
        file, old = self._placed.get(image), self._answers[image]
        return old if file is None else Content(file.size, file.mtime_ns, self._hashes.get(file.id) or old.hash)

    def _hash(self, file: ImageFile) -> Job[str]:
        if file.id not in self._hashes:
            self._hashes[file.id] = yield from _hash(file.path)
        return self._hashes[file.id]


def _hash(path: Path) -> Job[str]:
    """Hex BLAKE2b-256 of the whole file; "" where it cannot be read."""
    digest, told = hashlib.blake2b(digest_size=32), 0
    try:
        with open_regular(path) as file:
            while block := file.read(STEP_BYTES):
                digest.update(block)
                told += len(block)
                yield Progress("hash", told)
    except (UnreadableImage, OSError):
        return ""
    return digest.hexdigest()


def duplicates(keys: Mapping[ImageId, tuple[int, str]], paths: Mapping[ImageId, Path]) -> Job[dict[ImageId, str]]:
    """Images that have a twin: id → hash of the content that they share. ``keys`` (size and the hash of both ends)
    say which may be alike; only those are read."""
    groups: dict[tuple[int, str], list[ImageId]] = {}
    for image, key in keys.items():
        groups.setdefault(key, []).append(image)
    found: dict[str, list[ImageId]] = {}
    for image in (i for members in groups.values() if len(members) > 1 for i in members):
        digest = yield from _hash(paths[image])
        found.setdefault(digest, []).append(image)
    found.pop("", None)
    return {i: digest for digest, members in found.items() if len(members) > 1 for i in members}
