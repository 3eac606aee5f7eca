"""Which language the window speaks, and the translators that make it do so."""

import os

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from backend import storage
from fewshot_gui import settings

VARIABLE = "FEWSHOT_LANGUAGE"
"""Overrules what was chosen in the menu; for tests and pictures."""
SYSTEM, ENGLISH, CHINESE = "", "en", "zh_CN"
LANGUAGES = {ENGLISH: "English", CHINESE: "简体中文"}
"""Each in its own words, so that everybody finds theirs."""


def current() -> str:
    """ENGLISH or CHINESE: what the environment says, else what was chosen, else the system's, else English."""
    wanted = os.environ.get(VARIABLE, "") or settings.language()
    return wanted if wanted in LANGUAGES else of_system(QLocale.system())


def of_system(locale: QLocale) -> str:
    """The window's language on a system with this one. Traditional characters are another translation."""
    chinese = locale.language() == QLocale.Language.Chinese
    simplified = locale.script() == QLocale.Script.SimplifiedHanScript
    return CHINESE if chinese and simplified else ENGLISH


def install(app: QCoreApplication) -> list[QTranslator]:
    """Translates what is made from now on, Qt's own dialogs too, and writes sizes as that language does. Returns the
    translators that are at work."""
    language = current()
    if language == ENGLISH:
        return []
    installed = []
    QLocale.setDefault(QLocale(language))
    qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, folder in ((f"qtbase_{language}", qt), (f"fewshot_{language}", str(storage.assets() / "i18n"))):
        translator = QTranslator(app)
        if translator.load(name, folder):
            app.installTranslator(translator)
            installed.append(translator)
    return installed
