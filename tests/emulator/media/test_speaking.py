"""Speech: who speaks, when each word is said, breaks, other scripts, rates; and effects that loop."""

import io
import wave
from itertools import pairwise

import numpy as np
import pytest

from kie.emulator.media import MediaSpec, render
from kie.emulator.media.audio import decoded, stretched
from kie.emulator.media.audio_length import length
from kie.emulator.media.effects_more import MORE
from kie.emulator.media.latin import latin
from kie.emulator.media.marks import heard
from kie.emulator.media.sound import effect, named
from kie.emulator.media.speech import converse
from kie.emulator.media.speech_text import plain
from kie.emulator.media.voicebox import matched, voicebox
from kie.emulator.media.voices import voice

TEXT = "The lighthouse keeper counted seven ships."


@pytest.mark.parametrize("form", ["mp3", "wav"])
@pytest.mark.parametrize("text", [TEXT, "Dr. Smith paid $12.50 at 7:30 pm.", "Привет, как дела?", "你好 世界"])
def test_a_file_tells_each_word_of_its_text_and_when_it_is_said(form: str, text: str) -> None:
    data = render(MediaSpec("speech", form, prompt=text, voice="Adam"))
    told = heard(data)
    assert told is not None
    assert [word for word, *_ in told] == text.split()
    for (_, _, before, _), (_, after, _, _) in pairwise(told):
        assert before <= after + 0.001
    seconds = length(data)
    assert seconds is not None
    assert 0 < told[0][1] < told[-1][2] <= seconds


def test_words_are_where_they_sound() -> None:
    said = converse((("", "Stop. <break time='1.5s'/> Go."),), 1.0, 0)
    (_, _, end, _), (_, begin, _, _) = said.words
    gap = said.wave[int((end + 0.3) * 24000) : int((begin - 0.3) * 24000)]
    assert begin - end > 1.5
    assert np.abs(gap).max() < 0.02
    for _, first, last, _ in said.words:
        assert np.abs(said.wave[int(first * 24000) : int(last * 24000)]).max() > 0.1


def test_a_dialogue_has_its_turns_in_order_by_their_speakers() -> None:
    said = converse((("Brian", "Have you seen it?"), ("Laura", "Only once."), ("Brian", "Come along.")), 1.0, 0)
    assert [who for *_, who in said.words] == [0, 0, 0, 0, 1, 1, 0, 0]
    assert " ".join(word for word, *_ in said.words) == "Have you seen it? Only once. Come along."


def test_known_names_sound_as_expected() -> None:
    men = [voice(name).height for name in ("Adam", "Charon", "nPczCjzI2devNBz1zQrb", "John Doe - Deep", "мужчина")]
    women = [voice(name).height for name in ("Rachel", "Kore", "FGY2WhTYpPnrIDTdsKH5", "a woman")]
    assert max(men) < 0.8 < min(women)
    assert voice("a little girl").height > 1.2
    assert voice("") == voice(" ")


def test_names_that_nobody_knows_sound_different_too() -> None:
    assert len({voice(f"voice-{number}") for number in range(40)}) == 40


@pytest.mark.parametrize("speed", [0.7, 1.2])
def test_the_asked_pace_is_kept_by_every_voice(speed: float) -> None:
    for name in ("", "Adam", "Rachel"):
        usual, asked = (converse(((name, TEXT),), pace, 0).wave.size for pace in (1.0, speed))
        assert asked * speed == pytest.approx(usual, rel=0.02)


def test_what_is_no_word_is_not_said() -> None:
    assert plain("[whispers] Hello <b>there</b>") == "Hello  there"
    assert plain("See https://www.example.com/a/b?c=1") == "See www dot example dot com slash a slash b"
    assert plain("STOP RIGHT THERE now, says NASA") == "stop right there now, says NASA"


def test_scripts_become_sounds() -> None:
    for text, sound in (("안녕", "annyeong"), ("カタカナ", "katakana"), ("नमस्ते", "namaste"), ("你好", "nee how")):
        assert latin(text) == sound
    for text in ("مرحبا بالعالم", "שלום", "ქართული", "አማርኛ", "สวัสดี", "🙂™"):
        assert latin(text).isascii()


