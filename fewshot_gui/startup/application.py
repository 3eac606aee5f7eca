"""Start-up, second stage: the QApplication, its style, the window, and the exit."""

import logging
import os
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from fewshot_gui import settings, translation
from fewshot_gui.main_window.window import SIZE, MainWindow
from fewshot_gui.session.session import Session
from fewshot_gui.startup import excepthook
from fewshot_gui.startup.accessibility_dump import start_if_asked
from fewshot_gui.startup.command_line import Arguments
from fewshot_gui.startup.initial_geometry import fit_to_screen
from fewshot_gui.startup.screenshot import Screenshot
from fewshot_gui.startup.signal_handlers import SignalHandlers
from fewshot_gui.style import appearance, icons, theme


def make_application() -> QApplication:
    """The QApplication, styled for the present colour scheme; an existing one is reused."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("fewshot")
    app.setApplicationDisplayName("")
    app.setDesktopFileName("fewshot")
    app.setStyle("Fusion")
    translation.install(app)
    appearance.install()
    app.setWindowIcon(icons.icon("fewshot", "accent"))
    QGuiApplication.styleHints().colorSchemeChanged.connect(_on_scheme)
    return app


def run_window(arguments: Arguments) -> int:
    """Show the window until it is closed, or take a screenshot. Returns the exit code."""
    app = make_application()
    window = MainWindow()
    with excepthook.reported_to(window.session), SignalHandlers(window.close_anyway):
        shot = _prepare(window, arguments.screenshot)
        window.show()
        start_if_asked(window, window.session)
        _open(window.session, arguments)
        code = app.exec()
    if shot is not None:
        code = shot.code
    return _end(window, code)


def _open(session: Session, arguments: Arguments) -> None:
    """What the command line names, else what was open last."""
    if arguments.demo:
        session.open_demo()
    elif arguments.workspace is not None:
        session.open_workspace(arguments.workspace, arguments.folder, arguments.examples)
    elif arguments.folder is not None:
        session.open_folder(arguments.folder, arguments.examples)
    else:
        session.open_last()


def _prepare(window: MainWindow, picture: Path | None) -> Screenshot | None:
    if picture is None:
        if not window.restoreGeometry(settings.GEOMETRY.get()):
            fit_to_screen(window)
        return None
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    window.resize(*SIZE)
    return Screenshot(window, window.session, picture)


def _end(window: MainWindow, code: int) -> int:
    """Leave. A window that a person closed ends its process here, once all is closed and written: taking the
    interpreter and torch apart can take longer than the two seconds that quitting may, and a step that hangs (a dead
    network drive) would never end."""
    if window.ended_clean and window.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen):
        window.deleteLater()
        QCoreApplication.sendPostedEvents(window)
        return code
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _on_scheme(_: Qt.ColorScheme) -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication):
        theme.apply(app)
