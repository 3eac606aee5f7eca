"""Arguments that several commands share, and their types."""

import argparse
import math
import re
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NoReturn, Protocol

from backend.errors import RequestError

if TYPE_CHECKING:
    from backend.evaluation.evaluate import Protocol as EvaluationProtocol

MODEL = "see fewshot models; photos by default"
METHOD = "see fewshot methods; the model's default method if not given"


class Parser(argparse.ArgumentParser):
    """Complains in one line, without usage text."""

    also = ""
    """What the complaint says besides."""

    def error(self, message: str) -> NoReturn:
        """Raises RequestError."""
        raise RequestError("Arguments not understood", f"{message}.", f"See {self.prog} --help{self.also}.")


Subparsers = argparse._SubParsersAction  # argparse has no public name for what add_subparsers returns


class LabellingArguments(Protocol):
    """What ``add_labelling`` and ``add_model`` parse."""

    folder: Path
    examples: Path
    model: str | None
    method: str | None
    device: str
    reject: float


class ProtocolArguments(Protocol):
    """What ``add_protocol`` parses, and the metric."""

    data: Path
    model: str | None
    way: int
    shot: int
    queries: int | None
    episodes: int
    seed: int
    within_parent: bool
    weights: Literal["general", "setting"]
    out: Path | None
    device: str
    json: bool
    metric: str


class TrainingArguments(Protocol):
    """What ``add_training_data`` and ``add_run`` parse, and the whole command."""

    data: list[Path]
    seed: int
    checkpoint_every: float
    resume: bool
    device: str
    json: bool
    command: str


def path(text: str) -> Path:
    """An argument that names a file or folder. An empty one is a slip of the shell and must not become the present
    folder."""
    if not text:
        raise argparse.ArgumentTypeError("an empty name")
    return Path(text)


def positive(text: str) -> float:
    """An argument that is a finite number above 0."""
    value = float(text)
    if not 0 < value < math.inf:
        raise argparse.ArgumentTypeError(f"{text} is not a finite number above 0")
    return value


def seed(text: str) -> int:
    """An argument from which torch's generators can be seeded, a step's number beside it."""
    value = int(text)
    if not 0 <= value < 2**31:
        raise argparse.ArgumentTypeError(f"{text} does not lie between 0 and {2**31 - 1}")
    return value


def setting(text: str) -> str:
    """An argument such as ``20w5s``."""
    if not re.fullmatch(r"[1-9]\d*w[1-9]\d*s", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no setting such as 20w5s")
    return text


def check_share(name: str, value: float) -> None:
    """Raises RequestError unless 0 ≤ value ≤ 1."""
    if not 0 <= value <= 1:
        raise RequestError("Out of range", f"{name} is {value}; it must lie between 0 and 1.", "Give such a number.")


def add_json(p: argparse.ArgumentParser) -> None:
    """What every command has for programs that read it."""
    p.add_argument("--json", action="store_true", help="print one JSON object")


def add_labelling(p: argparse.ArgumentParser) -> None:
    """A folder, the examples to label it by, and how."""
    p.add_argument("folder", type=path, metavar="FOLDER", help="searched recursively")
    p.add_argument(
        "--examples", type=path, required=True, metavar="DIR", help="one subfolder of example images per class"
    )
    add_model(p)
    p.add_argument(
        "--reject",
        type=float,
        default=0.0,
        metavar="P",
        help="what is less certain than P (0..1) is unsure; 0 by default",
    )


def add_model(p: argparse.ArgumentParser, model: str = MODEL) -> None:
    """A model, a method and a device."""
    p.add_argument("--model", metavar="NAME", help=model)
    p.add_argument("--method", metavar="NAME", help=METHOD)
    add_device(p)


def add_device(p: argparse.ArgumentParser) -> None:
    """Where torch computes."""
    p.add_argument(
        "--device", choices=("auto", "cpu", "cuda", "mps"), default="auto", help="auto (the default): the fastest one"
    )


def add_protocol(p: argparse.ArgumentParser) -> None:
    """What is measured on which episodes."""
    p.add_argument(
        "--data",
        type=path,
        required=True,
        metavar="DIR|ZIP|TAR",
        help="a class is any folder that directly holds images",
    )
    p.add_argument("--model", metavar="NAME", help=MODEL)
    p.add_argument("--way", type=int, required=True, metavar="N", help="classes of an episode")
    p.add_argument("--shot", type=int, required=True, metavar="K", help="examples of each class")
    p.add_argument("--queries", type=int, help="queries of each class; 15, or what makes ten instances of a stream")
    p.add_argument("--episodes", type=int, default=1000, help="how many are drawn; 1000 by default")
    p.add_argument("--seed", type=int, default=0, help="the same seed, the same episodes; 0 by default")
    p.add_argument("--within-parent", action="store_true", help="draw each episode from one parent folder (alphabet)")
    p.add_argument(
        "--weights",
        choices=("general", "setting"),
        default="setting",
        help="setting (the default): weights trained for this way and shot, where there are some",
    )
    p.add_argument("--out", type=path, metavar="FILE", help="write every decision, .csv or .json")
    add_device(p)
    add_json(p)


def protocol_of(arguments: ProtocolArguments) -> "EvaluationProtocol":
    """The protocol that is asked for."""
    from backend.evaluation.evaluate import QUERIES
    from backend.evaluation.evaluate import Protocol as EvaluationProtocol
    from backend.evaluation.streaming import streaming_queries

    usual = streaming_queries(arguments.shot) if arguments.metric == "streaming" else QUERIES
    queries = usual if arguments.queries is None else arguments.queries
    return EvaluationProtocol(
        arguments.way, arguments.shot, queries, arguments.episodes, arguments.seed, arguments.within_parent
    )


def add_training_data(p: argparse.ArgumentParser, text: str) -> None:
    """Where a training's images lie."""
    p.add_argument("--data", type=path, required=True, nargs="+", metavar="DIR|ZIP|TAR", help=text)


def add_run(p: argparse.ArgumentParser) -> None:
    """How every training is seeded, kept, gone on with, and told about."""
    p.add_argument("--seed", type=seed, default=0, metavar="S", help="of the weights and of all draws; 0 by default")
    p.add_argument(
        "--checkpoint-every", type=positive, default=45.0, metavar="SECONDS", help="at most this much is lost by a kill"
    )
    p.add_argument("--resume", action="store_true", help="go on after a stop, bit for bit")
    add_device(p)
    add_json(p)
