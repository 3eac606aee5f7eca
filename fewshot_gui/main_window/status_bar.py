"""The status bar: progress, speed and time left; menus of model, method and device."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from fewshot_gui.main_window.steps_slider import StepsSlider
from fewshot_gui.session.background_tasks import BackgroundTask
from fewshot_gui.session.folder.answer_progress import progress
from fewshot_gui.session.session import Session
from fewshot_gui.style import theme
from fewshot_gui.style.theme import GRID
from fewshot_gui.translation import said
from fewshot_gui.widgets.menu_button import Choice, fill, menu_of, method_choice, method_heading

translate = QCoreApplication.translate
REFRESH_MS = 120
KINDS_SHOWN = 3


class StatusBar(QFrame):
    """Follows the session. ``unreadable_asked`` and ``skipped`` tell of images that have no tile to look at."""

    unreadable_asked = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusStrip")
        self._session = session
        self._bar = QProgressBar(self, textVisible=False)
        self._text = QLabel(self)
        self._cancel = _quiet(self, self.tr("Cancel"))
        self._resume = _quiet(self, self.tr("Resume"))
        self._unreadable = _quiet(self, "")
        self._skipped, self._watched, self._answered = QLabel(self), QLabel(self), QLabel(self)
        self._model, self._method, self._device = _quiet(self, ""), _quiet(self, ""), _quiet(self, "")
        self._throttle = QTimer(self, singleShot=True, interval=REFRESH_MS)
        self._shown_engine: object = None
        self._more: tuple[Sequence[QAction], Sequence[QAction]] = ((), ())
        self.steps = StepsSlider(session, self)
        self._wanted: dict[QWidget, bool] = {}
        """What may give way, and whether it has anything to say."""
        self._lay_out()
        self._connect()
        self.refresh()

    def _lay_out(self) -> None:
        self._bar.setFixedWidth(15 * GRID)
        self._bar.setAccessibleName(self.tr("Progress"))
        for label in (self._text, self._answered):
            label.setFont(theme.font())
        self._answered.setToolTip(
            self.tr("Images that you have put into a bin, or into none, of those that can be read")
        )
        for label in (self._skipped, self._watched):
            label.setProperty("role", "muted")
        for button in (self._model, self._method, self._device):
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        for button in (self._model, self._method):
            button.setMinimumWidth(10 * GRID)  # the menu tells the whole name, so that other words need not be cut off
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID // 2, 2 * GRID, GRID // 2)
        row.setSpacing(GRID)
        # The buttons stand before the text: its width changes as figures do, and a button must not run away.
        state = [self._bar, self._cancel, self._resume, self._text, self._answered]
        state += [self._watched, self._unreadable, self._skipped]
        engine = [self._model, self._method, self.steps, self._device]
        self._row: list[QWidget] = [*state, *engine]
        for each in self._row:
            row.addWidget(each)
        row.insertStretch(len(state), 1)
        self.setFixedHeight(5 * GRID)

    def _connect(self) -> None:
        self._throttle.timeout.connect(self.refresh)
        for button in (self._model, self._method, self._device):
            menu_of(button).aboutToHide.connect(self._soon)
        session = self._session
        for signal in (session.changed, session.library.failed, session.library.relisted, session.library.reset):
            signal.connect(self._soon)
        session.bins.changed.connect(self._soon)
        self._cancel.clicked.connect(self._on_cancel)
        self._resume.clicked.connect(session.resume)
        self._unreadable.clicked.connect(self.unreadable_asked)

    def _soon(self) -> None:
        if not self._throttle.isActive():
            self._throttle.start()

    def refresh(self) -> None:
        """Show how things stand."""
        self._show_progress()
        self._show_answers()
        self._show_exceptions()
        self._show_watching()
        self._show_engine()
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More room, or less."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """In a narrow window what matters least goes, rather than that every text is cut off."""
        order = (self._skipped, self._bar, self._watched, self._answered, self._unreadable)
        giving_way = [w for w in order if self._wanted.get(w)]
        shown = [w for w in self._row if w in giving_way or not (w.isHidden() or w in self._wanted)]
        room = self.width() - 4 * GRID
        while giving_way and sum(w.sizeHint().width() + GRID for w in shown) > room:
            shown.remove(giving_way.pop(0))
        for widget in self._wanted:
            widget.setVisible(widget in giving_way)

    def _show_progress(self) -> None:
        session = self._session
        done, total = session.embedding.counts()
        running, labels, task = session.embedding.running(), self._steps_of_labelling(), self._task()
        shown, of = (done, total) if labels is None else labels
        if task is not None:
            shown, of = task.done, task.total
        self._wanted[self._bar] = running or labels is not None or task is not None
        self._bar.setRange(0, max(1, of))
        self._bar.setValue(shown)
        self._cancel.setVisible(running or labels is not None or task is not None)
        self._resume.setVisible(session.labelling.stopped or (session.embedding.stopped and done < total))
        self._text.setText(self._sentence(done, total, running))

    def _steps_of_labelling(self) -> tuple[int, int] | None:
        """Examples that are read, of all; once they are, and the folder is, images that are labelled."""
        embedding = self._session.embedding
        return embedding.example_counts() or (None if embedding.running() else self._session.labelling.counts())

    def _task(self) -> BackgroundTask | None:
        """What runs beside the folder's own work, once that rests."""
        session = self._session
        own = session.loader.running() or session.embedding.running() or self._steps_of_labelling() is not None
        return None if own else session.tasks.current()

    def _on_cancel(self) -> None:
        task = self._task()
        if task is not None:
            task.cancel()
        else:
            self._session.stop()

    def _sentence(self, done: int, total: int, running: bool) -> str:
        session = self._session
        if session.loader.running():
            return self.tr("Looking for images… {:,} so far").format(total)
        examples = session.embedding.example_counts()
        if examples is not None:
            return self.tr("Reading examples: {done:,} of {total:,}").format(done=examples[0], total=examples[1])
        if running:
            return self._pace(done, total)
        labels = session.labelling.counts()
        if labels is not None:
            return self.tr("Labelled {done:,} of {total:,} images").format(done=labels[0], total=labels[1])
        if session.engine_host.loading():
            return self.tr("Loading the model…")
        task = self._task()
        return self._at_rest(done, total) if task is None else task.text

    def _at_rest(self, done: int, total: int) -> str:
        session = self._session
        if session.library.root is None:
            return self.tr("No folder open")
        if session.labelling.stopped and done == total:
            return self.tr("Labelling was stopped")
        if session.embedding.stopped and done < total:
            return self.tr("Stopped at {done:,} of {total:,} images").format(done=done, total=total)
        return self.tr("{:,} images").format(total) if total != 1 else self.tr("1 image")

    def _pace(self, done: int, total: int) -> str:
        parts = [self.tr("{done:,} of {total:,} images").format(done=done, total=total)]
        rate = self._session.embedding.rate()
        if rate > 0:
            parts.append(self.tr("{:,.0f} a second").format(rate))
            parts.append(self.tr("{} left").format(duration((total - done) / rate)))
        return "  ·  ".join(parts)

    def _show_answers(self) -> None:
        answered, count = progress(self._session.library, self._session.bins)
        text = self.tr("{answered:,} of {count:,} answered").format(answered=answered, count=count)
        self._answered.setText(f"·  {text}")
        self._wanted[self._answered] = answered > 0

    def _show_exceptions(self) -> None:
        library = self._session.library
        broken = sum(i in library.files for i in library.unreadable)
        self._unreadable.setText(self.tr("{:,} unreadable").format(broken))
        self._unreadable.setToolTip(self.tr("Show which images cannot be read, and why"))
        self._wanted[self._unreadable] = broken > 0
        kinds = [f"{count:,} {said(kind)}" for kind, count in library.skipped.most_common()]
        more = " …" if len(kinds) > KINDS_SHOWN else ""
        self._skipped.setText(self.tr("Left out: {}").format(", ".join(kinds[:KINDS_SHOWN]) + more))
        self._skipped.setToolTip(self.tr("Left out, because they are no images: {}").format(", ".join(kinds)))
        self._wanted[self._skipped] = bool(library.skipped)

    def _show_watching(self) -> None:
        watcher = self._session.watcher
        self._watched.setText(watcher.words())
        self._watched.setToolTip(watcher.reason())
        self._wanted[self._watched] = watcher.on

    def _show_engine(self) -> None:
        engine = self._session.engine_host.engine
        for widget in (self._model, self._method, self._device):
            widget.setVisible(engine is not None)
        if engine is None or (engine, engine.models) == self._shown_engine or self._menu_is_open():
            return
        self._shown_engine = engine, engine.models
        model, method, device = (partial(self._choose, what) for what in ("model", "method", "device"))
        models = [Choice(m.name, said(m.title)) for m in engine.models]
        fill(self._model, self.tr("Model"), engine.model, models, model, more=self._more[0])
        methods, heading = [method_choice(m) for m in engine.methods], method_heading(engine.methods)
        fill(
            self._method,
            self.tr("Method"),
            engine.method,
            methods,
            method,
            heading,
            self._more[1],
        )
        devices = [Choice(name, title) for name, title in engine.devices.items()]
        fill(self._device, self.tr("Device"), engine.device, devices, device)

    def _menu_is_open(self) -> bool:
        """What is being chosen from stays as it is; what has changed shows once the menu is closed."""
        return any(menu_of(button).isVisible() for button in (self._model, self._method, self._device))

    def offer_more(self, models: Sequence[QAction], methods: Sequence[QAction]) -> None:
        """Commands below the menus of models and of methods."""
        self._more = models, methods
        self._shown_engine = None
        self.refresh()

    def _choose(self, what: str, action: QAction) -> None:
        """The marks stay with what is at work until the choice is: it may be refused."""
        self._session.engine_host.choose(**{what: action.data()})
        self._shown_engine = None
        self._soon()


def _quiet(parent: QWidget, text: str) -> QToolButton:
    button = QToolButton(parent)
    button.setProperty("kind", "quiet")
    button.setText(text)
    button.hide()
    return button


def duration(seconds: float) -> str:
    """A time span in words that do not dance: 8 s, 3 min, 2 h."""
    if seconds < 60:
        return translate("StatusBar", "{} s").format(max(1, round(seconds)))
    if seconds < 3600:
        return translate("StatusBar", "{} min").format(round(seconds / 60))
    return translate("StatusBar", "{:.1f} h").format(seconds / 3600)
