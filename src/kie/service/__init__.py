"""Generations that survive: nothing is paid twice, nothing that was paid for is lost.

    async with Service("sqlite:///kie.db", kie) as service:
        generation = await service.create("nano-banana-pro", {"prompt": "a red fox"})
        generation = await service.wait(generation.id)

A generation is a row in a database with a state machine (`machine`). All that is to be remembered is committed before
anything is sent, and a paid request whose outcome is not known is never repeated by itself.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kie.service.generation import Generation as Generation
    from kie.service.service import Service as Service

__all__ = ["Generation", "Service"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from importlib import import_module

        return getattr(import_module(f"kie.service.{name.lower()}"), name)
    raise AttributeError(name)
