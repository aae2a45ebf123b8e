"""Songs: form, tempo, the sung words, stems that add up, and songs that work on others."""

import io
import math
import subprocess
import sys
import wave
from dataclasses import replace

import numpy as np
import pytest

from kie.emulator.media import MediaSpec, render
from kie.emulator.media.audio import decoded
from kie.emulator.media.edits import scored, spec_of
from kie.emulator.media.form import stanzas, sung, syllables
from kie.emulator.media.marks import heard, origin
from kie.emulator.media.music_stems import stem_of
from kie.emulator.media.score import Note, Score, score
from kie.emulator.media.songbook import compose, genres

LYRICS = """[Verse]
Rain in the morning light
Every road comes back to the river

[Chorus]
Take me home before the summer ends
We were never out of time
"""
SONG = MediaSpec(
    "music", "wav", prompt="evening", tags="pop, 120 bpm", duration=24.0, seed=3, vocals=True, lyrics=LYRICS
)


def sound(spec: MediaSpec) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    with wave.open(io.BytesIO(render(spec))) as file:
        assert (file.getframerate(), file.getnchannels()) == (44100, 2)
        data = np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, 2).T
    return (data / 32767).astype(np.float32)


def loud(wave_: np.ndarray[tuple[int, ...], np.dtype[np.float32]], begin: float, end: float) -> float:
    return float(np.sqrt((wave_[:, int(begin * 44100) : int(end * 44100)] ** 2).mean()))


@pytest.mark.parametrize("genre", sorted(genres()))
@pytest.mark.parametrize("seconds", [3.0, 11.0, 30.0, 190.0])
def test_every_song_fills_its_time_with_its_sections(genre: str, seconds: float) -> None:
    whole = score(compose("", genre, 5), seconds)
    assert whole.sections[0][1] == 0
    assert whole.sections[-1][2] == seconds
    for (_, _, end), (_, begin, _) in zip(whole.sections, whole.sections[1:], strict=False):
        assert end == begin
    assert max(note.start for note in whole.notes) < seconds
    assert all(0 <= note.pitch <= 127 and 0 < note.force <= 1.5 and note.long > 0 for note in whole.notes)


def test_a_song_has_an_introduction_choruses_and_an_end() -> None:
    whole = score(compose("", "pop, 120 bpm", 1), 60.0)
    kinds = [kind for kind, _, _ in whole.sections]
    assert kinds[0] == "intro"
    assert kinds[-1] == "end"
    assert kinds.count("chorus") >= 2
    assert "verse" in kinds


def test_the_bars_keep_the_asked_tempo() -> None:
    whole = score(compose("", "rock, 150 bpm", 1), 30.0)
    kicks = sorted(note.start for note in whole.notes if note.kind == "kick")
    bar = 240 / 150
    grid = [(at / bar * 16) % 1 for at in kicks]
    assert all(min(place, 1 - place) < 1e-6 for place in grid)


def test_the_intro_is_softer_than_the_chorus_and_the_end_dies_away() -> None:
    heard_ = sound(replace(SONG, vocals=False))
    whole = scored(replace(SONG, vocals=False))
    spans = {kind: (begin, end) for kind, begin, end in whole.sections}
    assert loud(heard_, *spans["intro"]) < 0.8 * loud(heard_, *spans["chorus"])
    assert loud(heard_, 23.7, 24.0) < 0.3 * loud(heard_, *spans["chorus"])
    assert np.abs(heard_).max() < 0.97


def test_songs_are_alike_in_loudness() -> None:
    levels = [loud(sound(replace(SONG, tags=genre, vocals=False)), 0, 24) for genre in ("ambient", "rock", "jazz")]
    assert max(levels) < 1.35 * min(levels)
    assert min(levels) > 0.1


def test_words_have_as_many_notes_as_syllables() -> None:
    assert [syllables(word) for word in ("river", "light", "summer", "time", "every", "home", "the", "夜晚")] == [
        *(2, 1, 2, 1, 3, 1, 1, 2)
    ]
    whole = scored(SONG)
    assert [word.text for word in whole.words][:5] == ["Rain", "in", "the", "morning", "light"]
    for word in whole.words:
        assert len(word.notes) == syllables(word.text)
        assert word.start < word.end
    sung_ = [note for note in whole.notes if note.track == "vocal"]
    assert len(sung_) == sum(len(word.notes) for word in whole.words)


