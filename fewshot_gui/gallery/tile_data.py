"""Data of a tile: label, confidence, and the same in words."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from backend.types import ImageFile, ImageId
from fewshot_gui.session.acceptance_threshold import AcceptanceThreshold
from fewshot_gui.session.bin_store import BinStore
from fewshot_gui.session.folder.current_labels import CurrentLabels
from fewshot_gui.session.folder.library import Library
from fewshot_gui.translation import said
from fewshot_gui.translation.confidence_text import figure

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Tile:
    """What a tile shows. ``colour`` is the label's bin's palette slot; ``given`` where the person said so; ``unsure``
    also where there is one bin only, whose name is then no verdict; ``none`` where the person has ruled out every bin;
    ``twin`` where another image has the same content; ``rejected`` are the bins that it is not to be labelled with."""

    file: ImageFile
    name: str
    label: str = ""
    colour: int | None = None
    figure: str = ""
    given: bool = False
    unsure: bool = False
    none: bool = False
    unreadable: str = ""
    twin: bool = False
    rejected: tuple[str, ...] = ()


class TileData:
    """What is shown of each image now. ``claims`` are labels that stay on their images meanwhile."""

    def __init__(self, library: Library, bins: BinStore, threshold: AcceptanceThreshold) -> None:
        self._library, self._bins, self._threshold = library, bins, threshold
        self._current_labels = CurrentLabels(library, bins)
        self.claims: dict[ImageId, str] = {}

    def tile(self, image: ImageId) -> Tile:
        """Everything that a tile shows."""
        file = self._library.files[image]
        name, twin = file.path.name, image in self._library.duplicates
        given, broken = self._bins.owner(image), self._library.unreadable.get(image, "")
        if given is not None:
            return Tile(file, name, given.name, given.colour, given=True, unreadable=broken, twin=twin)
        if broken:
            return Tile(file, name, unreadable=broken, twin=twin)
        rejected = tuple(sorted(self._bins.rejected().get(image, ())))
        label, confidence = self.predicted(image)
        owner, prediction = self._bins.find(label), self._current_labels.prediction(image)
        if owner is None:
            none = prediction is not None and not prediction.label
            return Tile(file, name, unsure=none, none=none, twin=twin, rejected=rejected)
        shown = figure(confidence, prediction.similarity if prediction is not None else None)
        return Tile(
            file, name, owner.name, owner.colour, shown, unsure=self.is_unsure(image), twin=twin, rejected=rejected
        )

    def predicted(self, image: ImageId) -> tuple[str, float | None]:
        """The predicted label that is shown and how sure it is; "" for none."""
        claim = self.claims.get(image)
        if claim is not None and claim not in self._bins.rejected().get(image, ()):
            return claim, None
        prediction = self._current_labels.prediction(image)
        return ("", None) if prediction is None else (prediction.label, prediction.confidence)

    def name(self, image: ImageId) -> str:
        """The bin that the image stands for: the person's answer, else the predicted label; "" for none."""
        return self._current_labels.label(image)

    def confidence(self, image: ImageId) -> float | None:
        """How sure that is: see ``Present.confidence``."""
        return self._current_labels.confidence(image)

    def is_open(self, image: ImageId) -> bool:
        """Whether the image still wants an answer; where a label is claimed for it, an answer about that label."""
        if image in self._library.unreadable or self._bins.answered(image):
            return False
        return self.claims.get(image) not in self._bins.rejected().get(image, frozenset())

    def is_unsure(self, image: ImageId) -> bool:
        """Whether the label is a mere guess (see ``AcceptanceThreshold``)."""
        return image not in self.claims and self._threshold.is_unsure(image)

    def words(self, image: ImageId) -> str:
        """What the tile says, in words."""
        return in_words(self.tile(image), self._library.relative(image))


def in_words(tile: Tile, name: str) -> str:
    """What ``tile`` says, its image being called ``name``."""
    words = name
    if tile.given:
        words = translate("GalleryModel", "{name}: example of {label}").format(name=name, label=tile.label)
    elif tile.none or tile.label:
        words = f"{name}: {label_words(tile)} {tile.figure}".rstrip()
    if tile.unreadable:
        pattern = translate("GalleryModel", "{name}: cannot be read. {reason}")
        return pattern.format(name=words, reason=said(tile.unreadable))
    if tile.rejected and not tile.none:
        words += translate("GalleryModel", "; not {}").format(", ".join(tile.rejected))
    return words + translate("GalleryModel", "; there is another with the same content") if tile.twin else words


def label_words(tile: Tile) -> str:
    """The label, or that there is none to be had; "" before there is one."""
    return translate("GalleryModel", "none of these") if tile.none else tile.label