def test_words_share_the_time_of_what_was_said_for_them() -> None:
    spoken = [("in", 0.0, 0.25), ("two", 0.5, 0.75), ("thousand", 0.75, 1.0), ("he", 1.5, 2.0)]
    assert matched("In 2000 he", spoken) == [("In", 0.0, 0.25), ("2000", 0.5, 1.0), ("he", 1.5, 2.0)]
    assert matched("x", []) == [("x", 0.0, 0.0)]


def test_a_long_text_is_said_to_its_end() -> None:
    said = converse((("", f"{TEXT} " * 30),), 2.0, 0)
    assert len(said.words) == 180
    assert said.words[-1][2] > 40


def test_the_model_speaks_each_sentence_apart() -> None:
    box = voicebox()
    assert box is not None
    assert len(box.sentences("Dr. Smith left. He came back on Jan. 5th, approx. at noon.")) == 2


@pytest.mark.parametrize("rate", [8000, 16000, 22050, 44100, 48000])
def test_a_sound_comes_at_the_asked_rate(rate: int) -> None:
    data = render(MediaSpec("sound", "wav", prompt="a bell", duration=1.5, rate=rate))
    with wave.open(io.BytesIO(data)) as file:
        assert file.getframerate() == rate
        assert file.getnframes() / rate == pytest.approx(1.5, abs=0.01)


def test_a_loop_closes_without_a_seam() -> None:
    closed = effect("rain", 3.0, 1, loop=True)
    assert closed.shape == (2, 3 * 44100)
    ends = closed[:, -4410:], closed[:, :4410]
    once = effect("rain", 3.0, 1)
    assert all(0.5 < float(np.std(end) / np.std(closed)) < 2 for end in ends)
    assert np.std(once[:, -441:]) < 0.3 * np.std(once)


def test_stretching_keeps_a_tone_and_its_level() -> None:
    t = np.arange(24000) / 24000
    tone = np.sin(2 * np.pi * 600 * t).astype(np.float32)
    longer = stretched(tone, 1.25)
    assert longer.size == pytest.approx(30000, rel=0.002)
    spectrum = np.abs(np.fft.rfft(longer))
    assert np.fft.rfftfreq(longer.size, 1 / 24000)[spectrum.argmax()] == pytest.approx(480, rel=0.005)
    assert np.abs(longer[2000:-2000]).max() == pytest.approx(1.0, abs=0.05)


def test_a_voice_is_set_free_from_a_hum() -> None:
    spoken = converse((("", TEXT),), 1.0, 0).wave
    hum = 0.05 * np.sin(2 * np.pi * 2500 * np.arange(spoken.size) / 24000)
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(24000)
        file.writeframes(((spoken + hum) * 32767 * 0.8).astype("<i2").tobytes())
    made = render(
        MediaSpec("sound", "wav", duration=spoken.size / 24000, before={"work": "isolate"}, inputs=(target.getvalue(),))
    )
    free = decoded(made, 24000)
    assert free is not None
    assert free.size == pytest.approx(spoken.size, abs=10)

    def at(sound: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> float:
        spectrum = np.abs(np.fft.rfft(sound)) ** 2
        hertz = np.fft.rfftfreq(sound.size, 1 / 24000)
        return float(spectrum[np.abs(hertz - 2500) < 4].sum() / spectrum.sum())

    assert at(free) < 0.1 * at((spoken + hum).astype(np.float32))
    assert np.corrcoef(free[: spoken.size], spoken[: free.size])[0, 1] > 0.8


def test_what_cannot_be_read_becomes_silence_that_says_so() -> None:
    made = render(MediaSpec("sound", "wav", duration=1.0, before={"work": "isolate"}, inputs=(b"no sound",)))
    assert b"degraded=the input could not be read" in made


@pytest.mark.parametrize("name", sorted(MORE))
def test_every_further_effect_is_audible(name: str) -> None:
    made = effect(name, 2.0, 3, otherwise=name)
    assert made.shape == (2, 88200)
    assert np.isfinite(made).all()
    assert 0.5 < np.abs(made).max() <= 1


@pytest.mark.parametrize(
    ("prompt", "effects"),
    [
        ("a church bell ringing", ["bell"]),
        ("helicopter over the sea", ["helicopter", "waves"]),
        ("лошадь и гром", ["horse", "thunder"]),
        ("直升机", ["helicopter"]),
    ],
)
def test_effects_are_found_by_their_words(prompt: str, effects: list[str]) -> None:
    assert named(prompt) == effects
