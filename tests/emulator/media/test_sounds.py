"""Speech, effects and music: they open, last as long as asked, differ, and tell that they are emulated."""

import io
import wave
from dataclasses import replace
from functools import cache

import av
import numpy as np
import pytest

from kie.emulator.media import MediaSpec, render
from kie.emulator.media.audio import decoded
from kie.emulator.media.effects import EFFECTS
from kie.emulator.media.latin import latin
from kie.emulator.media.music import compose, genres
from kie.emulator.media.sound import effect
from kie.emulator.media.speech import say, tones
from kie.emulator.media.voices import voice

TEXT = "The lighthouse keeper counted seven ships."


@cache
def made(spec: MediaSpec) -> bytes:
    return render(spec)


def spec(kind: str, form: str = "mp3", **more: object) -> MediaSpec:
    return replace(MediaSpec(kind=kind, format=form, prompt=TEXT, duration=2.0), **more)  # type: ignore[arg-type]


def seconds(data: bytes) -> float:
    heard = decoded(data, 16000)
    assert heard is not None
    return heard.size / 16000


def comment(data: bytes) -> str:
    with av.open(io.BytesIO(data)) as file:
        return str(dict(file.metadata))


@pytest.mark.parametrize("kind", ["speech", "sound", "music"])
@pytest.mark.parametrize("form", ["mp3", "wav"])
def test_audio_opens_is_audible_and_says_that_it_is_emulated(kind: str, form: str) -> None:
    data = made(spec(kind, form))
    with av.open(io.BytesIO(data)) as file:
        assert file.format.name == form
        assert file.streams.audio[0].sample_rate == (24000 if kind == "speech" else 44100)
    heard = decoded(data, 16000)
    assert heard is not None
    assert 0.2 < np.abs(heard).max() <= 1.3
    assert "emulated by kie" in comment(data)
    assert TEXT in comment(data)


@pytest.mark.parametrize("kind", ["sound", "music"])
@pytest.mark.parametrize("duration", [0.5, 2.0, 7.3])
def test_sound_lasts_as_long_as_asked(kind: str, duration: float) -> None:
    with wave.open(io.BytesIO(made(spec(kind, "wav", duration=duration)))) as file:
        assert file.getnframes() / file.getframerate() == pytest.approx(duration, abs=0.001)
        assert file.getnchannels() == 2
    assert seconds(made(spec(kind, "mp3", duration=duration))) == pytest.approx(duration, abs=0.12)


@pytest.mark.parametrize("kind", ["speech", "sound", "music"])
def test_the_same_spec_gives_the_same_bytes(kind: str) -> None:
    assert made(spec(kind)) == render(spec(kind))


def test_songs_and_effects_differ_by_prompt_and_seed() -> None:
    for kind in ("sound", "music"):
        files = {made(spec(kind, "wav", prompt=prompt, seed=seed)) for prompt in ("rain", "a bell") for seed in (0, 1)}
        assert len(files) == 4


def test_long_words_take_longer_and_haste_takes_less() -> None:
    usual = seconds(made(spec("speech")))
    assert 1.5 < usual < 5
    assert seconds(made(spec("speech", prompt=f"{TEXT} {TEXT}"))) > 1.7 * usual
    assert seconds(made(spec("speech", speed=1.6))) < 0.8 * usual


def fundamental(sound: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> float:
    """Return the median pitch of voiced parts, in Hz, by autocorrelation."""
    found = []
    for start in range(0, sound.size - 2048, 1024):
        part = sound[start : start + 2048]
        if np.abs(part).max() < 0.2:
            continue
        echo = np.correlate(part, part, "full")[2047:]
        low, high = 24000 // 330, 24000 // 75
        place = int(echo[low:high].argmax()) + low
        if echo[place] > 0.4 * echo[0]:
            found.append(24000 / place)
    return float(np.median(found))


def test_voices_differ_in_pitch_and_keep_their_tempo() -> None:
    deep, bright = say(TEXT, "Adam", 1.0, 0)[0], say(TEXT, "Rachel", 1.0, 0)[0]
    assert fundamental(deep) < 0.8 * fundamental(bright)
    assert deep.size == pytest.approx(bright.size, rel=0.15)
    assert len({voice(name) for name in ("Adam", "Rachel", "Kore", "Puck", "Aria")}) == 5


@pytest.mark.parametrize(
    "text", ["", "...", "Привет, как дела?", "你好\uff0c世界。", "🙂", "[laughs] 12:30, $5 & more — «так»"]
)
def test_any_text_is_spoken_somehow(text: str) -> None:
    assert seconds(made(spec("speech", prompt=text))) > 0.1


def test_a_foreign_text_is_told_as_near() -> None:
    assert "degraded" in comment(made(spec("speech", prompt="Привет")))
    assert "degraded" not in comment(made(spec("speech")))


def test_foreign_scripts_become_latin() -> None:
    assert latin("Hello – world") == "Hello – world"
    assert latin("Привет") == "Preevyet"
    assert latin("café") == "cafe"
    assert latin("海").isascii()


def test_without_a_model_the_voice_hums() -> None:
    wave_ = tones("hello there", "Adam", 1.0, 0)
    assert wave_.size > 12000
    assert np.abs(wave_).max() > 0.3


@pytest.mark.parametrize("name", sorted(EFFECTS))
def test_every_effect_is_audible_to_the_end_of_its_word(name: str) -> None:
    made_ = effect(name, 1.2, 3)
    assert made_.shape == (2, round(1.2 * 44100))
    assert np.isfinite(made_).all()
    assert 0.5 < np.abs(made_).max() <= 1


def share(wave_: np.ndarray[tuple[int, ...], np.dtype[np.float32]], low: float, high: float) -> float:
    spectrum = np.abs(np.fft.rfft(wave_[0])) ** 2
    hertz = np.fft.rfftfreq(wave_.shape[1], 1 / 44100)
    return float(spectrum[(hertz >= low) & (hertz < high)].sum() / spectrum.sum())


def test_thunder_is_low_and_rain_is_high() -> None:
    assert share(effect("thunder", 3, 1), 0, 300) > 0.6
    assert share(effect("rain", 3, 1), 900, 20000) > 0.6


def test_tempo_and_genre_are_read_from_the_words() -> None:
    assert compose("evening", "lo-fi, 84 bpm", 1).bpm == 84
    assert compose("evening", "lo-fi, 84 bpm", 1).genre == "lofi"
    assert compose("эпичный трейлер, cinematic", "", 1).genre == "cinematic"


@pytest.mark.parametrize("genre", sorted(genres()))
def test_every_genre_plays(genre: str) -> None:
    data = made(spec("music", "wav", tags=genres()[genre]["words"][0], duration=4.0))
    heard = decoded(data, 16000)
    assert heard is not None
    assert float(np.sqrt((heard[8000:48000] ** 2).mean())) > 0.02


def test_vocals_change_the_song() -> None:
    assert made(spec("music", "wav", duration=6.0)) != made(spec("music", "wav", duration=6.0, vocals=True))
