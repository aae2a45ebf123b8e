"""One call of a command: its common options, its client, what is under way, and what happens when it goes wrong."""

from __future__ import annotations

import logging
import os
import warnings
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kie.cli import exits
from kie.cli.interruptible import Interruptible
from kie.cli.lang import t
from kie.cli.records import plain
from kie.cli.screen import Screen
from kie.errors import AuthenticationError, KieError, SubmitOutcomeUnknown

if TYPE_CHECKING:
    from collections.abc import Callable

    from kie.catalogue import Catalogue
    from kie.client.results import Task
    from kie.client.sync import Kie
    from kie.money import Currency

__all__ = ["Session", "Wiring", "error_record", "resume_command", "tell_notice"]


@dataclass(frozen=True)
class Wiring:
    """What a command works with that tests put in its place.

    Attributes:
        transport: an HTTP client for ``Kie``, or None for its own.
        api_key: a key that goes before the environment's, or None.
        poll: fixed seconds between polls, or None for the client's own pace.

    """

    transport: Any = None
    api_key: str | None = None
    poll: float | None = None


def resume_command(model: str, task_id: str, folder: str | None = None) -> str:
    """Return the command line that goes on waiting for a task."""
    import shlex

    words = ["kie", "wait", task_id, "--model", model]
    if folder not in (None, "", "."):
        words += ["-o", str(folder)]
    return shlex.join(words)


