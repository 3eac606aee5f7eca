"""A workspace as values: the person's answers, how they came about, and what was on the screen."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from backend.types import ImageId


@dataclass(frozen=True, slots=True)
class Bin:
    """A class by example. ``colour`` is a slot in the palette that stays with the bin.

    A bin that is not ``on`` labels nothing and keeps everything. ``rejected`` are images that are not to be labelled
    so ("not this"); none of them is among the examples.
    """

    name: str
    colour: int
    examples: tuple[ImageId, ...] = ()
    on: bool = True
    rejected: tuple[ImageId, ...] = ()


BinState = tuple[Bin, ...]
"""All bins in their order on the screen. An image is an example in one of them at most."""


@dataclass(frozen=True, slots=True)
class Content:
    """Which content an answer is about: ``hash`` is the hex BLAKE2b-256 of the whole file, "" where it is not known
    yet."""

    size: int
    mtime_ns: int
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Landmark:
    """One of a folder's images, by which the folder is known again: path relative to it, size, hash of both ends."""

    path: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Folder:
    """An open folder."""

    path: Path
    landmarks: tuple[Landmark, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One thing the person did: its words in the menu, and the bins after it."""

    text: str
    after: BinState


@dataclass(frozen=True, slots=True)
class History:
    """What the person did, from ``first`` on; ``place`` steps of it are in force, the rest can be redone."""

    first: BinState = ()
    steps: tuple[Step, ...] = ()
    place: int = 0

    def states(self) -> tuple[BinState, ...]:
        """All bins there were: one state more than steps."""
        return (self.first, *(s.after for s in self.steps))

    def now(self) -> BinState:
        """The bins in force."""
        return self.states()[self.place]


@dataclass(frozen=True, slots=True)
class View:
    """What the gallery shows: its order and filter, the image at its top left and how far that is scrolled out of
    sight (logical pixels), and the selected image. ``errors`` is how many of 1,000 sure labels may be wrong; 0 where
    nobody has said. ``watch``: whether new files are to show by themselves. ``folded``: the bins that are one line;
    None where that is still the window's to choose."""

    order: str = "name"
    filter: str = "all"
    only: str = ""
    text: str = ""
    anchor: ImageId = ""
    offset: int = 0
    current: ImageId = ""
    errors: int = 0
    watch: bool = False
    folded: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the person's answer says of a label: its confidence before, 0..1, and whether it was ``right``. ``method``
    is the model and the method that gave it, "" where that is not known."""

    confidence: float
    right: bool
    method: str = ""


@dataclass(frozen=True, slots=True)
class Remarks:
    """What the person has said besides the answers. ``verdicts``: image → what its answer says of the label before it,
    the oldest first. ``dismissed``: images of groups that are not to be proposed as a bin. ``declined``: models that
    are not to be suggested. ``closed``: messages, by topic, that were closed and are not to say the same again.
    ``picked``: images that were answered while the window showed doubtful ones first, or alone."""

    verdicts: Mapping[ImageId, Verdict] = field(default_factory=dict)
    dismissed: tuple[ImageId, ...] = ()
    declined: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    picked: tuple[ImageId, ...] = ()


@dataclass(frozen=True, slots=True)
class Workspace:
    """All of it. The first of ``folders`` is the one that was opened; ``loose`` are single images from elsewhere.
    ``contents`` has every image that ``history`` names; predictions are never part of a workspace."""

    folders: tuple[Folder, ...] = ()
    history: History = field(default_factory=History)
    contents: Mapping[ImageId, Content] = field(default_factory=dict)
    view: View = field(default_factory=View)
    model: str = ""
    method: str = ""
    loose: tuple[Path, ...] = ()
    remarks: Remarks = field(default_factory=Remarks)


def images_of(bins: BinState) -> dict[ImageId, None]:
    """Every image the bins name, in order, as keys."""
    return dict.fromkeys(i for b in bins for i in (*b.examples, *b.rejected))


def images_in(history: History) -> dict[ImageId, None]:
    """Every image the history names, as keys."""
    named: dict[ImageId, None] = {}
    for state in history.states():
        named |= images_of(state)
    return named


def remarked(remarks: Remarks) -> dict[ImageId, None]:
    """Every image the remarks are about, as keys."""
    return dict.fromkeys((*remarks.verdicts, *remarks.dismissed, *remarks.picked))


def renamed_images(bins: BinState, rename: Callable[[ImageId], ImageId]) -> BinState:
    """The bins with other ids for the same images."""
    return tuple(
        replace(b, examples=tuple(map(rename, b.examples)), rejected=tuple(map(rename, b.rejected))) for b in bins
    )


def renamed_remarks(remarks: Remarks, rename: Callable[[ImageId], ImageId]) -> Remarks:
    """The remarks with other ids for the same images."""
    verdicts = {rename(i): v for i, v in remarks.verdicts.items()}
    dismissed, picked = (tuple(dict.fromkeys(map(rename, ids))) for ids in (remarks.dismissed, remarks.picked))
    return replace(remarks, verdicts=verdicts, dismissed=dismissed, picked=picked)


def with_renamed_images(workspace: Workspace, rename: Callable[[ImageId], ImageId]) -> Workspace:
    """The workspace with other ids for the same images."""
    history = workspace.history
    steps = tuple(replace(s, after=renamed_images(s.after, rename)) for s in history.steps)
    view = workspace.view
    return replace(
        workspace,
        history=replace(history, first=renamed_images(history.first, rename), steps=steps),
        contents={rename(i): c for i, c in workspace.contents.items()},
        view=replace(view, anchor=rename(view.anchor), current=rename(view.current)),
        remarks=renamed_remarks(workspace.remarks, rename),
    )


def relocated(workspace: Workspace, root: Path) -> Workspace:
    """The workspace with its first folder at ``root``."""
    old, *others = workspace.folders

    def rename(image: ImageId) -> ImageId:
        return moved_id(image, old.path, root)

    return replace(with_renamed_images(workspace, rename), folders=(replace(old, path=root), *others))


def moved_id(image: ImageId, old: Path, new: Path) -> ImageId:
    """The image's id once the folder ``old`` is at ``new``."""
    path = Path(image)
    return str(new / path.relative_to(old)) if path.is_relative_to(old) else image


def moved_ids(images: Iterable[ImageId], old: Path, new: Path) -> dict[ImageId, ImageId]:
    """Those of ``images`` that have other ids once ``old`` is at ``new``. An id that another of them has already stays
    that one's."""
    known = set(images)
    moved = {i: moved_id(i, old, new) for i in known}
    return {i: other for i, other in moved.items() if other not in known}