def test_words_come_one_after_the_other_and_bear_their_tags() -> None:
    whole = scored(SONG)
    starts = [word.start for word in whole.words]
    assert starts == sorted(starts)
    assert [word.tag for word in whole.words if word.tag][:2] == ["[Verse]", "[Chorus]"]
    assert not whole.missing


def test_what_has_no_time_is_named() -> None:
    whole = scored(replace(SONG, duration=7.0))
    count = len(LYRICS.replace("[Verse]", "").replace("[Chorus]", "").split())
    assert len(whole.words) + len(whole.missing) == count
    assert whole.missing[-1] == "time"


def test_lyrics_without_tags_and_in_other_scripts_are_lines_too() -> None:
    assert [kind for kind, _ in stanzas("one two\nthree\n\nfour five")] == ["verse", "chorus"]
    assert len(stanzas("夜晚城市\uff0c灯火辉煌")[0][1]) >= 1
    assert sum(one.bars for one in sung("[Verse]\n" + "la la la\n" * 80, 12, slow=True)) == 12
    assert sum(one.bars for one in sung("[Intro]", 9, slow=True)) == 9


def test_a_song_with_words_has_a_voice_where_it_is_sung() -> None:
    voice, whole = sound(replace(SONG, stem="vocal")), scored(SONG)
    first, last = whole.words[0].start, whole.words[-1].end
    assert loud(voice, first, last) > 0.02
    assert loud(voice, 0, first - 0.4) < 0.001
    assert sound(replace(SONG, vocals=False, lyrics="", stem="vocal")).any() == np.False_


@pytest.mark.parametrize("stems", [("vocals", "instrumental"), pytest.param("twelve", marks=pytest.mark.slow)])
def test_stems_add_up_to_the_song(stems: tuple[str, ...] | str) -> None:
    names = sorted({stem_of(scored(SONG).song, note) for note in scored(SONG).notes}) if stems == "twelve" else stems
    whole = sound(SONG)
    total = sum((sound(replace(SONG, stem=name)) for name in names), np.zeros_like(whole))
    assert loud(whole - total, 0, 24) < 0.01 * loud(whole, 0, 24)


def test_every_stem_of_the_twelve_is_heard_in_a_song() -> None:
    named = {stem_of(scored(SONG).song, note) for note in scored(SONG).notes}
    assert named == {
        *("vocal", "backing_vocals", "drums", "percussion", "bass", "guitar", "keyboard", "strings", "synth", "brass"),
        *("woodwinds", "fx"),
    }


def parent() -> dict[str, object]:
    return {"kind": "music", "prompt": "evening", "tags": "pop, 120 bpm", "duration": 24.0, "seed": 3}


def between(one: Score, begin: float, end: float) -> list[Note]:
    return sorted(note for note in one.notes if begin <= note.start < end)


def test_an_extension_begins_as_its_parent_and_goes_on_otherwise() -> None:
    longer = spec_of({**parent(), "duration": 30.0, "before": {"work": "extend", "spec": parent(), "until": 12.0}})
    old, new = scored(spec_of(parent())), scored(replace(longer, seed=99))
    assert new.seconds == 30
    assert new.song.bpm == old.song.bpm == 120
    assert between(new, 0, 9) == between(old, 0, 9)
    assert between(new, 12, 22) != between(old, 12, 22)
    assert max(note.start for note in new.notes) > 26


def test_a_replaced_section_leaves_the_rest() -> None:
    held = {
        **parent(),
        "seed": 8,
        "tags": "jazz",
        "before": {"work": "replace", "spec": parent(), "from": 8.0, "until": 12.0},
    }
    old, new = scored(spec_of(parent())), scored(spec_of(held))

    assert between(new, 0, 5) == between(old, 0, 5)
    assert between(new, 12, 22) == between(old, 12, 22)
    assert between(new, 8, 12) != between(old, 8, 12)


