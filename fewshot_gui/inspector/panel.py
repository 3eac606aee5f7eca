"""Inspector panel: preview, most likely bins, evidence, influence and facts about the file."""

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from backend.types import Explanation, ImageFile, ImageId
from fewshot_gui.inspector.class_bars import NO_BIN, ClassBars
from fewshot_gui.inspector.evidence import Evidence
from fewshot_gui.inspector.influence_panel import InfluencePanel
from fewshot_gui.inspector.influence_text import about_reasons
from fewshot_gui.inspector.preview import Preview
from fewshot_gui.session.session import Session
from fewshot_gui.style import theme
from fewshot_gui.style.theme import GRID
from fewshot_gui.translation import said
from fewshot_gui.translation.confidence_text import doubt_words, figure
from fewshot_gui.widgets.wrapping_label import WrappingLabel

RANKS_SHOWN = 5
LEAST_SHOWN = 0.005
"""What is less likely would show as 0%."""
TWINS_SHOWN = 3


class InspectorPanel(QScrollArea):
    """Shows one image, or with none a sentence that says how to see one.

    Signals:
        example_asked(id): the person wants to see that example in its bin.
        images_asked(ids, title): the person wants to see these images in the gallery.
    """

    example_asked = Signal(object)
    images_asked = Signal(object, str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._image: ImageId = ""
        self._why: Explanation | None = None
        self._empty = WrappingLabel(self.tr("Select an image to see it large, and why it got its label."), "muted")
        self._preview = Preview(session.thumbnails)
        self._name = WrappingLabel("", "title")
        self._facts = WrappingLabel("", "caption")
        self._verdict = WrappingLabel("", "")
        self._ranking_title, self._ranking = _section(self.tr("LIKELIEST")), ClassBars()
        self._because_title, self._because = _section(self.tr("BECAUSE OF")), Evidence(session.thumbnails)
        self._left_out = InfluencePanel(session)
        self._lay_out()
        self._because.asked.connect(self.example_asked)
        self._left_out.example_asked.connect(self.example_asked)
        self._left_out.images_asked.connect(self.images_asked)
        session.library.doubted.connect(self._on_labelled_all)
        session.explained.connect(self._on_explained)
        session.library.labelled.connect(self._on_labelled)
        session.library.failed.connect(self._on_labelled)
        session.bins.changed.connect(self._on_bins)
        session.library.reset.connect(self._on_reset)
        session.thumbnails.ready.connect(self._on_thumbnail)
        self.show_image("")

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setObjectName("panel")
        column = QVBoxLayout(inside)
        edge = 2 * GRID - 2  # and the ring of the keyboard
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(GRID)
        parts: list[QWidget] = [self._empty, self._preview, self._name, self._facts, self._verdict]
        parts += [self._ranking_title, self._ranking, self._because_title, self._because, self._left_out]
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setObjectName("inspector")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(24 * GRID)
        self.setAccessibleName(self.tr("Selected image"))

    def image(self) -> ImageId:
        """The image that is shown, or ""."""
        return self._image

    def show_image(self, image: ImageId) -> None:
        """Show this image; "" for none."""
        self._image = image
        file = self._session.library.file(image)
        self._empty.setVisible(file is None)
        for widget in (self._preview, self._name, self._facts, self._verdict):
            widget.setVisible(file is not None)
        self._show_reasons(None)
        if file is not None:
            self._fill(file)
        else:
            self._left_out.look_at("")

    def _fill(self, file: ImageFile) -> None:
        reason = self._session.library.unreadable.get(file.id, "")
        self._preview.show_file(file, bool(reason))
        self._name.setText(file.path.name)
        self._facts.setText("\n".join(self._facts_of(file)))
        self._verdict.setText("\n".join(filter(None, (self._verdict_on(file.id, reason), *self._notes_on(file.id)))))
        self._verdict.setVisible(bool(self._verdict.text()))
        if reason or not self._session.explain(file.id):
            self._show_reasons(None)
        self._left_out.look_at("" if reason else file.id)

    def _facts_of(self, file: ImageFile) -> list[str]:
        locale = QLocale()
        size = self._session.thumbnails.original(file)
        known = [f"{size[0]:,} × {size[1]:,}"] if size is not None else []
        if file.mtime_ns:  # else it is a link that leads nowhere
            known += [locale.formattedDataSize(file.size), _time_of(file)]
        facts = ["  ·  ".join(filter(None, known))] if known else []
        place = self._session.library.relative(file.id)
        if place != file.path.name:
            facts.append(place)
        return facts

    def _verdict_on(self, image: ImageId, reason: str) -> str:
        given = self._session.bins.owner(image)
        answer = self.tr("Your example of “{}”").format(given.name) if given is not None else ""
        if reason:
            return "\n".join(filter(None, (answer, self.tr("Cannot be read: {}").format(said(reason)))))
        if answer:
            return answer
        prediction = self._session.current_labels.prediction(image)
        if prediction is None:
            return ""
        if not prediction.label:
            return self.tr("None of these: you have ruled out every bin.")
        number = figure(prediction.confidence, prediction.similarity)
        if prediction.confidence is None:
            return self.tr("Similarity to “{name}”: {number}").format(name=prediction.label, number=number)
        return self.tr("“{name}”, {number} sure").format(name=prediction.label, number=number)

    def _notes_on(self, image: ImageId) -> list[str]:
        """What the person has ruled out, whether its bin would claim it, and which other images have the same
        content."""
        prediction = self._session.current_labels.prediction(image)
        none = prediction is not None and not prediction.label
        rejected = () if none else sorted(self._session.bins.rejected().get(image, ()))
        notes = [self.tr("Not “{}”").format(name) for name in rejected]
        doubt = self._session.library.doubts.get(image)
        notes += [doubt_words(doubt)] if doubt is not None else []
        duplicates = self._session.library.duplicates.get(image, ())
        if duplicates:
            names = ", ".join(self._twin_words(i) for i in duplicates[:TWINS_SHOWN])
            more = " …" if len(duplicates) > TWINS_SHOWN else ""
            notes.append(self.tr("Same content as {}").format(names) + more)
        return notes

    def _twin_words(self, image: ImageId) -> str:
        owner, name = self._session.bins.owner(image), self._session.library.relative(image)
        return self.tr("{name} (in “{bin}”)").format(name=name, bin=owner.name) if owner is not None else name

    def _show_reasons(self, why: Explanation | None) -> None:
        self._why = why = self._without_rejected(why) if why is not None else None
        slots = {b.name: b.colour for b in self._session.bins.bins()}
        shown = why.ranking[:RANKS_SHOWN] if why is not None else ()
        ranking = [(n, p, slots.get(n, 0)) for place, (n, p) in enumerate(shown) if place < 2 or p >= LEAST_SHOWN]
        none = 1 - sum(p for _, p in why.ranking) if why is not None else 0.0
        ranking += [(self.tr("none of these"), none, NO_BIN)] if none >= LEAST_SHOWN else []
        self._ranking.show_rows(ranking)
        if why is not None and why.ranking:
            self._show_because(why)
        self._ranking_title.setVisible(bool(ranking))
        self._ranking.setVisible(bool(ranking))
        self._because_title.setVisible(why is not None and bool(why.ranking))
        self._because.setVisible(why is not None and bool(why.ranking))

    def _without_rejected(self, why: Explanation) -> Explanation:
        """What has just been ruled out is a reason no more, even before the question is asked anew."""
        bins = self._session.bins
        barred, homes = bins.rejected().get(self._image, frozenset()), bins.given()
        ranking = tuple((name, p) for name, p in why.ranking if name not in barred)
        return replace(
            why, ranking=ranking, because=tuple((i, w) for i, w in why.because if homes.get(i) not in barred)
        )

    def _show_because(self, why: Explanation) -> None:
        """The examples that decided; a method that does not weigh them says so."""
        library, engine = self._session.library, self._session.engine_host.engine
        if why.because or engine is None:
            homes = self._session.bins.given()
            items = [(file, homes.get(i, ""), w) for i, w in why.because if (file := library.file(i)) is not None]
            note = about_reasons(why.ranking[0][0], [(home, w) for _, home, w in items], why.alone)
            self._because.show_items(sorted(items, key=lambda item: -item[2]), note)
            return
        title = next((said(m.title) for m in engine.methods if m.name == engine.method), engine.method)
        text = self.tr("{} learns from all examples together and does not weigh them one by one.")
        self._because.say(text.format(title))

    def _on_explained(self, image: ImageId, why: Explanation) -> None:
        if image == self._image:
            self._show_reasons(why)

    def _on_labelled(self, ids: tuple[ImageId, ...] | None) -> None:
        file = self._session.library.file(self._image)
        if file is not None and (ids is None or self._image in ids):
            self._fill(file)

    def _on_bins(self) -> None:
        self._show_reasons(self._why)
        self._on_labelled_all()

    def _on_labelled_all(self) -> None:
        self._on_labelled(None)

    def _on_thumbnail(self, image: ImageId) -> None:
        file = self._session.library.file(image)
        if image == self._image and file is not None:
            self._facts.setText("\n".join(self._facts_of(file)))

    def _on_reset(self) -> None:
        self.show_image("")


def _time_of(file: ImageFile) -> str:
    """When it was changed last; "" for a time that no calendar has."""
    try:
        return f"{datetime.fromtimestamp(file.mtime_ns / 1e9):%Y-%m-%d %H:%M}"
    except (OSError, OverflowError, ValueError):
        return ""


def _section(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "section")
    label.setFont(theme.font(theme.CAPTION, strong=True))
    label.setContentsMargins(0, GRID, 0, 0)
    return label
