"""One model: what it takes, what its inputs mean, what it costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kie.catalogue.price import Estimator

if TYPE_CHECKING:
    from kie.catalogue.dialect import Dialect
    from kie.money import Price

__all__ = ["Model"]

#: The wait of a model without one of its own, by what comes out: (typical seconds, deadline in seconds).
#: The deadlines are the client guide's: five minutes for an image, longer for video.
_WAITS = {
    "image": (20, 300),
    "video": (120, 1200),
    "audio": (10, 300),
    "music": (90, 900),
    "text": (15, 300),
    "data": (15, 600),
}


class Model:
    """A model of the catalogue. Attributes are facts with a source; nothing here talks to the network.

    Attributes:
        id: today's id, as the vendor spells it.
        title: a name for people.
        vendor: who makes it (the name of its data file).
        kind: what comes out: image, video, audio, music, text or data.
        tasks: what it is for, e.g. ("text-to-video", "image-to-video").
        dialect: how it is spoken to.
        standing: current, legacy, retired or undocumented.
        schema: JSON Schema of the input (facts; see ``source``), our corrections merged in.
        roles: what inputs mean → the model's own name for them, e.g. ``{"first_frame": "image_urls[0]"}``.
        rules: rules across fields that a schema cannot say.
        result: what a success carries: urls, text or data.
        expect: typical seconds to success.
        deadline: seconds after which a wait gives up (the task goes on).
        lifetime: seconds that result links live.
        source: document and date of the facts.

    """

    __slots__ = (
        "_estimator",
        "deadline",
        "dialect",
        "expect",
        "id",
        "kind",
        "lifetime",
        "raw",
        "result",
        "roles",
        "rules",
        "schema",
        "source",
        "standing",
        "tasks",
        "title",
        "vendor",
        "wire_id",
    )

    def __init__(self, model_id: str, record: dict[str, Any], dialect: Dialect) -> None:
        self.id = model_id
        self.raw = record
        self.dialect = dialect
        self.title: str = record.get("title", model_id)
        self.vendor: str = record.get("vendor", "")
        self.kind: str = record.get("kind", "data")
        self.tasks: tuple[str, ...] = tuple(record.get("tasks", ()))
        self.standing: str = record.get("standing", "current")
        self.schema: dict[str, Any] = record.get("input") or {"type": "object", "additionalProperties": True}
        self.roles: dict[str, str] = record.get("roles", {})
        self.rules: tuple[dict[str, Any], ...] = tuple(record.get("rules", ()))
        self.result: str = record.get("result", dialect.result)
        expect, deadline = _WAITS.get(self.kind, _WAITS["data"])
        wait = record.get("wait") or dialect.wait
        self.expect: float = wait.get("expect", expect)
        self.deadline: float = wait.get("deadline", deadline)
        self.lifetime: float = record.get("lifetime", dialect.lifetime)
        self.source: dict[str, str] = record.get("source", {})
        self.wire_id: str = record.get("wire_id", model_id)
        self._estimator: Estimator | None = None

    @property
    def status(self) -> str:
        """The standing, by the name that the public surface promises."""
        return self.standing

    @property
    def docs(self) -> str:
        """The document that the facts come from, with its date."""
        return " ".join(filter(None, (self.source.get("document"), self.source.get("date"))))

    @property
    def fields(self) -> dict[str, dict[str, Any]]:
        """The inputs by their native names, each with its schema."""
        found: dict[str, dict[str, Any]] = self.schema.get("properties") or {}
        return found

    @property
    def required(self) -> tuple[str, ...]:
        """Native names of the inputs that must be given."""
        return tuple(self.schema.get("required", ()))

    @property
    def submit(self) -> dict[str, Any]:
        """How a task is created: the dialect's way, with what this model has of its own."""
        own = self.raw.get("submit")
        return {**self.dialect.submit, **own} if own else self.dialect.submit

    @property
    def priced(self) -> bool:
        """Whether a price is published."""
        return bool(self.raw.get("price"))

    def price(self, **inputs: Any) -> Price | None:
        """Estimate the price of a call with these inputs (native names, or roles that are a field as they are).

        Returns:
            The price in credits, or a range where it depends on what is not known; None where none is published.

        """
        record = self.raw.get("price")
        if not record:
            return None
        if self._estimator is None:
            self._estimator = Estimator(record, self.schema)
        return self._estimator.price(
            {(name if name in self.fields else self.roles.get(name, name)): v for name, v in inputs.items()}
        )

    def __repr__(self) -> str:
        """Show id, kind and standing."""
        return f"<Model {self.id} ({self.kind}, {self.standing})>"
