"""The emulator's public face."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from kie.emulator.app import Application
from kie.emulator.control.har import export
from kie.emulator.control.snapshot import load, save
from kie.emulator.money.bill import Bill, make_bill
from kie.emulator.verdict import Verdict, judge
from kie.emulator.verdict.evidence import gather
from kie.emulator.world import World

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from types import TracebackType

    from kie.emulator.faults.script import Scripts
    from kie.emulator.journal import Note
    from kie.emulator.money.keys import Key
    from kie.emulator.money.ledger import Entry
    from kie.emulator.results.studio import Renderer
    from kie.emulator.sending.courier import Receiver
    from kie.emulator.serving.server import Server
    from kie.emulator.tasks import Task


class Emulator:
    """A kie.ai on this machine: the vendor's wire, real small media, no credits spent.

    Args:
        seed: Ids, waits and media follow from it; the same seed and the same requests give the same answers.
        clock: "real", "scaled:60", "frozen" or "jump": see kie.emulator.clock.
        credits: The balance to begin with.
        keys: The keys that are accepted, with or without caps (Key); None accepts any that is not empty.
        webhook_key: Callbacks are signed with it.
        quirks: Named deviations; see kie.emulator.quirks.QUIRKS.
        faults: What goes wrong: Fault objects, a pack's name (flaky, brownout, lost-webhooks, drift, incident), the
            path of a script in YAML or JSON, a Script, or several of these.
        strict: Refuse unknown fields instead of ignoring them as the vendor does.
        base_url: The address that result links begin with; by default the one that the client used.
        start: The virtual time to begin with, in seconds since 1970; by default now.
        workers: Processes that render; 0 renders in threads of this process.
        renderer: Takes the place of the renderers, for tests: gets the description of a medium, gives its
            bytes.
        watermark: Write EMULATED on the face of pictures and clips too, not only into their metadata.
        rate: So many new tasks in so many virtual seconds for a key; 0 tasks is no limit.
        concurrency: Tasks that may be unfinished at once for a key; None is no limit.
        receiver: Takes all callbacks in this process instead of sending them over HTTP: gets address, headers and
            body, gives back a status.
        cache: A folder in which rendered media are kept from run to run; None keeps them for this run.

    Raises:
        ValueError: for a clock, quirk or fault that does not exist.
        OSError: when a script of faults cannot be read.
    """

    def __init__(
        self,
        *,
        seed: int = 0,
        clock: str = "jump",
        credits: Decimal | int = 1000,  # noqa: A002 - the vendor's word
        keys: Iterable[str | Key] | None = None,
        webhook_key: str | None = None,
        quirks: Iterable[str] = (),
        faults: Scripts = (),
        strict: bool = False,
        base_url: str | None = None,
        start: float | None = None,
        workers: int = 2,
        renderer: Renderer | None = None,
        watermark: bool = False,
        rate: tuple[int, float] = (20, 10.0),
        concurrency: int | None = None,
        receiver: Receiver | None = None,
        cache: Path | None = None,
    ) -> None:
        self.world = World(
            seed=seed,
            clock=clock,
            credits=Decimal(credits),
            webhook_key=webhook_key,
            quirks=quirks,
            faults=faults,
            start=start,
            workers=workers,
            renderer=renderer,
            watermark=watermark,
            rate=rate,
            concurrency=concurrency,
            keys=keys,
            receiver=receiver,
            cache=cache,
        )
        self.app = Application(self.world, strict=strict, base_url=base_url)
        self._servers: list[Server] = []

    def serve(self, host: str = "127.0.0.1", port: int = 0, *, tls: Path | None = None) -> Server:
        """Serves on a socket, in a thread of its own; port 0 takes a free one.

        Args:
            host: The address to listen on.
            port: The port to listen on.
            tls: A folder for a certificate (`ca.pem` in it is what a client is told to trust). With it the port
                answers https too, and is a proxy for the vendor's host names and for nothing else: clients with a
                built-in address are sent here by `HTTPS_PROXY`.

        Raises:
            OSError: when the port is taken or the folder cannot be written.
            ImportError: when a package of the extra `emulator` is missing.
        """
        from kie.emulator.serving.server import Server

        context = None
        if tls is not None:
            from kie.emulator.serving.tls import Authority

            context = Authority(tls).context()
        server = Server(self.app, host, port, context=context)
        self.app.answers_to(host)
        self._servers.append(server)
        return server

    @property
    def balance(self) -> Decimal:
        """Credits that may still be spent."""
        return self.world.ledger.balance

    def ledger(self) -> tuple[Entry, ...]:
        """All movements of credits, oldest first."""
        return self.world.ledger.entries()

    def journal(self) -> tuple[Note, ...]:
        """All requests and callbacks, oldest first."""
        return self.world.journal.notes()

    def tasks(self) -> tuple[Task, ...]:
        """All tasks, oldest first."""
        return tuple(self.world.tasks.values())

    def now(self) -> float:
        """The virtual time, in seconds since 1970."""
        return self.world.clock.now()

    def verdict(self, ignore: Iterable[str] = ()) -> Verdict:
        """What is to be said of the client, of all that it has done so far: ask when it is done.

        Args:
            ignore: Names of findings to leave out; see docs/emulator/verdict.md.

        Raises:
            ValueError: for a name that no finding has.
        """
        return judge(gather(self.world), ignore)

    def snapshot(self) -> bytes:
        """The whole state as JSON: see kie.emulator.control.snapshot.

        Callbacks that are under way are waited for; not to be called by their receiver.

        Raises:
            TimeoutError: when one was under way for longer than 20 s.
        """
        return save(self.world)

    def restore(self, data: bytes) -> None:
        """Goes on from a snapshot, of this emulator or another; what there was is forgotten.

        Raises:
            ValueError: when it is no snapshot; nothing is changed then.
        """
        load(self.world, data)

    def bill(self) -> Bill:
        """What all calls so far would have cost; `str` of it is for reading."""
        return make_bill(self.world.ledger)

    def har(self) -> dict[str, Any]:
        """The journal as a HAR 1.2 file, without credentials: see kie.emulator.control.har."""
        return export(self.world.journal.notes())

    def advance(self, seconds: float) -> int:
        """Lets virtual time pass; returns how many events happened.

        The callbacks of that time are delivered when it returns: a receiver must not run in the same thread.
        """
        return self.world.clock.advance(seconds)

    def add_fault(self, fault: Scripts) -> None:
        """One more rule, pack or script, counted from now on.

        Raises:
            ValueError: for what is none.
            OSError: when a script cannot be read.
        """
        self.world.faults.add(fault)

    def reset(self) -> None:
        """Forgets all tasks, files and movements; the same seed begins anew."""
        self.world.reset()

    def close(self) -> None:
        """Ends servers, threads and processes."""
        for server in self._servers:
            server.close()
        self._servers.clear()
        self.world.close()
        self.app.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        """Seed and clock, and where it is served."""
        places = ", ".join(server.url for server in self._servers) or "not served"
        held: dict[str, Any] = {"seed": self.world.seed, "clock": self.world.clock.mode}
        return f"<Emulator {held} {places}>"
