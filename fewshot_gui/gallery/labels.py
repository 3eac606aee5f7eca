"""What the gallery's tiles say: a label, how sure it is, and the same in words."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from backend.types import ImageFile, ImageId
from fewshot_gui.bins.store import BinStore
from fewshot_gui.folder.library import Library
from fewshot_gui.language import said
from fewshot_gui.unsure.sureness import Sureness

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Tile:
    """What a tile shows. ``colour`` is the label's bin's palette slot; ``given`` where the person said so; ``unsure``
    also where there is one bin only, whose name is then no verdict; ``twin`` where another image has the same content;
    ``rejected`` are the bins that it is not to be labelled with."""

    file: ImageFile
    name: str
    label: str = ""
    colour: int | None = None
    figure: str = ""
    given: bool = False
    unsure: bool = False
    unreadable: str = ""
    twin: bool = False
    rejected: tuple[str, ...] = ()


class Labels:
    """What is shown of each image now. ``claims`` are labels that stay on their images meanwhile."""

    def __init__(self, library: Library, bins: BinStore, sureness: Sureness) -> None:
        self._library, self._bins, self._sureness = library, bins, sureness
        self.claims: dict[ImageId, str] = {}

    def tile(self, image: ImageId) -> Tile:
        """Everything that a tile shows."""
        file = self._library.files[image]
        name, twin = file.path.name, image in self._library.twins
        if image in self._library.unreadable:
            return Tile(file, name, unreadable=self._library.unreadable[image], twin=twin)
        given = self._bins.owner(image)
        if given is not None:
            return Tile(file, name, given.name, given.colour, given=True, twin=twin)
        rejected = tuple(sorted(self._bins.rejected().get(image, ())))
        label, confidence = self.predicted(image)
        owner = self._bins.find(label)
        if owner is None:
            return Tile(file, name, twin=twin, rejected=rejected)
        prediction = self._library.predictions.get(image)
        shown = figure(confidence, prediction.similarity if prediction is not None else None)
        return Tile(
            file, name, owner.name, owner.colour, shown, unsure=self.is_unsure(image), twin=twin, rejected=rejected
        )

    def predicted(self, image: ImageId) -> tuple[str, float | None]:
        """The predicted label that is shown and how sure it is; "" for none. One that the person has just rejected
        gives way to the next at once, before labels are worked out again."""
        rejected = self._bins.rejected().get(image, frozenset())
        claim = self.claims.get(image)
        if claim is not None and claim not in rejected:
            return claim, None
        prediction = self._library.predictions.get(image)
        if prediction is None:
            return "", None
        if prediction.label not in rejected:
            return prediction.label, prediction.confidence
        return ("", None) if prediction.second_label in rejected else (prediction.second_label, None)

    def name(self, image: ImageId) -> str:
        """The bin that the image stands for: the person's answer, else the predicted label; "" for none."""
        owner = self._bins.owner(image)
        return owner.name if owner is not None else self.predicted(image)[0]

    def is_open(self, image: ImageId) -> bool:
        """Whether the image still wants an answer; where a label is claimed for it, an answer about that label."""
        if image in self._library.unreadable or self._bins.answered(image):
            return False
        return self.claims.get(image) not in self._bins.rejected().get(image, frozenset())

    def is_unsure(self, image: ImageId) -> bool:
        """Whether the label is a mere guess (see ``Sureness``)."""
        return image not in self.claims and self._sureness.is_unsure(image)

    def words(self, image: ImageId) -> str:
        """What the tile says, in words."""
        return in_words(self.tile(image), self._library.relative(image))


def in_words(tile: Tile, name: str) -> str:
    """What ``tile`` says, its image being called ``name``."""
    if tile.unreadable:
        pattern = translate("GalleryModel", "{name}: cannot be read. {reason}")
        return pattern.format(name=name, reason=said(tile.unreadable))
    if tile.given:
        words = translate("GalleryModel", "{name}: example of {label}").format(name=name, label=tile.label)
    else:
        words = f"{name}: {tile.label} {tile.figure}".rstrip() if tile.label else name
    if tile.rejected:
        words += translate("GalleryModel", "; not {}").format(", ".join(tile.rejected))
    return words + translate("GalleryModel", "; there is another with the same content") if tile.twin else words


def figure(confidence: float | None, similarity: float | None) -> str:
    """The number beside a label: a probability in per cent, or with one bin the similarity."""
    if confidence is not None:
        return f"{min(round(confidence * 100), 99) if confidence < 1 else 100}%"
    return f"{similarity:z.2f}" if similarity is not None else ""
