"""Pretrained panel: models to download, their sizes and licences, and progress."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QProgressBar, QPushButton, QScrollArea, QVBoxLayout, QWidget

from fewshot_gui.pretrained.download_controller import DownloadController, DownloadStage
from fewshot_gui.session.session import Session
from fewshot_gui.style import theme
from fewshot_gui.style.theme import GRID
from fewshot_gui.translation import said
from fewshot_gui.widgets.panel_base import Panel
from fewshot_gui.widgets.wrapping_label import WrappingLabel

if TYPE_CHECKING:
    from backend.pretrained.catalogue import TrunkOffer

MEGABYTE = 1 << 20
"""As torchvision counts."""
FAST, SLOW = 1.0, 8.0
"""Billions of operations for an image: see ``speed``."""


class PretrainedPanel(Panel):
    """Shows ``DownloadController``. ``file_asked(name)``: weights of one's own are wanted for that network."""

    file_asked = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session, self.downloads = session, DownloadController(session)
        self.rows: dict[str, PretrainedRow] = {}
        text = self.tr(
            "Networks that others have trained on millions of photographs. Each is fetched once, when you press "
            "Download; nothing is sent but the request."
        )
        self._intro = WrappingLabel(text, "muted", self)
        self._list = QWidget(self)
        self._list.setObjectName("panel")
        self._column = QVBoxLayout(self._list)
        self._lay_out()
        self.downloads.listed.connect(self._on_listed)
        self.downloads.changed.connect(self.refresh)
        session.engine_host.changed.connect(self.refresh)

    def _lay_out(self) -> None:
        self._column.setContentsMargins(2 * GRID, 0, 2 * GRID, GRID)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidget(self._list)
        scroll.setWidgetResizable(True)
        scroll.setProperty("ring", True)
        scroll.setAccessibleName(self.tr("More models"))
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._intro.setContentsMargins(2 * GRID, 0, 2 * GRID, GRID)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._intro)
        whole.addWidget(scroll, 1)

    def set_active(self, active: bool) -> None:
        """In sight, it looks what there is."""
        if active:
            self.downloads.look()

    def refresh(self) -> None:
        """Show how things stand."""
        for row in self.rows.values():
            self._show(row)

    def _on_listed(self, offers: "list[TrunkOffer]") -> None:
        for offer in offers:
            row = self.rows.get(offer.name)
            if row is None:
                row = self.rows[offer.name] = PretrainedRow(offer, self._list)
                self._column.insertWidget(self._column.count() - 1, row)
                row.act.clicked.connect(partial(self._on_act, offer.name))
                row.own.clicked.connect(partial(self.file_asked.emit, offer.name))
            row.offer = offer
        self.refresh()

    def _show(self, row: "PretrainedRow") -> None:
        engine = self._session.engine_host.engine
        stage, failure = self.downloads.stage, self.downloads.failures.get(row.offer.name)
        mine = stage if stage is not None and stage.name == row.offer.name else None
        in_use = engine is not None and engine.model == row.offer.name
        row.show_state(mine, said(failure.sentence) if failure is not None else "", in_use)

    def _on_act(self, name: str, _: bool = False) -> None:
        offer, stage = self.rows[name].offer, self.downloads.stage
        if stage is not None and stage.name == name:
            self.downloads.stop()
        elif offer.installed:
            self._session.engine_host.choose(model=name)
        else:
            self.downloads.get(offer)


class PretrainedRow(QFrame):
    """One network: its name, its facts, and what is to be done with it."""

    def __init__(self, offer: "TrunkOffer", parent: QWidget) -> None:
        super().__init__(parent)
        self.offer = offer
        self._title, self._state, self._bar = (
            QLabel(offer.title, self),
            WrappingLabel("", "caption", self),
            QProgressBar(self),
        )
        self.act, self.own = QPushButton(self), QPushButton(self.tr("From a file…"), self)
        self._title.setFont(theme.font(strong=True))
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress of {}").format(offer.title))
        self.own.setAccessibleName(self.tr("Use weights of your own for {}").format(offer.title))
        self.own.setToolTip(self.tr("Use weights of your own for this network (.pth or .safetensors)"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, GRID, 0, GRID)
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(GRID // 2)
        grid.addWidget(self._title, 0, 0)
        grid.addWidget(self._state, 1, 0)
        grid.addWidget(self._bar, 2, 0)
        grid.addWidget(self.own, 0, 1, 2, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.act, 0, 2, 2, 1, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        self.act.setFixedWidth(15 * GRID)

    def show_state(self, stage: DownloadStage | None, problem: str, in_use: bool) -> None:
        """``stage`` where this one is being fetched, ``problem`` where that failed."""
        offer = self.offer
        self.own.setVisible(offer.name.startswith("torchvision:"))
        self._bar.setVisible(stage is not None)
        if stage is not None:
            self._bar.setRange(0, 1000 if stage.total else 0)  # a bar without an end where nobody knows
            self._bar.setValue(round(1000 * stage.done / stage.total) if stage.total else 0)
        self.act.setText(self._deed(stage is not None, in_use))
        self.act.setAccessibleName(f"{self.act.text()}: {offer.title}")
        self.act.setEnabled(not in_use and (stage is not None or offer.installed or not offer.needs))
        self._state.setProperty("role", "danger" if problem and stage is None else "caption")
        self._state.style().polish(self._state)
        self._state.setText(self._words(stage, problem))

    def _deed(self, fetching: bool, in_use: bool) -> str:
        if fetching:
            return self.tr("Cancel")
        if in_use:
            return self.tr("In use")
        if self.offer.installed:
            return self.tr("Use it")
        return self.tr("Resume") if self.offer.received else self.tr("Download")

    def _words(self, stage: DownloadStage | None, problem: str) -> str:
        offer = self.offer
        if stage is not None:
            return self._progress(stage)
        if problem:
            return problem
        if offer.needs and not offer.installed:
            return self.tr("To be installed first. Run in a terminal: {}").format(offer.needs)
        facts = [self.tr("{:.0f} MB from {}").format(offer.megabytes, offer.source), self._speed(), said(offer.terms)]
        if offer.received and not offer.installed:
            facts.insert(1, self.tr("{:.0f} MB of them are here").format(offer.received / MEGABYTE))
        if offer.installed:
            facts.insert(0, self.tr("On this machine"))
        return "  ·  ".join(facts)

    def _progress(self, stage: DownloadStage) -> str:
        if stage.stage == "download" and stage.total:
            done, total = stage.done / MEGABYTE, stage.total / MEGABYTE
            return self.tr("{done:.1f} of {total:.1f} MB").format(done=done, total=total)
        words = {
            "finding": self.tr("Finding out where it lies…"),
            "download": self.tr("Connecting to {}…").format(self.offer.source),
            "check": self.tr("Checking that it is the right file…"),
            "install": self.tr("Installing…"),
        }
        return words[stage.stage]

    def _speed(self) -> str:
        gflops = self.offer.gflops
        if gflops < FAST:
            return self.tr("fast ({:.1f} billion operations an image)").format(gflops)
        if gflops < SLOW:
            return self.tr("slower ({:.1f} billion operations an image)").format(gflops)
        return self.tr("slow without a graphics card ({:.1f} billion operations an image)").format(gflops)
