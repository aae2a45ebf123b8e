"""What is seen while a task is under way: a live line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any, Self

from kie.cli.lang import number, t

if TYPE_CHECKING:
    from types import TracebackType

    from kie.cli.screen import Screen
    from kie.client.results import Task
    from kie.wire.state import TaskState

__all__ = ["Watch"]


class Watch:
    """Shows a task's state, progress and time on stderr.

    Args:
        screen: where notes go when stderr is no terminal.
        title: what is being made.
        price: its price in words, or "".

    """

    def __init__(self, screen: Screen, title: str, price: str = "") -> None:
        self._screen, self._title, self._price = screen, title, price
        self._live: Any = None
        self._row: Any = None
        self._said = ""
        self._begun = time.monotonic()

    def __enter__(self) -> Self:
        """Begin to draw."""
        if sys.stderr.isatty():
            from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

            from kie.cli.screen import console

            self._live = Progress(
                SpinnerColumn(style="cyan"),
                TextColumn("{task.fields[title]}", style="bold", markup=False),
                TextColumn("{task.fields[state]}", markup=False),
                BarColumn(24, complete_style="cyan", finished_style="green", pulse_style="cyan"),
                TextColumn("{task.fields[share]}", markup=False),
                TimeElapsedColumn(),
                TextColumn("{task.fields[price]}", style="dim", markup=False),
                console=console(stderr=True),
                transient=True,
            )
            self._screen.live = self._live.console
            self._live.start()
            self._row = self._live.add_task(
                "", total=None, title=self._title, state=t("state.submitting"), share="", price=self._price
            )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the live line away."""
        if self._live is not None:
            self._live.stop()
            self._screen.live = None
            self._live = None

    def sent(self, task: Task) -> None:
        """Show that there is a task; in a log, with its id, by which it can be resumed whatever happens."""
        if self._live is not None:
            self._live.update(self._row, state=t("state.submitted"))
        elif task.id:
            self._screen.note((t("session.task", model=self._title, task=task.id), "dim"))

    def show(self, state: TaskState) -> None:
        """Show a state: its word, and its progress only where the vendor tells one."""
        share = "" if state.progress is None else t("unit.percent", count=round(state.progress * 100))
        word = t(f"state.{state.state}")
        if self._live is not None:
            total = None if state.progress is None else 1.0
            self._live.update(
                self._row,
                total=total,
                completed=state.progress or 0.0,
                state=word,
                share=share,
            )
            return
        text = f"{word} {share}".strip()
        if text != self._said and state.state != "succeeded":
            self._said = text
            passed = number(f"{time.monotonic() - self._begun:.1f}")
            self._screen.note((f"{self._title}: {text} ({t('unit.seconds', seconds=passed)})", "dim"))
