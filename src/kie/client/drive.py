"""The only two places where effects are performed: blocking, and on an event loop. They differ in ``await`` alone."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING, Any, TypeVar

from kie.client.effects import Close, Emit, Flow, Open, Read, Run, Sleep
from kie.client.transport import HttpRequest

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from kie.client.transport import AsyncTransport, Transport

__all__ = ["Abandoned", "drive", "drive_async", "iterate", "iterate_async"]

T = TypeVar("T")


class Abandoned(BaseException):
    """Thrown into a flow whose reader stopped early, so that it closes what it opened; no fault to be judged."""


def _perform(transport: Transport, effect: Any) -> Any:
    kind = type(effect)
    if kind is HttpRequest:
        return transport.send(effect)
    if kind is Sleep:
        if effect.seconds > 0:
            time.sleep(effect.seconds)
        return None
    if kind is Run:
        return effect.function()
    if kind is Open:
        return transport.stream(effect.request)
    if kind is Read:
        return effect.stream.read()
    if kind is Close:
        with contextlib.suppress(Exception):  # what was read is good, however the connection ends
            effect.stream.close()
    return None  # Emit, where nobody iterates


async def _perform_async(transport: AsyncTransport, effect: Any) -> Any:
    kind = type(effect)
    if kind is HttpRequest:
        return await transport.send(effect)
    if kind is Sleep:
        import asyncio

        await asyncio.sleep(max(0.0, effect.seconds))
        return None
    if kind is Run:
        import asyncio

        return await asyncio.to_thread(effect.function)
    if kind is Open:
        return await transport.stream(effect.request)
    if kind is Read:
        return await effect.stream.read()
    if kind is Close:
        with contextlib.suppress(Exception):
            await effect.stream.close()
    return None


def drive(transport: Transport, flow: Flow[T]) -> T:
    """Run a flow to its end and return its value."""
    try:
        effect = next(flow)
        while True:
            try:
                value = _perform(transport, effect)
            except BaseException as error:  # noqa: BLE001 - the flow decides what it means
                effect = flow.throw(error)
            else:
                effect = flow.send(value)
    except StopIteration as stop:
        result: T = stop.value
        return result


async def drive_async(transport: AsyncTransport, flow: Flow[T]) -> T:
    """Run a flow to its end and return its value."""
    try:
        effect = next(flow)
        while True:
            try:
                value = await _perform_async(transport, effect)
            except BaseException as error:  # noqa: BLE001 - the flow decides what it means
                effect = flow.throw(error)
            else:
                effect = flow.send(value)
    except StopIteration as stop:
        result: T = stop.value
        return result


def iterate(transport: Transport, flow: Flow[Any]) -> Iterator[Any]:
    """Run a flow and yield what it emits."""
    try:
        effect = next(flow)
        while True:
            if type(effect) is Emit:
                try:
                    yield effect.value
                except BaseException:  # left early, or something was thrown in
                    _unwind(transport, flow)
                    raise
                effect = flow.send(None)
                continue
            try:
                value = _perform(transport, effect)
            except BaseException as error:  # noqa: BLE001
                effect = flow.throw(error)
            else:
                effect = flow.send(value)
    except StopIteration:
        return


def _unwind(transport: Transport, flow: Flow[Any]) -> None:
    try:
        effect = flow.throw(Abandoned())
        while True:
            try:
                value = _perform(transport, effect)
            except BaseException as error:  # noqa: BLE001
                effect = flow.throw(error)
            else:
                effect = flow.send(value)
    except (Exception, Abandoned):  # noqa: BLE001 - its end; and closing is all that is wanted here
        return


async def iterate_async(transport: AsyncTransport, flow: Flow[Any]) -> AsyncIterator[Any]:
    """Run a flow and yield what it emits."""
    try:
        effect = next(flow)
        while True:
            if type(effect) is Emit:
                try:
                    yield effect.value
                except BaseException:  # left early, or something was thrown in
                    await _unwind_async(transport, flow)
                    raise
                effect = flow.send(None)
                continue
            try:
                value = await _perform_async(transport, effect)
            except BaseException as error:  # noqa: BLE001
                effect = flow.throw(error)
            else:
                effect = flow.send(value)
    except StopIteration:
        return


async def _unwind_async(transport: AsyncTransport, flow: Flow[Any]) -> None:
    try:
        effect = flow.throw(Abandoned())
        while True:
            try:
                value = await _perform_async(transport, effect)
            except BaseException as error:  # noqa: BLE001
                effect = flow.throw(error)
            else:
                effect = flow.send(value)
    except (Exception, Abandoned):  # noqa: BLE001 - its end; and closing is all that is wanted here
        return
