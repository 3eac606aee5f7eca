"""One window's work: the folder, the bins, and the jobs that connect them. Holds no widget."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QCoreApplication, QObject, Signal

from backend import jobs
from backend.errors import RequestError
from backend.images import DecoderPool
from backend.images.sources import namer
from backend.jobs.demo_set import Demo
from backend.types import Explanation, ImageId, Listing, Prediction, Status
from backend.workspace.state import View
from fewshot_gui import settings
from fewshot_gui.session.acceptance_threshold import Sureness
from fewshot_gui.session.background_tasks import Chores
from fewshot_gui.session.bin_state import BinState, check_number
from fewshot_gui.session.bin_store import BinStore
from fewshot_gui.session.folder.current_labels import Present
from fewshot_gui.session.folder.duplicates import Twins
from fewshot_gui.session.folder.embedding_controller import Embedding
from fewshot_gui.session.folder.engine_host import EngineHost
from fewshot_gui.session.folder.folder_loader import Opening
from fewshot_gui.session.folder.folder_watcher import Watching
from fewshot_gui.session.folder.labelling_controller import Labelling
from fewshot_gui.session.folder.library import Library
from fewshot_gui.session.folder.suspect_examples import Doubts
from fewshot_gui.session.initial_bins import first_bins
from fewshot_gui.session.thumbnails import Thumbnails
from fewshot_gui.session.worker import Failure, Handlers, Priority, Worker
from fewshot_gui.session.workspace.workspace_controller import Desk


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
        self.chores = Chores(self)
        self.library = Library(self)
        self.bins = BinStore(self)
        self.present = Present(self.library, self.bins)
        self.sureness = Sureness(self.library, self.bins, self)
        self.thumbnails = Thumbnails(self.pool, self)
        self.host = EngineHost(self.worker, self.pool, self)
        self.opening = Opening(self.worker, self.library, self)
        self.embedding = Embedding(self.worker, self.host, self.library, self)
        self.labelling = Labelling(
            self.worker, self.host, self.library, self.bins, self.embedding, self.visible_ids, self
        )
        self.desk = Desk(self.worker, self.library, self.bins, self.host, self.opening, self)
        self.doubts = Doubts(self.worker, self.host, self.library, self.bins, self.labelling, self)
        self.watching = Watching(self.worker, self.library, self.opening, self)
        self.twins = Twins(self.worker, self.host, self.library, self.embedding, self)
        self._visible: tuple[ImageId, ...] = ()
        self._explain_job = 0
        self._demo_folder: TemporaryDirectory[str] | None = None
        self._connect()

    def _connect(self) -> None:
        self.thumbnails.unreadable.connect(self._on_no_thumbnail)
        self.library.reset.connect(self.embedding.halt)
        self.library.relisted.connect(self.thumbnails.retry_broken)
        self.host.opened.connect(self._on_engine)
        self.opening.listed.connect(self._on_listed)
        self.opening.lost.connect(self._on_lost)
        self.opening.examples_found.connect(self._on_examples)
        self.opening.drawn.connect(self._on_drawn)
        self.embedding.suspicious.connect(self.opening.check)
        self.watching.settled.connect(self._on_settled)
        self.watching.changed.connect(self.desk.keeper.touch)
        self.watching.changed.connect(self.changed)
        self.desk.restored.connect(self._on_restored)
        self.desk.remarks.judged.connect(self._on_judged)
        self.host.changed.connect(self._on_judged)
        labelling = self.labelling
        for signal in (self.opening.advanced, self.embedding.advanced, self.host.changed, labelling.advanced):
            signal.connect(self.changed)
        labelling.finished.connect(self.changed)
        self.chores.changed.connect(self.changed)

    # Folder ------------------------------------------------------------------------------------------------------

    def open_folder(self, root: Path, examples: Path | None = None) -> None:
        """Open a folder with what was done there before; ``examples`` has one subfolder per bin to begin with."""
        root = root.absolute()
        leave_out = (examples.absolute(),) if examples else ()
        if self.desk.open_folder(root, leave_out, keep=not self._is_drawn(root)) and examples is not None:
            self.opening.read_examples(examples.absolute())

    def open_workspace(self, path: Path, root: Path | None = None, examples: Path | None = None) -> None:
        """Open a workspace file; ``root`` where its folder lies elsewhere now, or the file is not there yet: such a one
        begins with ``examples``. One that is there keeps its own bins."""
        begins, leave_out = not path.exists(), (examples.absolute(),) if examples else ()
        opened = self.desk.open_file(path, root.absolute() if root is not None else None, leave_out if begins else ())
        if not opened or examples is None:
            return
        if begins:
            self.opening.read_examples(examples.absolute())
        else:
            self.passed_over.emit(examples.absolute())

    def save_workspace(self, path: Path) -> None:
        """Go on in a workspace file of that name; where this one was read-only, changes are taken again."""
        self.attempt(partial(self.desk.save_as, path))

    def open_last(self) -> None:
        """Open what was open last, if that is still there."""
        path = settings.WORKSPACE.get()
        if path is not None and path.is_file():
            self.open_workspace(path)

    def open_demo(self, colour: bool = False) -> None:
        """Draw the demonstration set, or its part in ``colour``, into a temporary folder and open it."""
        if self._demo_folder is not None:
            self._demo_folder.cleanup()
        self._demo_folder = TemporaryDirectory(prefix="fewshot-demo-", ignore_cleanup_errors=True)
        self.opening.draw_demo(Path(self._demo_folder.name), colour)

    def is_demo(self) -> bool:
        """Whether the open folder is the demonstration's."""
        return self.library.root is not None and self._is_drawn(self.library.root)

    def _is_drawn(self, root: Path) -> bool:
        return self._demo_folder is not None and root.is_relative_to(self._demo_folder.name)

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
        self.opening.reload()

    def waiting_for(self) -> list[str]:
        """What is on its way; nothing once all is listed, embedded, labelled and painted."""
        parts = {
            "listing": self.opening.running(),
            "model": self.host.due(),
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
        self.worker.cancel(self._explain_job)
        engine, examples = self.host.engine, self.bins.examples()
        known = self.library.predictions if self.bins.owner(image) is None else self.library.embedded
        usable = [name for name, ids in examples.items() if not self.library.embedded.isdisjoint(ids)]
        if engine is None or len(usable) < 2 or image not in known:
            return False
        handlers = Handlers(result=partial(self._on_explained, image))
        job = partial(jobs.explain, engine, examples, image, self.bins.rejected())
        self._explain_job = self.worker.submit(job, Priority.VISIBLE, handlers)
        return True

    def export(self, path: Path) -> None:
        """Write the table of labels."""
        sources = self.library.sources()
        if sources is None:
            return
        files = tuple(self.library.files.values())
        given = {i: name for i, name in self.bins.given().items() if i in self.library.files}
        handlers = Handlers(result=partial(self._on_exported, path))
        line = self.sureness.line()
        job = partial(jobs.export_csv, path, sources.root, files, self._rows(), given, line.threshold, namer(sources))
        self.worker.submit(job, Priority.VISIBLE, handlers)

    def _rows(self) -> dict[ImageId, Prediction]:
        failed = {i: Prediction(Status.ERROR, message=reason) for i, reason in self.library.unreadable.items()}
        found = zip(self.library.files, self.present.predictions(self.library.files), strict=True)
        return {i: p for i, p in found if p is not None} | failed

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
        self.desk.keeper.begin_closing()
        clean = self.worker.close()
        self.pool.close()
        clean = self.desk.keeper.close() and clean
        if self._demo_folder is not None:
            self._demo_folder.cleanup()
        return clean

    # What happens ------------------------------------------------------------------------------------------------

    def _on_engine(self, same_model: bool) -> None:
        self.library.forget_features()
        self.embedding.halt()
        self._go_on()

    def _on_listed(self, _: Listing) -> None:
        self.host.open()
        self._go_on()

    def _on_settled(self, listing: Listing) -> None:
        """While the folder is watched, images came or went."""
        self.embedding.start_folder()
        self.desk.on_settled(listing)

    def _on_restored(self, view: View) -> None:
        self.watching.set_on(view.watch)

    def _on_judged(self) -> None:
        """The line rests on answers about labels of the method in use, or of nobody knows which."""
        remarks, method = self.desk.remarks, self.method()
        verdicts = {i: v for i, v in remarks.verdicts().items() if v.method in ("", method)}
        self.sureness.learn(verdicts, remarks.picked())

    def method(self) -> str:
        """The model and the method in use, as one name; "" while there is none."""
        engine = self.host.engine
        return f"{engine.model}/{engine.method}" if engine is not None else ""

    def _go_on(self) -> None:
        self.embedding.in_sight(self._visible)
        self.embedding.start_folder()
        if self.bins.examples():
            self.labelling.relabel()

    def _on_lost(self, _: Failure) -> None:
        self.desk.seek()
        self.embedding.halt()
        self.library.unreadable.clear()
        self.library.failed.emit(tuple(self.library.files))

    def _on_drawn(self, demo: Demo) -> None:
        self.host.wish(demo.model, None)
        self.open_folder(demo.folder, demo.examples)

    def _on_examples(self, listing: Listing, same: Mapping[ImageId, ImageId]) -> None:
        found = first_bins(listing, same)
        if not found.bins:
            self._refuse_examples(listing.root)
            return
        members = {i for b in found.bins for i in b.examples}
        self.library.add_guests(f for f in listing.files if f.id in members)
        self.attempt(partial(self._take_bins, listing.root.name, found.bins))
        if found.doubled:
            self.doubled.emit(found.doubled)

    def _take_bins(self, name: str, bins: BinState) -> None:
        check_number(len(bins))
        if self.bins.bins() or self.bins.read_only:  # a workspace had some: they can be had back
            self.bins.replace(self.tr("Examples of “{}”").format(name), bins)
        else:
            self.bins.reset(bins)

    def _refuse_examples(self, root: Path) -> None:
        translate = QCoreApplication.translate
        self.refused.emit(
            Failure(
                translate("Session", "No examples found"),
                translate("Session", "{} has no subfolder with images.").format(root),
                translate("Session", "Make one subfolder for each bin, or drag examples into bins here."),
            )
        )

    def _on_no_thumbnail(self, image: ImageId, reason: str) -> None:
        self.library.set_unreadable({image: reason})
        self.opening.check()

    def _on_explained(self, image: ImageId, why: Explanation) -> None:
        self.explained.emit(image, why)

    def _on_exported(self, path: Path, _: object) -> None:
        self.exported.emit(path)
