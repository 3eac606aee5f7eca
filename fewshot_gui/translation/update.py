"""Brings the translation up to the source, for developers: ``python -m fewshot_gui.translation.update``.

It gathers the backend's sentences, runs lupdate over the window and lrelease over what is translated, and lists what is
not. PySide6 brings both programs.
"""

import json
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

import PySide6

from backend import storage
from fewshot_gui.translation.backend_messages import CONTEXT
from fewshot_gui.translation.phrase_extraction import phrases

ROOT = Path(__file__).parents[2]
LANGUAGE = "zh_CN"


def ts_file() -> Path:
    """The translation's source."""
    return storage.assets() / "i18n" / f"fewshot_{LANGUAGE}.ts"


def backend_phrases() -> list[str]:
    """What the backend says to people, in the order of the code points."""
    return phrases(ROOT / "backend", storage.assets() / "models")


def lupdate(ts: Path) -> None:
    """Takes the strings of window and backend over into ``ts``. Those that are gone leave it with their translation."""
    sources = sorted(str(p) for p in (ROOT / "fewshot_gui").rglob("*.py"))
    options = ["-locations", "none", "-no-obsolete", "-source-language", "en", "-target-language"]
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "backend.py"
        quoted = (json.dumps(phrase, ensure_ascii=False) for phrase in backend_phrases())
        table.write_text("".join(f'QT_TRANSLATE_NOOP("{CONTEXT}", {q})\n' for q in quoted), "utf-8")
        _run("lupdate", *sources, str(table), "-ts", str(ts), *options, LANGUAGE)


def lrelease(ts: Path, qm: Path) -> None:
    """Compiles ``ts``."""
    _run("lrelease", str(ts), "-qm", str(qm))


def untranslated(ts: Path) -> list[str]:
    """Context and source of every string that has no finished translation."""
    return [
        f"{context.findtext('name')}: {message.findtext('source')}"
        for context in ET.parse(ts).iter("context")
        for message in context.iter("message")
        if not _is_finished(message.find("translation"))
    ]


def _is_finished(translation: ET.Element | None) -> bool:
    if translation is None or translation.get("type") is not None:
        return False
    forms = translation.findall("numerusform") or [translation]
    return all(form.text for form in forms)


def _run(tool: str, *arguments: str) -> None:
    """PySide6's own program: the scripts on the path need not be this environment's."""
    ending = ".exe" if sys.platform == "win32" else ""
    program = Path(PySide6.__file__).parent / f"{tool}{ending}"
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{tool}: {done.stdout}{done.stderr}")


def main() -> int:
    """The whole way; 1 where strings are left to translate."""
    lupdate(ts_file())
    lrelease(ts_file(), ts_file().with_suffix(".qm"))
    left = untranslated(ts_file())
    sys.stdout.writelines(f"{line}\n" for line in left)
    sys.stdout.write(f"{len(left)} to translate in {ts_file()}\n")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
