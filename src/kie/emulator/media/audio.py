"""Audio files, and the small tools that speech, effects and music share."""

import io
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from kie.emulator.media import MediaSpec
from kie.emulator.media.marks import id3, wav

Wave = npt.NDArray[np.float32]
"""Samples between -1 and 1: one channel, or two as rows."""


def pcm(wave: Wave) -> bytes:
    """Return interleaved 16-bit samples."""
    flat = wave.T if wave.ndim == 2 else wave
    return (np.clip(flat, -1, 1) * np.float32(32767)).astype("<i2", order="C").tobytes()


def file(  # noqa: PLR0917 - the sound, how it is written, and what is written on it
    wave: Wave, rate: int, form: str, comment: str, title: str = "", told: str = "", bitrate: int = 0
) -> bytes:
    """Return an audio file.

    Args:
        wave: The samples.
        rate: Samples a second.
        form: mp3 or wav.
        comment: The comment for the metadata.
        title: The title, for MP3.
        told: What is said in it and when (see `marks.transcript`).
        bitrate: Kbit a second of MP3; 0 for 96 (one channel) or 192.
    """
    channels = 2 if wave.ndim == 2 else 1
    if form == "wav":
        return wav(pcm(wave), rate, channels, comment, told)
    try:
        frames = _lame(pcm(wave), rate, channels, bitrate)
    except ImportError:
        try:
            frames = _av_mp3(wave, rate)
        except ImportError:
            from kie.emulator.media.fallback import silent_mp3

            return id3(f"{comment}; degraded=no MP3 encoder, silence", title, told) + silent_mp3(wave.shape[-1] / rate)
    return id3(comment, title, told) + frames


def written(spec: MediaSpec, wave: Wave, rate: int, comment: str, title: str = "", told: str = "") -> bytes:
    """Return the file of a sound in the format, at the rate and bit rate which a spec asks for."""
    from kie.emulator.media.dispatch import suited

    asked = spec.rate if 8000 <= spec.rate <= 48000 else rate
    if asked != rate:
        channels = [stretched(channel, asked / rate) for channel in np.atleast_2d(wave)]
        wave = np.stack(channels) if wave.ndim == 2 else channels[0]
    return file(wave, asked, suited(spec.kind, spec.format), comment, title, told, spec.bitrate)


def _lame(data: bytes, rate: int, channels: int, bitrate: int = 0) -> bytes:
    import lameenc

    encoder = lameenc.Encoder()
    encoder.silence()
    # At less than 192, searching for savings takes a third longer.
    encoder.set_bit_rate(bitrate or (192 if channels == 2 else 96))
    encoder.set_in_sample_rate(rate)
    encoder.set_out_sample_rate(rate)
    encoder.set_channels(channels)
    encoder.set_quality(7)
    return bytes(encoder.encode(data)) + bytes(encoder.flush())


def _av_mp3(wave: Wave, rate: int) -> bytes:
    import av

    target = io.BytesIO()
    with av.open(target, "w", format="mp3", options={"write_xing": "0", "id3v2_version": "0"}) as container:
        stream = container.add_stream("libmp3lame", rate=rate, options={"compression_level": "7"})
        stream.layout = "stereo" if wave.ndim == 2 else "mono"
        for packet in encoded(stream, wave, rate):
            container.mux(packet)
    return target.getvalue()


def encoded(stream: Any, wave: Wave, rate: int) -> list[Any]:
    """Return the packets of a whole sound on a PyAV audio stream."""
    import av

    layout = "stereo" if wave.ndim == 2 else "mono"
    planes = np.ascontiguousarray(wave if wave.ndim == 2 else wave[None, :], dtype=np.float32)
    frame = av.AudioFrame.from_ndarray(planes, format="fltp", layout=layout)
    frame.sample_rate = rate
    frame.pts = 0
    return [*stream.encode(frame), *stream.encode(None)]


def decoded(data: bytes, rate: int, channels: int = 1) -> Wave | None:
    """Return the sound of a file as one channel or two at a rate; nothing if it has none or PyAV is missing."""
    try:
        import av
    except ImportError:
        return None
    layout = "stereo" if channels == 2 else "mono"
    parts: list[Wave] = []
    try:
        with av.open(io.BytesIO(data), "r") as container:
            if not container.streams.audio:
                return None
            resampler = av.AudioResampler(format="fltp", layout=layout, rate=rate)
            for frame in container.decode(container.streams.audio[0]):
                parts += [np.asarray(out.to_ndarray(), np.float32) for out in resampler.resample(frame)]
            parts += [np.asarray(out.to_ndarray(), np.float32) for out in resampler.resample(None)]
    except (OSError, ValueError):
        return None
    if not parts:
        return None
    heard = np.concatenate(parts, axis=1)
    return heard if channels == 2 else heard[0]


def resampled(wave: Wave, factor: float) -> Wave:
    """Return the sound `factor` times as long (and as much lower)."""
    count = max(1, round(wave.shape[-1] * factor))
    places = np.arange(count, dtype=np.float64) / factor
    return np.interp(places, np.arange(wave.shape[-1]), wave).astype(np.float32)


