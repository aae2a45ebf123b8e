"""What is seen while something of many parts is under way: a live row for each part on a terminal, lines elsewhere."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from kie.cli.lang import t

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from kie.cli.screen import Screen

__all__ = ["Stage", "Stages"]

#: Seconds between two lines about the same part in a log, unless its state changes.
_SELDOM = 10.0


class Stage(NamedTuple):
    """A part: its name, the word of its state, how much of it is done, what else is to be said."""

    name: str
    state: str
    done: int = 0
    total: int | None = None
    note: str = ""

    @property
    def share(self) -> str:
        """How much is done, in digits; "" where there is one thing only."""
        return t("stages.of", done=self.done, total=self.total) if self.total is not None and self.total > 1 else ""


class Stages:
    """Shows parts on stderr.

    Args:
        screen: where notes go when stderr is no terminal.

    """

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._live: Any = None
        self._rows: dict[str, Any] = {}
        self._told: dict[str, tuple[Stage, float]] = {}

    def __enter__(self) -> Self:
        """Begin to draw."""
        if sys.stderr.isatty():
            from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

            from kie.cli.screen import console

            self._live = Progress(
                TextColumn("{task.fields[name]}", style="bold", markup=False),
                TextColumn("{task.fields[state]}", markup=False),
                BarColumn(24, complete_style="cyan", finished_style="green", pulse_style="cyan"),
                TextColumn("{task.fields[count]}", markup=False),
                TimeElapsedColumn(),
                TextColumn("{task.fields[note]}", style="dim", markup=False),
                console=console(stderr=True),
                transient=True,
            )
            self._screen.live = self._live.console
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the rows away."""
        self.close()

    def close(self) -> None:
        """Take the rows away; what is printed afterwards is printed as usual."""
        if self._live is not None:
            self._live.stop()
            self._screen.live = None
            self._live = None

    def show(self, stages: Sequence[Stage]) -> None:
        """Show how far the parts are."""
        for stage in stages:
            if self._live is None:
                self._line(stage)
                continue
            total = max(stage.total, 1) if stage.total is not None else None
            fields = {"name": stage.name, "state": stage.state, "count": stage.share, "note": stage.note}
            if stage.name not in self._rows:
                self._rows[stage.name] = self._live.add_task("", total=total, **fields)
            self._live.update(self._rows[stage.name], total=total, completed=stage.done, **fields)

    def _line(self, stage: Stage) -> None:
        """Tell what has changed, and the same state not too often."""
        now = time.monotonic()
        before, at = self._told.get(stage.name, (None, -_SELDOM))
        same = before is not None and (before.state, before.note) == (stage.state, stage.note)
        if before == stage or (same and stage.done != stage.total and now - at < _SELDOM):
            return
        self._told[stage.name] = stage, now
        parts = (part for part in (stage.state, stage.share, stage.note) if part)
        self._screen.note((f"{stage.name}: {', '.join(parts)}", "dim"))