def tone(seconds: float) -> bytes:
    target = io.BytesIO()
    t = np.arange(int(seconds * 32000)) / 32000
    with wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(32000)
        file.writeframes((np.sin(2 * math.pi * 1000 * t) * 8000).astype("<i2").tobytes())
    return target.getvalue()


def strength(wave_: np.ndarray[tuple[int, ...], np.dtype[np.float32]], begin: float, end: float) -> float:
    """Return how much of a part is the tone of 1,000 Hz."""
    part = wave_[0, int(begin * 44100) : int(end * 44100)]
    spectrum = np.abs(np.fft.rfft(part)) ** 2
    hertz = np.fft.rfftfreq(part.size, 1 / 44100)
    return float(spectrum[np.abs(hertz - 1000) < 8].sum() / spectrum.sum())


def test_a_foreign_recording_is_gone_on_with_as_it_is() -> None:
    before = {"work": "extend", "until": 4.0}
    made = sound(replace(SONG, vocals=False, duration=12.0, before=before, inputs=(tone(8),)))
    assert strength(made, 0.5, 3.5) > 0.9
    assert strength(made, 5, 10) < 0.3


def test_a_band_is_put_to_a_foreign_voice_and_a_voice_to_a_foreign_band() -> None:
    band = sound(replace(SONG, vocals=False, duration=8.0, before={"work": "band"}, inputs=(tone(8),)))
    voices = sound(replace(SONG, duration=8.0, before={"work": "voices"}, inputs=(tone(8),)))
    for made in (band, voices):
        assert 0.2 < strength(made, 1, 7) < 0.98


def test_two_recordings_are_mixed() -> None:
    made = sound(replace(SONG, vocals=False, duration=8.0, before={"work": "mashup"}, inputs=(tone(8), render(SONG))))
    assert 0.01 < strength(made, 1, 7) < 0.95


def test_a_foreign_recording_falls_into_two_parts_that_add_up() -> None:
    given = replace(SONG, duration=6.0, before={"work": "split"}, inputs=(render(replace(SONG, duration=6.0)),))
    voice, band = sound(replace(given, stem="vocals")), sound(replace(given, stem="instrumental"))
    whole = decoded(given.inputs[0], 44100, 2)
    assert whole is not None
    assert loud(whole - voice - band, 0.1, 5.9) < 0.02 * loud(whole, 0.1, 5.9)


@pytest.mark.parametrize("form", ["mp3", "wav"])
def test_a_file_tells_its_words_and_what_it_was_made_from(form: str) -> None:
    data = render(replace(SONG, format=form))
    told = heard(data)
    assert told is not None
    assert [word for word, *_ in told] == [word.text for word in scored(SONG).words]
    assert scored(spec_of(origin(data))).notes == scored(SONG).notes


@pytest.mark.slow
def test_another_process_makes_the_same_bytes() -> None:
    code = (
        "import sys, hashlib\nfrom kie.emulator.media import MediaSpec, render\n"
        f"print(hashlib.sha256(render({replace(SONG, format='mp3')!r})).hexdigest())"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert len(made) == 1


def test_without_the_model_the_voice_sings_vowels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kie.emulator.media.sing.voicebox", lambda: None)
    monkeypatch.setattr("kie.emulator.media.music.voicebox", lambda: None)
    assert b"degraded=no hibari-tts" in render(replace(SONG, duration=12.0))
    voice = sound(replace(SONG, stem="vocal", duration=12.0))
    whole = scored(replace(SONG, duration=12.0))
    assert loud(voice, whole.words[0].start, whole.words[-1].end) > 0.02


def test_scores_are_written_without_any_wheel() -> None:
    code = (
        "import sys\nfor name in ('numpy', 'av', 'lameenc', 'hibari'): sys.modules[name] = None\n"
        "from kie.emulator.media.edits import scored, spec_of\n"
        "print(len(scored(spec_of({'tags': 'rock', 'duration': 20.0, 'vocals': True, 'lyrics': 'la la'})).notes))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert int(told) > 100
