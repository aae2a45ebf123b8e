"""Named ways in which the emulator can behave other than by default, what they mean and where they are known from.

The default is what was recorded; a quirk switches to what is documented, or to what was seen once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Quirk(NamedTuple):
    """One deviation.

    `default` is what happens without it, `means` what happens with it; `source` names the documents and recordings
    behind both, with their dates.
    """

    default: str
    means: str
    source: str


QUIRKS = {
    "states-documented": Quirk(
        "market tasks go from waiting to success",
        "market tasks pass queuing and generating, Runway's queueing too",
        "recorded 2026-03 to 2026-09; documented 2026-08-19 (get-task-detail)",
    ),
    "record-2026-04": Quirk(
        "market records have the keys of September 2026",
        "market records have the ten keys of April 2026",
        "recorded 2026-04 and 2026-09",
    ),
    "cost-time-ms": Quirk(
        "costTime counts seconds", "costTime counts milliseconds", "recorded 2026-03 to 2026-09; documented 2026-08-19"
    ),
    "veo-1080p-documented": Quirk(
        "get-1080p-video answers code 500 while it works",
        "get-1080p-video answers code 400 while it works",
        "observed 2026-06; documented 2026-04-29",
    ),
    "veo-4k-documented": Quirk(
        "get-4k-video answers code 422 when it is done",
        "get-4k-video answers code 200 when it is done",
        "observed 2026-06; documented 2026-04-29",
    ),
    "callback-exception": Quirk(
        "a legacy Suno task whose callback was refused ends as any other",
        "a legacy Suno task (lyrics, WAV, MP4, stems too) whose callback was refused ends as CALLBACK_EXCEPTION",
        "documented 2026-04-29 (Suno record-info); never recorded",
    ),
    "sound-effect-v2-works": Quirk(
        "every task of elevenlabs/sound-effect-v2 fails",
        "elevenlabs/sound-effect-v2 works",
        "observed 2026-06; documented 2026-04-29",
    ),
    "record-documented": Quirk(
        "market records repeat the input as text in text, say null where nothing failed, and tell credits and more",
        "market records have the eleven keys of their page, the input nested once, and empty strings",
        "recorded 2026-03 to 2026-09; documented 2026-04-29 (get-task-detail)",
    ),
    "callback-documented": Quirk(
        "callbacks have the form of the pages about callbacks, which deliveries bear out",
        "callbacks of Veo, Runway, Aleph and failed market tasks have the form of the OpenAPI files",
        "a delivery of 2026-09-17; documented 2026-04-29 (both forms) and 2026-10",
    ),
    "dates-documented": Quirk(
        "times of Veo, Aleph, songs, stems, WAV and MP4 count milliseconds",
        "times of Veo, songs, stems, WAV and MP4 are words, those of Aleph ISO",
        "recorded 2026-03 to 2026-10; documented 2026-04-29",
    ),
    "failure-flags-documented": Quirk(
        "a failed task of Veo or Aleph has successFlag 3",
        "a failed task has successFlag 2 (Veo) or 0 with an error code (Aleph)",
        "recorded until 2026-10; documented 2026-04-29",
    ),
    "failed-at-creation": Quirk(
        "tasks fail while they are made",
        "tasks fail at their creation: CREATE_TASK_FAILED, or successFlag 2",
        "documented 2026-04-29 (record-info of Suno, 4o Image, Flux, Veo); never recorded",
    ),
    "chat-usage-documented": Quirk(
        "the usage of Anthropic's form counts tokens in and out",
        "the usage of Anthropic's form tells of caches, tier and place too",
        "recorded 2026-04-16; documented 2026-04-29 (the example of a tool's call)",
    ),
    "credit-documented": Quirk(
        "chat/credit tells a number with decimals",
        "chat/credit tells a whole number",
        "recorded 2026-04-16; documented 2026-04-29",
    ),
    "style-documented": Quirk(
        "style/generate says that it went well by a Chinese word, and when in milliseconds",
        'style/generate says "1", and when in words',
        "recorded 2026-04-28; documented 2026-04-29",
    ),
    "omni-audio-documented": Quirk(
        "omni/audio/create answers audioId",
        "omni/audio/create answers kieAudioId",
        "observed 2026; documented 2026-08-19",
    ),
    "no-funds-documented": Quirk(
        "legacy Suno answers code 429 when credits are short",
        "legacy Suno answers code 402 when credits are short, as all others do",
        "observed 2026; documented 2026-04-29",
    ),
}


def known(names: Iterable[str]) -> frozenset[str]:
    """The names as a set.

    Raises:
        ValueError: for a name that is not in QUIRKS.
    """
    chosen = frozenset(names)
    if unknown := sorted(chosen - set(QUIRKS)):
        raise ValueError(f"no such quirk: {', '.join(unknown)}; there are {', '.join(QUIRKS)}")
    return chosen
