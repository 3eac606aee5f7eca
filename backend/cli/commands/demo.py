"""``fewshot demo``: a demonstration set, drawn and classified."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from backend.cli.arguments import Parser, Subparsers, add_json, add_model, path
from backend.cli.terminal import complain, print_json
from backend.errors import RequestError

if TYPE_CHECKING:
    from backend.cli.labelled_demo import DemoArguments


def add_parser(subparsers: "Subparsers[Parser]") -> None:
    p = subparsers.add_parser("demo", help="draw characters nobody has seen and classify them")
    p.add_argument("--keep", type=path, metavar="DIR", help="keep the demonstration set in this new or empty folder")
    p.add_argument("--seed", type=int, default=0, help="another seed, another set; 0 by default")
    add_model(p, "see fewshot models; by default characters, and photos for the part in colour")
    add_json(p)
    p.set_defaults(run=run)


def run(arguments: "DemoArguments") -> int:
    """Draws the demonstration set, classifies it, prints table and accuracy."""
    if arguments.seed < 0:
        raise RequestError("Out of range", f"--seed is {arguments.seed}.", "Give a number from 0 on.")
    if arguments.keep is not None:
        return _demo_in(arguments.keep, arguments)
    with TemporaryDirectory(prefix="fewshot-demo-") as folder:
        return _demo_in(Path(folder), arguments)


def _demo_in(folder: Path, arguments: "DemoArguments") -> int:
    from backend.cli.labelled_demo import label_part
    from backend.jobs.demo import CHARACTERS, COLOUR_FOLDER, CREATURES
    from backend.models.model import runnable
    from backend.models.store import default_model, read_card

    done = [label_part(folder, CHARACTERS, arguments, arguments.model or CHARACTERS.model)]
    photos = arguments.model or default_model()
    card = read_card(photos)
    if card.input.kind == "photo" and arguments.method in (None, *runnable(card)):
        done.append(label_part(folder / COLOUR_FOLDER, CREATURES, arguments, photos))
    elif card.input.kind == "photo":
        complain(f"Without the part in colour: model {photos} has no method {arguments.method!r}.")
    if arguments.json:
        first, *colour = [d.figures() for d in done]
        print_json(first | {"seed": arguments.seed} | ({"colour": colour[0]} if colour else {}))
        return 0
    for number, part in enumerate(done):
        if number:
            print()
        part.show(arguments.seed)
    return 0
