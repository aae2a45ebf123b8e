"""The data files, found and parsed when they are needed, with the user's folder merged over them."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from kie.catalogue.dialect import Dialect
from kie.catalogue.model import Model
from kie.catalogue.names import Names, Resolution
from kie.errors import InvalidInput, ModelUnavailable

__all__ = ["DATA", "Catalogue", "default_catalogue", "merge_patch"]

DATA = Path(__file__).parent / "data"


def merge_patch(base: Any, patch: Any) -> Any:
    """Merge ``patch`` over ``base`` as RFC 7396 says: objects key by key, null removes, all else replaces."""
    if not isinstance(patch, dict):
        return patch
    out = dict(base) if isinstance(base, dict) else {}
    for key, value in patch.items():
        if value is None:
            out.pop(key, None)
        else:
            out[key] = merge_patch(out.get(key), value)
    return out


def _read(path: Path) -> Any:
    """Parse one data file; say which file and what is wrong where it is none."""
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        message = f"The catalogue file {path.name} cannot be read: {error}"
        raise InvalidInput(message, field=str(path), hint="`kie catalogue check` names every fault.") from error


class Catalogue(Mapping[str, Model]):
    """All models by id; ``catalogue["kling-3.0/video"]``, ``catalogue.search("kling", task="text-to-video")``.

    Args:
        folder: a folder of additions and corrections, laid out like the package's own ``data`` folder
            (``models/*.json``, ``dialects/*.json``, ``aliases.json``, ``corrections.json``), merged over it.
        prefer: which twin a name that stands for two ids means: "unified" (createTask), "legacy" (the endpoints of
            its own), or None for what the data say of each pair.

    """

    def __init__(self, folder: Path | str | None = None, *, prefer: str | None = None) -> None:
        if prefer not in (None, "unified", "legacy"):
            raise InvalidInput(
                f"prefer={prefer!r} is not a choice.",
                field="prefer",
                allowed=("unified", "legacy"),
                hint="Use 'unified' or 'legacy', or leave it out.",
            )
        self._folder = Path(folder).expanduser() if folder else None
        if self._folder is not None and not self._folder.is_dir():
            raise InvalidInput(f"The catalogue folder {self._folder} does not exist.", field="KIE_CATALOGUE")
        self._prefer = prefer
        self._models: dict[str, Model] = {}
        self._dialects: dict[str, Dialect] = {}
        self._vendor_files: dict[str, dict[str, Any]] = {}
        self._lock = threading.RLock()

    # ------------------------------------------------------------------------------------------------ what is there

    @cached_property
    def _index(self) -> dict[str, str]:
        index: dict[str, str] = dict(_read(DATA / "index.json")["models"])
        index.update(dict.fromkeys(self._own, ""))
        return index

    @cached_property
    def _own(self) -> dict[str, dict[str, Any]]:
        """Return the models of the user's folder."""
        out: dict[str, dict[str, Any]] = {}
        if self._folder is not None:
            for path in sorted((self._folder / "models").glob("*.json")):
                document = _read(path)
                for name, entry in document.get("models", {}).items():
                    out[name] = {"vendor": document.get("vendor", path.stem), **entry}
        return out

    @cached_property
    def _corrections(self) -> dict[str, Any]:
        return self._merged("corrections.json").get("models") or {}

    @cached_property
    def roles(self) -> dict[str, Any]:
        """The vocabulary of roles and the translations of their values (``data/roles.json``)."""
        return self._merged("roles.json")

    @cached_property
    def _names(self) -> Names:
        return Names(self._merged("aliases.json"), self._index)

    def _merged(self, name: str) -> dict[str, Any]:
        path = DATA / name
        base = _read(path) if path.exists() else {}
        if self._folder is not None and (self._folder / name).exists():
            base = merge_patch(base, _read(self._folder / name))
        return base if isinstance(base, dict) else {}

    def dialect(self, name: str) -> Dialect:
        """Return a dialect by its name.

        Raises:
            InvalidInput: there is no dialect of that name.

        """
        found = self._dialects.get(name)
        if found is None:
            path = DATA / "dialects" / f"{name}.json"
            record = _read(path) if path.exists() else None
            own = self._folder / "dialects" / f"{name}.json" if self._folder else None
            if own is not None and own.exists():
                record = merge_patch(record or {}, _read(own))
            if record is None:
                raise InvalidInput(f"There is no dialect {name!r}.", field="dialect")
            found = self._dialects[name] = Dialect(record)
        return found

    # ---------------------------------------------------------------------------------------------------- one model

    def __getitem__(self, name: str) -> Model:
        """Return the model of an id or any other name of it.

        Raises:
            ModelUnavailable: no such model, or it is retired (says what to use).

        """
        return self.resolve(name).model

    def get(self, name: str, default: Any = None) -> Any:
        """Return the model of a name, or ``default`` where there is none or it is retired."""
        try:
            return self[name]
        except ModelUnavailable:
            return default

    def __contains__(self, name: object) -> bool:
        """Whether the name resolves to a model that is not retired."""
        try:
            return isinstance(name, str) and bool(self.resolve(name))
        except ModelUnavailable:
            return False

    def __iter__(self) -> Iterator[str]:
        """All ids, in alphabetical order, retired ones included."""
        return iter(sorted(self._index))

    def __len__(self) -> int:
        """How many ids there are."""
        return len(self._index)

    def entry(self, model_id: str) -> Model:
        """Return the entry of an exact id, retired ones included.

        Raises:
            KeyError: there is no such id.

        """
        found = self._models.get(model_id)
        if found is None:
            with self._lock:
                found = self._models.get(model_id)
                if found is not None:  # made by another thread while this one waited
                    return found
                record = merge_patch(self._record(model_id), self._corrections.get(model_id, {}).get("set", {}))
                if model_id in self._own:
                    record = merge_patch(record, self._own[model_id])
                found = self._models[model_id] = Model(model_id, record, self.dialect(record["dialect"]))
        return found

    def _record(self, model_id: str) -> dict[str, Any]:
        vendor = self._index[model_id]
        if not vendor:  # only in the user's folder, or there as well
            vendor = _read(DATA / "index.json")["models"].get(model_id, "")
            if not vendor:
                return {}
        document = self._vendor_files.get(vendor)
        if document is None:
            document = self._vendor_files[vendor] = _read(DATA / "models" / f"{vendor}.json")
        return {"vendor": document["vendor"], **document["models"][model_id]}

    def resolve(self, name: str, *, prefer: str | None = None, retired: bool = False) -> Resolution:
        """Find the model that a name means: an id, an alias, a page's slug, a name in another spelling.

        Args:
            name: what the user typed.
            prefer: like the constructor's, for this call.
            retired: return retired models too, instead of raising.

        Raises:
            ModelUnavailable: no such model, or it is retired (says since when and what to use).

        """
        found = self._names.find(name, prefer or self._prefer)
        model = self.entry(found.model_id)
        retirement = self._names.retirement(found.model_id)
        if (retirement or model.standing == "retired") and not retired:
            raise self._names.gone(found.model_id, retirement or {}, name)
        return Resolution(model, found.preset, found.notice)

    def retirement(self, model_id: str) -> dict[str, Any] | None:
        """Return what is known of a retirement (``since``, ``successor``, ``why``), or None."""
        return self._names.retirement(model_id)

    def aliases(self, model_id: str) -> tuple[str, ...]:
        """Return the other names of an id."""
        return self._names.of(model_id)

    def search(
        self,
        text: str = "",
        *,
        category: str | None = None,
        task: str | None = None,
        vendor: str | None = None,
        retired: bool = False,
    ) -> list[Model]:
        """Find models by words in their id, title or vendor, by what comes out and by task.

        Args:
            text: words that must all occur (any case); "" finds everything.
            category: image, video, audio, music, text (or "chat") or data.
            task: e.g. "text-to-video".
            vendor: name of the vendor's file, e.g. "kling".
            retired: whether to list retired models too.

        Returns:
            The models, current ones first, then in alphabetical order.

        """
        words = text.lower().split()
        kind = {"chat": "text"}.get(category or "", category)
        out = []
        for name in self:
            model = self.entry(name)
            gone = model.standing == "retired" or self.retirement(name) is not None
            if gone and not retired:
                continue
            hay = f"{name} {model.title} {model.vendor}".lower()
            if (
                all(word in hay for word in words)
                and (kind is None or model.kind == kind)
                and (task is None or task in model.tasks)
                and (vendor is None or model.vendor == vendor)
            ):
                out.append(model)
        order = {"current": 0, "legacy": 1, "undocumented": 2, "retired": 3}
        return sorted(out, key=lambda m: (order.get(m.standing, 4), m.id))


@lru_cache(maxsize=8)
def _shared(folder: str | None, prefer: str | None) -> Catalogue:
    return Catalogue(folder, prefer=prefer)


def default_catalogue(*, prefer: str | None = None) -> Catalogue:
    """Return the catalogue that ships, with the folder of ``KIE_CATALOGUE`` merged over it; shared in the process."""
    return _shared(os.environ.get("KIE_CATALOGUE") or None, prefer)
