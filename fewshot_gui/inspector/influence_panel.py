"""Influence: which examples the shown label needs, or which labels the shown example changes."""

from collections import Counter
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from backend.types import Absence, Flip, ImageId, RestsOn
from fewshot_gui.inspector.example_button import ExampleButton
from fewshot_gui.inspector.flip_button import FlipButton
from fewshot_gui.inspector.influence_controller import InfluenceController
from fewshot_gui.inspector.influence_text import about_example, about_label
from fewshot_gui.session.session import Session
from fewshot_gui.style import theme
from fewshot_gui.style.theme import GRID
from fewshot_gui.translation.confidence_text import figure
from fewshot_gui.widgets.wrapping_label import WrappingLabel

SHOWN = 5
"""Rows, at most."""


class InfluencePanel(QWidget):
    """A sentence, and below it the examples that matter or the images that would move.

    Signals:
        example_asked(id): the person wants to see that example.
        images_asked(ids, title): the person wants to see these images in the gallery.
    """

    example_asked = Signal(object)
    images_asked = Signal(object, str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._image: ImageId = ""
        self.influence = InfluenceController(session, self)
        self._title = QLabel(self.tr("IF ONE EXAMPLE WERE LEFT OUT"))
        self._words, self._more = WrappingLabel("", "", self), WrappingLabel("", "caption", self)
        self._examples = [ExampleButton(session.thumbnails, beside=True, parent=self) for _ in range(SHOWN)]
        self._moves = [FlipButton(self) for _ in range(SHOWN)]
        self._all, self._work, self._bar = QPushButton(self), QPushButton(self), QProgressBar(self)
        self._lay_out()
        self._work.clicked.connect(self._on_work)
        self._all.clicked.connect(self._on_all)
        for button in self._examples:
            button.asked.connect(self.example_asked)
        for move in self._moves:
            move.clicked.connect(partial(self._on_move, move))
        self.influence.changed.connect(self.refresh)
        session.labelling.advanced.connect(self._show_work)
        self.refresh()

    def _lay_out(self) -> None:
        self._title.setProperty("role", "section")
        self._title.setFont(theme.font(theme.CAPTION, strong=True))
        self._title.setWordWrap(True)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Leaving out one example at a time"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, 0)
        column.setSpacing(GRID // 2)
        for part in (self._title, self._words, *self._examples, *self._moves, self._more, self._bar):
            column.addWidget(part)
        for button in (self._all, self._work):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def look_at(self, image: ImageId) -> None:
        """The person looks at this image now; "" for none, or one that has no reasons."""
        self._image = image
        self.influence.look_at(image)
        self.refresh()

    def refresh(self) -> None:
        """Show what is known."""
        answer = self.influence.answer
        self.setVisible(bool(self._image) and self.influence.possible())
        self._show_flips(answer if isinstance(answer, RestsOn) else None)
        self._show_moves(answer if isinstance(answer, Absence) else None)
        self._say(self._sentence(), self._rest())
        self._show_work()

    # Words -------------------------------------------------------------------------------------------------------

    def _sentence(self) -> str:
        answer = self.influence.answer
        if isinstance(answer, RestsOn):
            return about_label(answer)
        if isinstance(answer, Absence):
            return about_example(answer)
        if self.influence.running():
            return self.tr("Working it out…")
        engine = self._session.engine_host.engine
        if engine is None or not engine.costly:
            return self.tr("Worked out once the labels are there.")
        return self.tr("This method takes a moment for each example, so it is worked out when you ask.")

    def _rest(self) -> str:
        """What there is no room for."""
        answer = self.influence.answer
        if isinstance(answer, RestsOn):
            hidden = len(answer.flips) - SHOWN
            return self.tr("And {} more.").format(hidden) if hidden > 0 else ""
        hidden = len(self._groups()) - SHOWN
        return self.tr("And {} other changes.").format(hidden) if hidden > 0 else ""

    def _say(self, words: str, rest: str) -> None:
        self._words.setText(words)
        self._more.setText(rest)
        self._more.setVisible(bool(rest))
        self.setAccessibleName(f"{self._title.text()}: {words}")

    # Rows --------------------------------------------------------------------------------------------------------

    def _show_flips(self, answer: RestsOn | None) -> None:
        library = self._session.library
        flips = [f for f in (answer.flips if answer is not None else ()) if library.file(f.example) is not None]
        for place, button in enumerate(self._examples):
            button.setVisible(place < len(flips))
            if place < len(flips):
                self._show_flip(button, flips[place])

    def _show_flip(self, button: ExampleButton, flip: Flip) -> None:
        file, owner = self._session.library.file(flip.example), self._session.bins.owner(flip.example)
        if file is None:
            return
        then, home = self._session.bins.find(flip.label), owner.name if owner is not None else ""
        if flip.confidence is None:
            words = self.tr("Without {name}, example of “{home}”, there would be no label.")
            button.show_example(file, "", words.format(name=file.path.name, home=home), self.tr("no label"))
            return
        sure = self.tr("{} sure").format(figure(flip.confidence, None))
        pattern = self.tr("Without {name}, example of “{home}”, the label would be “{label}”, {sure}.")
        words = pattern.format(name=file.path.name, home=home, label=flip.label, sure=sure)
        button.show_example(file, sure, words, flip.label, then.colour if then is not None else None)

    def _groups(self) -> list[tuple[tuple[str, str], int]]:
        """(label now, label then) and how many images, the most first."""
        answer = self.influence.answer
        changes = answer.changes if isinstance(answer, Absence) and answer.changes is not None else {}
        predictions = self._session.library.predictions
        return Counter((predictions[i].label, new) for i, new in changes.items() if i in predictions).most_common()

    def _show_moves(self, answer: Absence | None) -> None:
        groups = self._groups()
        colours = {b.name: b.colour for b in self._session.bins.bins()}
        for place, button in enumerate(self._moves):
            button.setVisible(place < len(groups))
            if place < len(groups):
                (old, new), count = groups[place]
                button.show_move(count, old, new, colours, widest=groups[0][1])
        count = len(answer.changes or ()) if answer is not None else 0
        self._all.setVisible(len(groups) > 1)
        self._all.setText(self.tr("Show all {}").format(f"{count:,}"))

    def _on_move(self, button: FlipButton) -> None:
        self._ask_for(*button.names)

    def _on_all(self) -> None:
        self._ask_for(None, None)

    def _ask_for(self, old: str | None, new: str | None) -> None:
        answer, predictions = self.influence.answer, self._session.library.predictions
        if not isinstance(answer, Absence) or answer.changes is None:
            return
        ids = [
            i
            for i, then in answer.changes.items()
            if old is None or (then == new and i in predictions and predictions[i].label == old)
        ]
        self.images_asked.emit(tuple(ids), self.tr("would change"))

    # Work --------------------------------------------------------------------------------------------------------

    def _show_work(self) -> None:
        influence, engine = self.influence, self._session.engine_host.engine
        costly = engine is not None and engine.costly
        self._work.setVisible(costly and (influence.answer is None or influence.outgrown()))
        self._work.setText(self.tr("Stop") if influence.running() else self.tr("Work it out"))
        self._work.setEnabled(influence.running() or not self._session.labelling.busy())
        step = influence.step
        self._bar.setVisible(costly and influence.running())
        self._bar.setRange(0, (step.total if step is not None else None) or 1)  # never 0: that would be an animation
        self._bar.setValue(step.done if step is not None else 0)

    def _on_work(self) -> None:
        if self.influence.running():
            self.influence.stop()
        else:
            self.influence.ask()