@dataclass
class Session:
    """What a command is given beside its own options."""

    wiring: Wiring = field(default_factory=Wiring)
    wants_json: bool = False
    verbose: int = 0
    emulated: bool = False
    base_url: str | None = None
    currency_setting: str | None = None
    rate: Any = None
    folder: str | None = None
    #: Tasks that were submitted and have not been seen to end: told when the command ends early.
    under_way: list[Task] = field(default_factory=list)
    #: Model whose request is being sent: its outcome is open when the command ends early.
    submitting: str | None = None

    def __post_init__(self) -> None:
        self.screen = Screen(document=self.wants_json)
        self._opened: Kie | None = None

    # -------------------------------------------------------------------------------------------------- what it needs

    @cached_property
    def environment(self) -> dict[str, str]:
        """All settings, of the environment and of ``.env``."""
        from kie.client.settings import environment

        return environment()

    @cached_property
    def catalogue(self) -> Catalogue:
        """The catalogue, which needs no key."""
        from kie.catalogue import Catalogue, default_catalogue

        folder = self.environment.get("KIE_CATALOGUE")
        prefer = self.environment.get("KIE_PREFER") or None
        return Catalogue(folder, prefer=prefer) if folder else default_catalogue(prefer=prefer)

    @cached_property
    def currency(self) -> Currency:
        """The currency to show prices in: ``--currency``, ``KIE_CURRENCY``, else roubles."""
        from kie.money import currency

        return currency(self.currency_setting or self.environment.get("KIE_CURRENCY"), self.rate)

    @property
    def kie(self) -> Kie:
        """The client, opened when it is first needed; says so where it works on the emulator."""
        if self._opened is None:
            self._opened = self.client()
            if self._opened.emulated:
                self.screen.note((t("session.emulated"), "dim"))
        return self._opened

    @property
    def has_key(self) -> bool:
        """Whether a key is set."""
        return bool(self.wiring.api_key or self.environment.get("KIE_API_KEY", "").strip())

    def client(self) -> Kie:
        """Open a client by the options of this call.

        Raises:
            AuthenticationError: there is no key.
            InvalidInput: a setting is not usable.

        """
        from kie.client.sync import Kie

        try:
            kie = Kie(
                self.wiring.api_key,
                base_url=self.base_url,
                transport=self.wiring.transport,
                emulated=True if self.emulated else None,
                poll=self.wiring.poll,
            )
        except AuthenticationError as error:
            if not self.has_key:
                error.hint = t("session.no-key")
            raise
        kie._transport = Interruptible(kie._transport)  # noqa: SLF001 - the one place where a command waits
        return kie

    # ------------------------------------------------------------------------------------------------------ how it ends

    def run(self, action: Callable[[], int | None]) -> int:
        """Do the work of a command and return its exit code, whatever happens."""
        self._listen()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("default", UserWarning)
                warnings.showwarning = self._warned
                return action() or exits.DONE
        except KeyboardInterrupt:
            return self.interrupted()
        except KieError as error:
            return self.failed(error)
        finally:
            self.close()

    def close(self) -> None:
        """Close the client, if one was opened."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def failed(self, error: KieError) -> int:
        """Say what went wrong and how to go on; return the exit code."""
        code = exits.code_of(error)
        say = self.screen
        say.note(("✗ ", "red bold"), (t(f"error.{type(error).__name__}"), "red bold"))
        say.note("  " + str(error).replace("\n", "\n  "))
        allowed = [str(value) for value in getattr(error, "allowed", None) or ()]
        if any(value and value not in str(error) for value in allowed):
            say.note("  " + t("session.allowed", values=", ".join(value or '""' for value in allowed)))
        resume = None
        if isinstance(error, SubmitOutcomeUnknown):
            self._loud(error)
        elif error.task_id and error.model and code in (exits.TIMED_OUT, exits.UNAVAILABLE):
            resume = resume_command(error.model, error.task_id, self.folder)
            say.note("  ", (t("session.task", model=error.model, task=error.task_id), ""))
            say.note("  ", t("session.resume"), " ", (resume, "bold"))
        for task in self.under_way:
            if task.id != error.task_id:
                say.note("  ", t("session.also", model=task.model.id, task=task.id))
                say.note("  ", t("session.resume"), " ", (resume_command(task.model.id, task.id, self.folder), "bold"))
        say.document({"error": error_record(error), "resume": resume, "exit_code": code})
        return code

    def _loud(self, error: SubmitOutcomeUnknown) -> None:
        say = self.screen
        say.note()
        say.note(("  " + t("unknown.loud"), "red bold"))
        say.note("  " + t("unknown.what"))
        if error.body_sha256:
            say.note("  " + t("unknown.trace", endpoint=error.endpoint or "", hash=error.body_sha256))

    def interrupted(self) -> int:
        """Say what goes on at kie.ai though the command ends, and how to come back to it; return the exit code."""
        say = self.screen
        say.note()
        say.note(("✗ " + t("session.interrupted"), "red bold"))
        tasks = []
        for task in self.under_way:
            resume = resume_command(task.model.id, task.id, self.folder)
            tasks.append({"model": task.model.id, "task_id": task.id, "resume": resume})
            say.note("  ", t("session.task", model=task.model.id, task=task.id))
            say.note("  ", t("session.resume"), " ", (resume, "bold"))
        if self.submitting:
            say.note(("  " + t("unknown.loud"), "red bold"))
            say.note("  " + t("session.while-submitting", model=self.submitting))
        document: dict[str, Any] = {
            "error": {
                "type": "Interrupted",
                "message": t("session.interrupted"),
                "model": self.submitting,
                "may_have_spent": bool(tasks or self.submitting),
            },
            "tasks": tasks,
            "resume": tasks[0]["resume"] if len(tasks) == 1 else None,
            "exit_code": exits.INTERRUPTED,
        }
        say.document(document)
        return exits.INTERRUPTED

    # --------------------------------------------------------------------------------------------- what is listened to

    def listen(self) -> None:
        """Show warnings of the service too, though nothing was said of a log: for commands that last."""
        if not self.verbose and not os.environ.get("KIE_LOG", "").strip():
            self._listen("WARNING")

    def _listen(self, otherwise: str = "") -> None:
        wanted = os.environ.get("KIE_LOG", "").strip().upper() or otherwise
        if not self.verbose and not wanted:
            return
        level = logging.DEBUG if self.verbose > 1 else logging.INFO if self.verbose else wanted
        handler = _Notes(self.screen)
        logger = logging.getLogger("kie")
        logger.handlers[:] = [handler]
        logger.propagate = False
        logger.setLevel(level if isinstance(level, int) or level in logging.getLevelNamesMapping() else logging.INFO)

    def _warned(self, message: Warning | str, *_: object, **__: object) -> None:
        self.screen.warn(str(message))


def error_record(error: KieError) -> dict[str, Any]:
    """Return an error for a JSON document: its kind, its sentence, and every field that says something."""
    details = {name: value for name, value in vars(error).items() if value not in (None, "", ())}
    details = plain({name: value for name, value in details.items() if name != "message"})
    return {"type": type(error).__name__, "message": error.message, **details, "may_have_spent": error.may_have_spent}


def tell_notice(session: Session, name: str) -> None:
    """Say what a name means today, where it is not an id."""
    notice = session.catalogue.resolve(name).notice
    if notice:
        session.screen.note((notice, "dim"))


class _Notes(logging.Handler):
    """Shows log records as notes."""

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._screen = screen

    def emit(self, record: logging.LogRecord) -> None:
        """Show one."""
        self._screen.note((f"[{record.levelname.lower()}] {record.getMessage()}", "dim"))
