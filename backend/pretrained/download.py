"""Downloads a file: resumable, verified, and moved into place only when complete.

Proxies are those of the environment and of the system, as ``urllib`` finds them.
"""

import errno
import http.client
import os
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from backend.errors import RequestError, Sentence
from backend.types import Job, Progress

CHUNK = 1 << 18
TIMEOUT = 30.0
"""Seconds without a byte after which a connection counts as dead."""
AGAIN = "Run the command again: it goes on where it stopped."


def download(url: str, target: Path, digest: str = "") -> Job[None]:
    """Fetches ``url`` into ``target``; yields ``Progress`` in bytes. What has come so far waits in ``target``.partial.

    Args:
        digest: what the SHA-256 digest of the file, in hex, must begin with.

    Raises:
        RequestError: no connection, a refusal, a broken connection, a full disk, or another file than expected.
    """
    partial = target.with_name(f"{target.name}.partial")
    with _in_words(url, partial):
        target.parent.mkdir(parents=True, exist_ok=True)
        yield from _receive(url, partial)
        yield from _check(url, partial, digest)
        partial.replace(target)


def _receive(url: str, partial: Path) -> Job[None]:
    there = partial.stat().st_size if partial.exists() else 0
    with closing(_open(url, there)) as answer:
        goes_on = there > 0 and answer.status == http.HTTPStatus.PARTIAL_CONTENT
        done = there if goes_on else 0
        length = answer.headers.get("Content-Length")
        total = done + int(length) if length is not None else None
        with partial.open("ab" if goes_on else "wb") as file:
            while chunk := answer.read(CHUNK):
                file.write(chunk)
                done += len(chunk)
                yield Progress("download", done, total)
            file.flush()
            os.fsync(file.fileno())
    if total is not None and done < total:
        raise http.client.IncompleteRead(b"", total - done)


def _open(url: str, there: int) -> Any:
    """The answer to a request for all of ``url`` from byte ``there`` on; for all of it where that is refused."""
    opener = urllib.request.build_opener()  # a new one: proxies may have changed
    headers = {"User-Agent": "fewshot"} | ({"Range": f"bytes={there}-"} if there else {})
    try:
        return opener.open(urllib.request.Request(url, headers=headers), timeout=TIMEOUT)
    except urllib.error.HTTPError as error:
        if error.code != http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            raise
        error.close()
        return _open(url, 0)


def _check(url: str, partial: Path, digest: str) -> Job[None]:
    found, done, size = sha256(), 0, partial.stat().st_size
    with partial.open("rb") as file:
        while chunk := file.read(CHUNK * 16):
            found.update(chunk)
            done += len(chunk)
            yield Progress("check", done, size)
    if not found.hexdigest().startswith(digest):
        partial.unlink()
        what = Sentence(
            "What {0} sent is not the file that was expected (SHA-256 {1}, not {2}).",
            _host(url),
            found.hexdigest()[:8],
            digest,
        )
        raise RequestError("Wrong file", what, "Run the command again; nothing was installed.")


def _host(url: str) -> str:
    return urlsplit(url).netloc


@contextmanager
def _in_words(url: str, partial: Path) -> Iterator[None]:
    try:
        yield
    except urllib.error.HTTPError as error:
        error.close()
        what = Sentence("{0}: the server answers {1} {2}.", url, error.code, error.reason)
        raise RequestError("Download refused", what, "Try again later, or use a local weights file.") from error
    except (urllib.error.URLError, http.client.HTTPException, ConnectionError, TimeoutError) as error:
        raise _broken(url, partial, error) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            partial.unlink(missing_ok=True)
            what = Sentence("There is no room for the file in {0}; what had come was deleted.", partial.parent)
            raise RequestError("Disk full", what, "Free some space and run the command again.") from error
        raise


def _broken(url: str, partial: Path, error: Exception) -> RequestError:
    if partial.exists() and partial.stat().st_size:
        what = Sentence(
            "The connection to {0} ended after {1} bytes; nothing was installed.", _host(url), partial.stat().st_size
        )
        return RequestError("Download broke off", what, AGAIN)
    reason = getattr(error, "reason", None) or error
    what = Sentence("{0} cannot be reached: {1}.", _host(url), reason)
    return RequestError("No connection", what, "Check the network or the proxy, or use a local weights file.")
