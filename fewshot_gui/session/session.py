"""One window's work: the folder, the bins, and the jobs that connect them. Holds no widget."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from backend import jobs
from backend.errors import RequestError
from backend.images import DecoderPool
from backend.images.sources import namer
from backend.jobs.demo_set import Demo
from backend.types import ImageId, Listing
from backend.workspace.state import View
from fewshot_gui import settings
from fewshot_gui.session.acceptance_threshold import AcceptanceThreshold
from fewshot_gui.session.background_tasks import BackgroundTasks
from fewshot_gui.session.bin_store import BinStore
from fewshot_gui.session.folder.current_labels import CurrentLabels
from fewshot_gui.session.folder.duplicates import Duplicates
from fewshot_gui.session.folder.embedding_controller import EmbeddingController
from fewshot_gui.session.folder.engine_host import EngineHost
from fewshot_gui.session.folder.folder_loader import FolderLoader
from fewshot_gui.session.folder.folder_watcher import FolderWatcher
from fewshot_gui.session.folder.labelling_controller import LabellingController
from fewshot_gui.session.folder.library import Library
from fewshot_gui.session.folder.suspect_examples import SuspectExamples
from fewshot_gui.session.initial_bins import take_examples
from fewshot_gui.session.latest_job import LatestJob
from fewshot_gui.session.thumbnails import Thumbnails
from fewshot_gui.session.worker import Failure, Handlers, Priority, Worker
from fewshot_gui.session.workspace.workspace_controller import WorkspaceController


class Session(QObject):
    """What a window works on.

    Signals:
        explained(id, Explanation): why an image has its label.
        exported(path): the table is written.
        refused(Failure): something the person asked for cannot be done.
        bin_made(name): a bin was made by a drop; it wants a name.
        passed_over(examples): a workspace was opened as it is; that folder was not read.
        doubled(owners): files that lie in two examples folders, by content → the bin that has them alone.
        changed(): progress or state changed, for the status strip.
        closing(): everything ends now.
    """

    explained = Signal(object, object)
    exported = Signal(object)
    refused = Signal(object)
    bin_made = Signal(str)
    passed_over = Signal(object)
    doubled = Signal(object)
    changed = Signal()
    closing = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pool = DecoderPool()
        self.worker = Worker(self)
        self.tasks = BackgroundTasks(self)
        self.library = Library(self)
        self.bins = BinStore(self)
        self.current_labels = CurrentLabels(self.library, self.bins)
        self.threshold = AcceptanceThreshold(self.library, self.bins, self)
        self.thumbnails = Thumbnails(self.pool, self)
        self.engine_host = EngineHost(self.worker, self.pool, self)
        self.loader = FolderLoader(self.worker, self.library, self)
        self.embedding = EmbeddingController(self.worker, self.engine_host, self.library, self)
        self.labelling = LabellingController(
            self.worker, self.engine_host, self.library, self.bins, self.embedding, self.visible_ids, self
        )
        self.workspace = WorkspaceController(self.worker, self.library, self.bins, self.engine_host, self.loader, self)
        self.suspects = SuspectExamples(self.worker, self.engine_host, self.library, self.bins, self.labelling, self)
        self.watcher = FolderWatcher(self.worker, self.library, self.loader, self)
        self.duplicates = Duplicates(self.worker, self.engine_host, self.library, self.embedding, self)
        self._visible: tuple[ImageId, ...] = ()
        self._explain_job = LatestJob(self.worker, self)
        self._connect()

    def _connect(self) -> None:
        self.thumbnails.unreadable.connect(self._on_no_thumbnail)
        self.library.reset.connect(self.embedding.halt)
        self.library.relisted.connect(self.thumbnails.retry_broken)
        self.engine_host.opened.connect(self._on_engine)
        self.loader.listed.connect(self._on_listed)
        self.loader.lost.connect(self._on_lost)
        self.loader.examples_found.connect(self._on_examples)
        self.loader.drawn.connect(self._on_drawn)
        self.embedding.suspicious.connect(self.loader.check)
        self.watcher.settled.connect(self._on_settled)
        self.watcher.changed.connect(self.workspace.autosave.touch)
        self.watcher.changed.connect(self.changed)
        self.workspace.restored.connect(self._on_restored)
        self.workspace.remarks.judged.connect(self._on_judged)
        self.engine_host.changed.connect(self._on_judged)
        labelling = self.labelling
        for signal in (self.loader.advanced, self.embedding.advanced, self.engine_host.changed, labelling.advanced):
            signal.connect(self.changed)
        labelling.finished.connect(self.changed)
        self.tasks.changed.connect(self.changed)

    # Folder ------------------------------------------------------------------------------------------------------

    def open_folder(self, root: Path, examples: Path | None = None) -> None:
        """Open a folder with what was done there before; ``examples`` has one subfolder per bin to begin with."""
        root = root.absolute()
        leave_out = (examples.absolute(),) if examples else ()
        if self.workspace.open_folder(root, leave_out, keep=not self.loader.is_demo(root)) and examples is not None:
            self.loader.read_examples(examples.absolute())

    def open_workspace(self, path: Path, root: Path | None = None, examples: Path | None = None) -> None:
        """Open a workspace file; ``root`` where its folder lies elsewhere now, or the file is not there yet: such a one
        begins with ``examples``. One that is there keeps its own bins."""
        begins, leave_out = not path.exists(), (examples.absolute(),) if examples else ()
        root = root.absolute() if root is not None else None
        opened = self.workspace.open_file(path, root, leave_out if begins else ())
        if not opened or examples is None:
            return
        if begins:
            self.loader.read_examples(examples.absolute())
        else:
            self.passed_over.emit(examples.absolute())

    def save_workspace(self, path: Path) -> None:
        """Go on in a workspace file of that name; where this one was read-only, changes are taken again."""
        self.attempt(partial(self.workspace.save_as, path))

    def open_last(self) -> None:
        """Open what was open last, if that is still there."""
        path = settings.WORKSPACE.get()
        if path is not None and path.is_file():
            self.open_workspace(path)

    def open_demo(self, colour: bool = False) -> None:
        """Draw the demonstration set, or its part in ``colour``, into a temporary folder and open it."""
        self.loader.draw_demo(colour)

    def is_demo(self) -> bool:
        """Whether the open folder is the demonstration's."""
        return self.library.root is not None and self.loader.is_demo(self.library.root)

    def title(self) -> str:
        """What the open folder is called; "" where there is none."""
        root = self.library.root
        if root is None:
            return ""
        name = self.tr("Demonstration") if self.is_demo() else root.name or str(root)
        more = len(self.library.folders)
        return self.tr("{name} + {count}").format(name=name, count=more) if more else name

    def reload(self) -> None:
        """Look again what is in the folder."""
        self.loader.reload()

    def waiting_for(self) -> list[str]:
        """What is on its way; nothing once all is listed, embedded, labelled and painted."""
        parts = {
            "listing": self.loader.running(),
            "model": self.engine_host.due(),
            "thumbnails": self.thumbnails.busy(),
            "labels": self.labelling.busy(),
            "jobs": self.worker.busy(),
        }
        return [name for name, waits in parts.items() if waits]

    # Bins --------------------------------------------------------------------------------------------------------

    def attempt(self, change: Callable[[], object]) -> bool:
        """Do what the person asked for, or say why not; whether it was done."""
        try:
            change()
        except RequestError as error:
            self.refused.emit(Failure(error.title, error.sentence, error.remedy))
            return False
        return True

    def teach(self, name: str, ids: Iterable[ImageId]) -> None:
        """Make images the examples of a bin, or for the name "" of a new bin. Raises RequestError."""
        if name:
            self.bins.assign(ids, name)
        else:
            self.bin_made.emit(self.bins.add(ids))

    # Explanation and export --------------------------------------------------------------------------------------

    def explain(self, image: ImageId) -> bool:
        """Work out why an image has its label; an older question is forgotten. False where it has none."""
        self._explain_job.cancel()
        engine, examples = self.engine_host.engine, self.bins.examples()
        known = self.library.predictions if self.bins.owner(image) is None else self.library.embedded
        usable = [name for name, ids in examples.items() if not self.library.embedded.isdisjoint(ids)]
        if engine is None or len(usable) < 2 or image not in known:
            return False
        job = partial(jobs.explain, engine, examples, image, self.bins.rejected())
        self._explain_job.submit(job, Priority.VISIBLE, partial(self.explained.emit, image))
        return True

    def export(self, path: Path) -> None:
        """Write the table of labels."""
        sources, files = self.library.sources(), self.library.files
        if sources is None:
            return
        given = {i: name for i, name in self.bins.given().items() if i in files}
        rows, line = self.current_labels.rows(), self.threshold.line()
        images = tuple(files.values())
        job = partial(jobs.export_csv, path, sources.root, images, rows, given, line.threshold, namer(sources))
        self.worker.submit(job, Priority.VISIBLE, Handlers(result=lambda _: self.exported.emit(path)))

    # Sight -------------------------------------------------------------------------------------------------------

    def visible_ids(self) -> Sequence[ImageId]:
        """The tiles that are in sight."""
        return self._visible

    def set_visible(self, ids: Sequence[ImageId]) -> None:
        """These tiles are in sight now."""
        self._visible = tuple(ids)
        self.embedding.in_sight(self._visible)
        self.labelling.in_sight(self._visible)

    def stop(self) -> None:
        """Stop working through the folder; what is done is kept."""
        self.embedding.stop()
        self.labelling.stop()

    def resume(self) -> None:
        """Go on where it was stopped."""
        self.embedding.start_folder()
        if self.labelling.stopped:
            self.labelling.relabel()

    def close(self) -> bool:
        """End everything within two seconds; False where something did not end by itself."""
        self.closing.emit()
        self.thumbnails.close()
        self.workspace.autosave.begin_closing()
        clean = self.worker.close()
        self.pool.close()
        self.loader.remove_demo()
        return self.workspace.autosave.close() and clean

    # What happens ------------------------------------------------------------------------------------------------

    def _on_engine(self, same_model: bool) -> None:
        self.library.forget_features()
        self.embedding.halt()
        self._go_on()

    def _on_listed(self, _: Listing) -> None:
        self.engine_host.open()
        self._go_on()

    def _on_settled(self, listing: Listing) -> None:
        """While the folder is watched, images came or went."""
        self.embedding.start_folder()
        self.workspace.on_settled(listing)

    def _on_restored(self, view: View) -> None:
        self.watcher.set_on(view.watch)

    def _on_judged(self) -> None:
        """The line rests on answers about labels of the method in use, or of nobody knows which."""
        remarks, method = self.workspace.remarks, self.method()
        verdicts = {i: v for i, v in remarks.verdicts().items() if v.method in ("", method)}
        self.threshold.learn(verdicts, remarks.picked())

    def method(self) -> str:
        """The model and the method in use, as one name; "" while there is none."""
        engine = self.engine_host.engine
        return f"{engine.model}/{engine.method}" if engine is not None else ""

    def _go_on(self) -> None:
        self.embedding.in_sight(self._visible)
        self.embedding.start_folder()
        if self.bins.examples():
            self.labelling.relabel()

    def _on_lost(self, _: Failure) -> None:
        self.workspace.seek()
        self.embedding.halt()
        self.library.unreadable.clear()
        self.library.failed.emit(tuple(self.library.files))

    def _on_drawn(self, demo: Demo) -> None:
        self.engine_host.wish(demo.model, None)
        self.open_folder(demo.folder, demo.examples)

    def _on_examples(self, listing: Listing, same: Mapping[ImageId, ImageId]) -> None:
        self.attempt(partial(self._take_examples, listing, same))

    def _take_examples(self, listing: Listing, same: Mapping[ImageId, ImageId]) -> None:
        doubled = take_examples(listing, same, self.library, self.bins)
        if doubled:
            self.doubled.emit(doubled)

    def _on_no_thumbnail(self, image: ImageId, reason: str) -> None:
        self.library.set_unreadable({image: reason})
        self.loader.check()
