"""How long a recording is, read from its bytes without decoding it."""

import io
import wave


def length(data: bytes) -> float | None:
    """Return the seconds of a recording or a clip: WAV, or whatever PyAV can open; nothing of other files."""
    if data[:4] == b"RIFF":
        try:
            with wave.open(io.BytesIO(data)) as file:
                return float(file.getnframes() / file.getframerate())
        except (wave.Error, EOFError, ZeroDivisionError):
            return None
    try:
        import av

        with av.open(io.BytesIO(data), "r") as container:
            if not container.duration:
                return None
            return float(container.duration) / 1_000_000
    except (ImportError, OSError, ValueError):
        return None
