"""The mark that every emulated file carries, and how each audio container is told it."""

import json
import re
import struct
from collections.abc import Iterable
from typing import Any

MARK = "emulated by kie"


def note(kind: str, prompt: str, seed: int, *degraded: str) -> str:
    """One line for a file's comment: the mark, what was asked for, and what the renderer could not do.

    Args:
        kind: The kind of media.
        prompt: The prompt; cut at 2,000 characters.
        seed: The seed.
        degraded: Reasons why a simpler renderer was used; none if all went as it should.

    Returns:
        The comment, such as `emulated by kie; kind=image; seed=7; prompt=a lighthouse`.
    """
    parts = [MARK, f"kind={kind}", f"seed={seed}"]
    parts += [f"degraded={reason}" for reason in degraded if reason]
    parts.append(f"prompt={prompt[:2000]}")
    return "; ".join(parts)


def told(comment: str) -> tuple[str, str, int] | None:
    """Return kind, prompt and seed of a comment that `note` wrote; nothing if it is of another hand."""
    match = re.match(rf"{MARK}; kind=(\w+); seed=(-?\d+);(?: degraded=[^;]*;)* prompt=(.*)", comment, re.DOTALL)
    return (match[1], match[3], int(match[2])) if match else None


_TRANSCRIPT = "kie emulator transcript"


def transcript(words: Iterable[tuple[str, float, float, int]], spec: dict[str, Any] | None = None) -> str:
    """Return what is written into a recording's file so that it is known again: JSON.

    Args:
        words: Each word, its start and end in seconds, and the number of its speaker.
        spec: What the recording was made from.
    """
    held: dict[str, Any] = {"words": [[word, round(a, 3), round(b, 3), who] for word, a, b, who in words]}
    if spec:
        held["spec"] = spec
    return json.dumps(held, ensure_ascii=False, separators=(",", ":"))


def heard(data: bytes) -> list[tuple[str, float, float, int]] | None:
    """Return the words which `transcript` wrote into an MP3 or WAV file; nothing if the file is of another hand."""
    try:
        return [(str(word), float(a), float(b), int(who)) for word, a, b, who in _told(data)["words"]]
    except (KeyError, ValueError, TypeError):
        return None


def origin(data: bytes) -> dict[str, Any]:
    """Return what a recording was made from, as its file tells; nothing if it is of another hand."""
    spec = _told(data).get("spec")
    return spec if isinstance(spec, dict) else {}


def _told(data: bytes) -> dict[str, Any]:
    """Return what `transcript` wrote."""
    if data[:4] == b"RIFF":
        at = data.find(b"kieT", 12)
        text = data[at + 8 : at + 8 + int.from_bytes(data[at + 4 : at + 8], "little")] if at > 0 else b""
    else:
        mark = _TRANSCRIPT.encode("utf-16")
        at = data[:16_000_000].find(mark)
        long = int.from_bytes(data[at - 7 : at - 3], "big") if at > 10 else 0
        text = data[at + len(mark) + 2 : at - 1 + long].decode("utf-16", "replace").encode() if long else b""
    try:
        told = json.loads(text)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def id3(comment: str, title: str = "", told: str = "") -> bytes:
    """Return an ID3v2.3 tag to stand before MP3 frames.

    Args:
        comment: The comment; an encoder name is added.
        title: The title, if any.
        told: A transcript, if any.
    """

    def frame(name: bytes, body: bytes) -> bytes:
        return name + struct.pack(">IH", len(body), 0) + body

    text = comment.encode("utf-16")
    frames = frame(b"COMM", b"\x01eng" + "".encode("utf-16") + b"\0\0" + text)
    frames += frame(b"TSSE", b"\x03" + MARK.encode())
    if title:
        frames += frame(b"TIT2", b"\x01" + title[:120].encode("utf-16"))
    if told:
        frames += frame(b"TXXX", b"\x01" + _TRANSCRIPT.encode("utf-16") + b"\0\0" + told.encode("utf-16"))
    size = len(frames)
    synchsafe = bytes((size >> shift) & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\0\0" + synchsafe + frames


def wav_info(comment: str) -> bytes:
    """Return a RIFF `LIST` chunk of type `INFO` with the comment (`ICMT`) and the software (`ISFT`)."""

    def item(name: bytes, text: str) -> bytes:
        body = text.encode() + b"\0"
        return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)

    body = b"INFO" + item(b"ICMT", comment) + item(b"ISFT", MARK)
    return b"LIST" + struct.pack("<I", len(body)) + body


def wav(pcm: bytes, rate: int, channels: int, comment: str, told: str = "") -> bytes:
    """Return a 16-bit PCM WAV file.

    Args:
        pcm: Little-endian 16-bit samples, interleaved.
        rate: Samples a second.
        channels: 1 or 2.
        comment: The comment for the `INFO` chunk.
        told: A transcript, if any.
    """
    block = channels * 2
    head = b"fmt " + struct.pack("<IHHIIHH", 16, 1, channels, rate, rate * block, block, 16)
    data = b"data" + struct.pack("<I", len(pcm)) + pcm
    words = told.encode()
    words += b" " * (len(words) % 2)
    said = b"kieT" + struct.pack("<I", len(words)) + words if told else b""
    body = b"WAVE" + head + wav_info(comment) + said + data
    return b"RIFF" + struct.pack("<I", len(body)) + body