def stretched(wave: Wave, factor: float) -> Wave:
    """Return one channel `factor` times as long (and as much lower), its spectrum kept clean by FFT.

    The factor is met to a thousandth or so: sizes with small divisors are many times faster.
    """
    up, down = _ratio(round(factor, 4))
    block = fast_size(-(-(wave.size + 64) // down))
    before, after = block * down, block * up
    spectrum = np.fft.rfft(np.pad(wave, (0, before - wave.size)))
    made = np.fft.irfft(spectrum[: min(spectrum.size, after // 2 + 1)], after)[: max(1, round(wave.size * up / down))]
    return np.asarray(made * (after / before), np.float32)


@lru_cache(maxsize=256)
def _ratio(factor: float) -> tuple[int, int]:
    """Return two numbers without large divisors, whose ratio is near a factor."""
    smooth = [2**a * 3**b * 5**c * 7**d for a in range(9) for b in range(5) for c in range(4) for d in range(3)]
    small = {number for number in smooth if 16 <= number <= 600}
    pairs = [(up, down) for down in small for up in (round(down * factor),) if up in small]
    return min(pairs, key=lambda pair: (round(abs(pair[0] / pair[1] / factor - 1), 3), pair[1]))


def filtered(wave: Wave, rate: int, low: float, high: float, slope: float = 2.0) -> Wave:
    """Return the sound with what lies outside a band of Hz turned down softly (through FFT)."""
    spectrum = np.fft.rfft(wave)
    hertz = np.fft.rfftfreq(wave.shape[-1], 1 / rate)
    gain = 1 / np.sqrt(1 + (hertz / max(1.0, high)) ** (2 * slope))
    if low > 0:
        gain = gain / np.sqrt(1 + (low / np.maximum(hertz, 1e-3)) ** (2 * slope))
    return np.fft.irfft(spectrum * gain, wave.shape[-1]).astype(np.float32)


def fades(wave: Wave, rate: int, begin: float = 0.01, end: float = 0.05) -> Wave:
    """Return the sound faded in and out over some seconds."""
    result = wave.copy()
    head, tail = min(wave.shape[-1], int(begin * rate)), min(wave.shape[-1], int(end * rate))
    if head:
        result[..., :head] *= np.linspace(0, 1, head, dtype=np.float32)
    if tail:
        result[..., -tail:] *= np.linspace(1, 0, tail, dtype=np.float32)
    return result


def normalised(wave: Wave, peak: float = 0.89) -> Wave:
    """Return the sound at a peak level."""
    loudest = float(np.abs(wave).max()) if wave.size else 0.0
    return np.asarray(wave * (peak / loudest), np.float32) if loudest > 1e-6 else wave


def softened(wave: Wave, rate: int, high: float) -> Wave:
    """Return the sound with its treble above a frequency turned down: a short kernel, cheap for long sounds."""
    taps = np.arange(-10, 11)
    kernel = np.sinc(2 * high / rate * taps) * np.hamming(taps.size)
    kernel = (kernel / kernel.sum()).astype(np.float32)
    return np.asarray(np.convolve(wave, kernel, "same"), np.float32)


def room(wave: Wave, rate: int, seconds: float, wet: float, seed: int = 7) -> Wave:
    """Return the sound (two channels) with reverberation: noise that decays, folded in through FFT.

    A room swallows treble, so the echo is made at a sixth of the rate. The echo of a sum is the sum of the echoes.
    """
    stereo = np.atleast_2d(wave)
    if stereo.shape[0] == 1:
        stereo = np.repeat(stereo, 2, axis=0)
    total = stereo.shape[1]
    step = 6 if total > 12 else 1
    padded = np.pad(stereo, ((0, 0), (0, -total % step)))
    low = padded[:, ::step].copy()
    for shift in range(1, step):
        low += padded[:, shift::step]
    count = max(2, int(rate / step * seconds))
    size = fast_size(low.shape[1] + count)
    tail = _echo(count, rate // step // 90, size, rate / step, seed)
    heard = np.fft.irfft(np.fft.rfft(low, size) * tail, size)[:, : low.shape[1] + 1]
    heard = np.asarray(heard * (wet / step), np.float32)
    after = np.empty_like(heard)
    after[:, :-1], after[:, -1] = heard[:, 1:], heard[:, -1]
    after -= heard
    for shift in range(step):
        padded[:, shift::step] += (heard + after * np.float32(shift / step))[:, : low.shape[1]]
    return padded[:, :total]


@lru_cache(maxsize=4)
def _echo(count: int, delay: int, size: int, rate: float, seed: int) -> npt.NDArray[np.complex128]:
    """Return the spectrum of a room's answer, of energy 1 on each side."""
    rng = np.random.Generator(np.random.PCG64(seed))
    tail = rng.standard_normal((2, count), dtype=np.float32) * np.exp(-np.linspace(0, 6.5, count, dtype=np.float32))
    tail[:, :delay] = 0
    hertz = np.fft.rfftfreq(size, 1 / rate)
    dark = np.fft.rfft(tail, size) / (1 + (hertz / 3800) ** 2)
    return np.asarray(dark / np.sqrt((tail**2).sum(axis=1, keepdims=True) + 1e-9))


def fast_size(count: int) -> int:
    """Return the next size which FFT does fast: a product of 2, 3 and 5."""
    best = 1 << (count - 1).bit_length()
    five = 1
    while five < best:
        three = five
        while three < best:
            rest = -(-count // three)
            size = three * (1 << max(0, (rest - 1).bit_length()))
            if count <= size < best:
                best = size
            three *= 3
        five *= 5
    return best
