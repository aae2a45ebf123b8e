"""``kie image``, ``video``, ``speech``, ``sound``, ``music``: a prompt is enough, the model is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kie.cli.base import Argument, Number, Option
from kie.cli.options import INPUTS, command, model_option, money_options, sending_options
from kie.cli.runner import Sending, made
from kie.cli.values import inputs_of, with_files
from kie.client.helpers import helper

if TYPE_CHECKING:
    from kie.cli.session import Session

__all__ = ["image", "music", "sound", "speech", "video"]

_SENDING = ("folder", "no_wait", "timeout", "max_credits", "callback_url")


def _made(session: Session, kind: str, model: str | None, words: tuple[str, ...], given: dict[str, Any]) -> int:
    """Let the client's own helper choose model and inputs, then go the way of ``kie run``."""
    sending = Sending(**{name: given.pop(name) for name in _SENDING})
    given = {name: value for name, value in given.items() if value not in (None, ())}
    given = {name: list(value) if isinstance(value, tuple) else value for name, value in given.items()}
    choice = helper(session.kie._core, kind, model, given)  # noqa: SLF001 - the choice needs no second client
    found = session.catalogue.resolve(choice.model).model
    given = {**with_files(given, found), **inputs_of(words, found)}
    call = helper(session.kie._core, kind, model, given)  # noqa: SLF001
    return made(session, call.model, call.inputs, sending, call.times)


def _text(metavar: str = "PROMPT") -> Argument:
    return Argument(["text"], metavar=metavar)


def _whole(name: str, key: str) -> Option:
    return Option([name], help=key, metavar="NUMBER", type=Number(0, whole=True))


def _file(name: str, key: str, *, many: bool = False) -> Option:
    return Option([name, *([] if not many else ["images"])], help=key, metavar="FILE", multiple=many)


def _word(name: str, key: str, metavar: str = "TEXT") -> Option:
    return Option([name], help=key, metavar=metavar)


@command(
    "image",
    _text(),
    INPUTS(),
    model_option(),
    _word("--aspect-ratio", "opt.aspect-ratio", "RATIO"),
    _word("--resolution", "opt.resolution"),
    _whole("--count", "opt.count"),
    _file("--image", "opt.image", many=True),
    _file("--mask", "opt.mask"),
    _whole("--seed", "opt.seed"),
    *sending_options(),
    *money_options(),
    talks=True,
    examples=('kie image "a cat in a hat" --aspect-ratio 16:9', 'kie image "make it night" --image photo.jpg -o out'),
)
def image(session: Session, *, text: str, inputs: tuple[str, ...], model: str | None, **given: Any) -> int:
    """Make or edit an image."""
    return _made(session, "image", model, inputs, {"prompt": text, **given})


@command(
    "video",
    _text(),
    INPUTS(),
    model_option(),
    Option(["--duration"], help="opt.duration", metavar="SECONDS"),
    _word("--aspect-ratio", "opt.aspect-ratio", "RATIO"),
    _word("--resolution", "opt.resolution"),
    _file("--first-frame", "opt.first-frame"),
    _file("--last-frame", "opt.last-frame"),
    _file("--image", "opt.image-reference", many=True),
    Option(["--sound/--no-sound"], default=None, help="opt.sound"),
    *sending_options(),
    *money_options(),
    talks=True,
    examples=(
        'kie video "waves on a beach" --duration 5 --resolution 720p',
        'kie video "she smiles" --first-frame face.png',
    ),
)
def video(session: Session, *, text: str, inputs: tuple[str, ...], model: str | None, **given: Any) -> int:
    """Make a video."""
    return _made(session, "video", model, inputs, {"prompt": text, **given})


@command(
    "speech",
    _text("TEXT"),
    INPUTS(),
    model_option(),
    _word("--voice", "opt.voice", "NAME"),
    *sending_options(),
    *money_options(),
    talks=True,
    examples=('kie speech "Hello, world."',),
)
def speech(session: Session, *, text: str, inputs: tuple[str, ...], model: str | None, **given: Any) -> int:
    """Speak a text."""
    return _made(session, "speech", model, inputs, {"text": text, **given})


@command(
    "sound",
    _text(),
    INPUTS(),
    model_option(),
    *sending_options(),
    *money_options(),
    talks=True,
    examples=('kie sound "rain on a tin roof"',),
)
def sound(session: Session, *, text: str, inputs: tuple[str, ...], model: str | None, **given: Any) -> int:
    """Make a sound."""
    return _made(session, "sound", model, inputs, {"prompt": text, **given})


@command(
    "music",
    _text(),
    INPUTS(),
    model_option(),
    _word("--lyrics", "opt.lyrics"),
    Option(["--instrumental/--sung"], default=None, help="opt.instrumental"),
    *sending_options(),
    *money_options(),
    talks=True,
    examples=('kie music "slow lo-fi with a piano" --instrumental',),
)
def music(session: Session, *, text: str, inputs: tuple[str, ...], model: str | None, **given: Any) -> int:
    """Make music."""
    return _made(session, "music", model, inputs, {"prompt": text, **given})
