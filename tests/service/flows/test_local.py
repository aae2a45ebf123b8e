"""``join``: what lies where, for how long, and how loud."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kie.errors import InvalidInput
from kie.service.flows.media.declared import check, whole
from kie.service.flows.media.opening import Film
from kie.service.flows.media.sound import mixed, tracks
from kie.service.flows.media.timeline import RATE, lay
from kie.service.flows.media.work import do
from tests.service.flows.samples import Seen, clip, near, picture, sound, tone

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

RED, GREEN, BLUE = (180, 20, 20), (20, 120, 20), (20, 20, 180)


def joined(folder: Path, videos: list[Path], **inputs: Any) -> Seen:
    target = folder / "joined"
    target.mkdir(exist_ok=True)
    return Seen(do("join", {"videos": [str(path) for path in videos], **inputs}, target))


def test_clips_of_any_size_rate_and_codec_become_one_film_as_long_as_all_of_them(tmp_path: Path) -> None:
    clips = [
        clip(tmp_path / "a.mp4", (64, 36), 25, 1.2, RED, wave=tone(440, 1.2)),
        clip(tmp_path / "b.webm", (36, 64), 30, 0.8, GREEN, codec="libvpx", wave=tone(440, 0.8)),
        clip(tmp_path / "c.mp4", (48, 48), Fraction(24000, 1001), 1.001, BLUE),
    ]
    film = joined(tmp_path, clips)
    assert film.codecs == {"video": "h264", "audio": "aac"}
    assert film.seconds == pytest.approx(3.0, abs=1 / 25)
    assert len(film.pictures) == 75
    assert film.times == pytest.approx([number / 25 for number in range(75)])
    assert film.wave.size / RATE == pytest.approx(3.0, abs=1024 / RATE)
    assert {shown.size for shown in film.pictures} == {(64, 36)}
    assert near(film.colour(0.6), RED)
    assert near(film.colour(1.6), GREEN)
    assert near(film.colour(2.5), BLUE)


def test_other_shapes_stand_between_bars_or_fill_the_frame(tmp_path: Path) -> None:
    upright = clip(tmp_path / "a.mp4", (36, 64), colour=GREEN, seconds=0.2)
    boxed = joined(tmp_path, [upright], size="64x36", background="#b01414")
    assert near(boxed.colour(0), GREEN)
    assert near(boxed.colour(0, x=0.05), (176, 20, 20))
    filled = joined(tmp_path, [upright], size="64x36", fit="crop")
    assert near(filled.colour(0, x=0.05), GREEN)


def test_a_clip_is_shown_the_way_up_in_which_it_was_taken(tmp_path: Path) -> None:
    path = clip(tmp_path / "a.mp4", (64, 36), colour=GREEN, seconds=0.2)
    data = bytearray(path.read_bytes())
    at = data.index(b"tkhd") + 4 + 40  # the matrix of the track: a quarter turn, as telephones write it
    turn = (0, 0x10000, 0, 0xFFFF0000, 0, 0, 0, 0, 0x40000000)
    data[at : at + 36] = b"".join(number.to_bytes(4, "big") for number in turn)
    path.write_bytes(data)
    film = joined(tmp_path, [path])
    assert film.pictures[0].size == (36, 64)
    assert near(film.colour(0, y=0.02), GREEN)


def test_pixels_that_are_not_square_are_made_square(tmp_path: Path) -> None:
    film = joined(tmp_path, [clip(tmp_path / "a.mp4", (32, 36), seconds=0.2, colour=GREEN, ratio=Fraction(2))])
    assert film.pictures[0].size == (64, 36)
    assert near(film.colour(0, x=0.02), GREEN)
    assert near(film.colour(0, x=0.98), GREEN)


@pytest.mark.parametrize("fps", [24, 30])
def test_sound_and_picture_stay_together(tmp_path: Path, fps: int) -> None:
    before = clip(tmp_path / "a.mp4", fps=30, seconds=1.1)
    marked = clip(tmp_path / "b.mp4", fps=25, seconds=1.4, flash=0.8, wave=tone(2000, 1.4, begin=0.8, end=0.9))
    film = joined(tmp_path, [before, marked], fps=fps)
    assert film.flash() == pytest.approx(1.9, abs=1 / fps)
    assert film.onset() == pytest.approx(1.1 + 0.8, abs=1 / fps)
    assert abs(film.flash() - film.onset()) <= 1 / fps


def test_a_sound_track_that_begins_after_its_picture_stays_there(tmp_path: Path) -> None:
    before = clip(tmp_path / "a.mp4", seconds=1)
    late = clip(tmp_path / "b.mp4", seconds=1, wave=tone(1000, 0.5), late=0.5)
    film = joined(tmp_path, [before, late])
    assert film.onset() == pytest.approx(1.5, abs=0.01)
    assert film.level(1000, 1.6, 1.9) == pytest.approx(0.4, rel=0.1)


def test_a_voice_that_is_longer_than_its_clip_holds_the_last_frame(tmp_path: Path) -> None:
    clips = [clip(tmp_path / "a.mp4", seconds=0.6, colour=RED), clip(tmp_path / "b.mp4", seconds=0.6, colour=BLUE)]
    voice = sound(tmp_path / "v.wav", tone(1000, 1.5, 24_000), 24_000)
    film = joined(tmp_path, clips, voices=[str(voice), None], voice_delay=0.2, voice_pause=0.3)
    assert film.seconds == pytest.approx(0.2 + 1.5 + 0.3 + 0.6, abs=1 / 25)
    assert near(film.colour(1.9), RED)
    assert near(film.colour(2.1), BLUE)
    assert film.onset() == pytest.approx(0.2, abs=0.003)
    assert film.level(1000, 0.3, 1.6) == pytest.approx(0.4, rel=0.05)
    assert film.level(1000, 1.75, 1.95) < 0.005


def test_other_sounds_give_way_to_a_voice(tmp_path: Path) -> None:
    spoken = clip(tmp_path / "a.mp4", seconds=3, wave=tone(500, 3))
    other = clip(tmp_path / "b.mp4", seconds=1.5)
    voice = sound(tmp_path / "v.mp3", tone(1000, 1.0))
    music = sound(tmp_path / "m.wav", tone(300, 1.0))
    film = joined(
        tmp_path, [spoken, other], voices=[str(voice), ""], music=str(music), voice_delay=1, duck=0.25, fade_out=1
    )
    assert film.seconds == pytest.approx(4.5, abs=1 / 25)
    loud, low = film.level(300, 0.1, 0.6), film.level(300, 1.2, 1.8)
    assert low == pytest.approx(loud / 4, rel=0.1)
    assert film.level(500, 1.2, 1.8) == pytest.approx(film.level(500, 0.1, 0.6) / 4, rel=0.1)
    assert film.level(1000, 1.2, 1.8) == pytest.approx(0.4, rel=0.1)
    # It gives way over a quarter of a second, not at once.
    assert film.level(300, 0.82, 0.93) == pytest.approx(loud * 0.625, rel=0.1)
    assert film.level(300, 2.07, 2.18) == pytest.approx(loud * 0.625, rel=0.1)
    # The music is shorter than the film: it goes on, until it fades.
    assert film.level(300, 2.5, 3.4) == pytest.approx(loud, rel=0.1)
    assert film.level(300, 3.9, 4.1) == pytest.approx(loud / 2, rel=0.2)
    assert film.level(300, 4.4, 4.5) < loud / 5


def test_parts_cross_over(tmp_path: Path) -> None:
    clips = [
        clip(tmp_path / "a.mp4", seconds=1, colour=(200, 0, 0), wave=tone(400, 1)),
        clip(tmp_path / "b.mp4", seconds=1, colour=(0, 0, 200), wave=tone(900, 1)),
    ]
    film = joined(tmp_path, clips, crossfade=0.4)
    assert film.seconds == pytest.approx(1.6, abs=1 / 25)
    assert near(film.colour(0.5), (200, 0, 0))
    assert near(film.colour(0.8), (100, 0, 100), 20)
    assert near(film.colour(1.1), (0, 0, 200))
    assert film.level(400, 0.1, 0.5) == pytest.approx(0.4, rel=0.05)
    assert film.level(400, 0.75, 0.85) == pytest.approx(0.2, rel=0.2)
    assert film.level(400, 1.1, 1.5) < 0.005
    assert film.level(900, 0.1, 0.5) < 0.005


def test_sounds_that_add_up_to_too_much_are_held_below_full_scale(tmp_path: Path) -> None:
    made = clip(tmp_path / "a.mp4", seconds=1, wave=tone(500, 1) * 2)
    voice = sound(tmp_path / "v.wav", tone(500, 0.5) * 2)
    film = joined(tmp_path, [made], voices=[str(voice)], duck=1, voice_volume=2, voice_delay=0.2)
    assert abs(film.wave).max() < 1.0
    assert film.onset() < 0.02


def test_the_same_files_make_the_same_film(tmp_path: Path) -> None:
    clips = [clip(tmp_path / "a.mp4", wave=tone(440, 1)), clip(tmp_path / "b.mp4", (36, 64), 30)]
    once, again = tmp_path / "once", tmp_path / "again"
    for folder in (once, again):
        folder.mkdir()
        do("join", {"videos": [str(path) for path in clips], "crossfade": 0.2}, folder)
    assert (once / "film.mp4").read_bytes() == (again / "film.mp4").read_bytes()


def test_colours_that_nobody_named_are_taken_for_what_players_take_them(tmp_path: Path) -> None:
    """BT.709 where the picture is large, BT.601 where it is small."""
    large = clip(tmp_path / "a.mp4", (1280, 720), seconds=0.2, colour=(30, 150, 40), tagged=False)
    assert near(joined(tmp_path, [large], size="320x180").colour(0), (30, 150, 40), 6)
    small = clip(tmp_path / "b.webm", (320, 180), seconds=0.2, colour=(30, 150, 40), codec="libvpx", tagged=False)
    assert near(joined(tmp_path, [small]).colour(0), (30, 150, 40), 6)


def test_the_index_stands_in_front_so_that_a_film_begins_to_play_at_once(tmp_path: Path) -> None:
    made = do("join", {"videos": [str(clip(tmp_path / "a.mp4"))]}, tmp_path)
    data = made.files[0].read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


def test_what_is_no_video_is_refused_by_its_name(tmp_path: Path) -> None:
    good, still = clip(tmp_path / "a.mp4", seconds=0.2), picture(tmp_path / "b.png")
    with pytest.raises(InvalidInput, match=r"videos\[1\]: a video is needed, this file is image/png") as caught:
        joined(tmp_path, [good, still])
    assert "still" in (caught.value.hint or "")
    listed = tmp_path / "c.mp4"
    listed.write_text(f"ffconcat version 1.0\nfile {good}\n")
    with pytest.raises(InvalidInput, match="of no known type"):  # a file may not name other files
        joined(tmp_path, [listed])
    listed.write_text(f"#EXTM3U\n#EXTINF:1,\n{good}\n")
    with pytest.raises(InvalidInput, match="of no known type"):
        joined(tmp_path, [listed])


def test_a_video_that_was_cut_off_is_refused_by_its_name(tmp_path: Path) -> None:
    path = clip(tmp_path / "a.mp4", seconds=1)
    path.write_bytes(path.read_bytes()[:-700])  # the index of this one lies at the end
    with pytest.raises(InvalidInput, match=r"videos\[0\]"):
        joined(tmp_path, [path])


def test_voices_that_do_not_match_are_told_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="there are 1 of them for 2 videos"):
        check("join", {"videos": ["a", "b"], "voices": ["c"]})


# ---------------------------------------------------------------------------------------------------- on paper


def test_sounds_share_tracks_and_never_overlap_on_one() -> None:
    films = [Film(64, 36, Fraction(25), 2.0, sound=True)] * 150
    laid = lay(films, [1.0] * 150, 25, whole("join", {"crossfade": 0.4}), music=True)
    shared = tracks(laid.sounds)
    assert len(shared) <= 4  # clips that cross over, voices, music
    assert sorted(sound for track in shared for sound in track) == sorted(laid.sounds)
    for track in shared:
        assert all(one.start + one.length <= other.start for one, other in pairwise(track))


@pytest.mark.slow
def test_a_film_of_very_many_clips_keeps_its_voices_in_place(tmp_path: Path) -> None:
    """More voices than libavfilter takes in one expression, more sounds than it should mix at once."""
    short = clip(tmp_path / "a.mp4", (32, 32), 25, 0.2, wave=tone(500, 0.2))
    voice = sound(tmp_path / "v.wav", tone(1000, 0.1))
    music = sound(tmp_path / "m.wav", tone(300, 1))
    given_ = {"voices": [str(voice)] * 110, "music": str(music), "voice_delay": 0.6, "voice_pause": 0, "fade_out": 0}
    film = joined(tmp_path, [short] * 110, **given_)
    step = 18 / 25  # 0.6 s and 0.1 s, in whole frames
    assert film.seconds == pytest.approx(110 * step, abs=0.04)
    for number in (0, 54, 109):
        at = number * step
        assert film.level(1000, at + 0.61, at + 0.69) == pytest.approx(0.4, rel=0.15)
        assert film.level(1000, at + 0.3, at + 0.55) < 0.02
        assert film.level(500, at + 0.02, at + 0.18) == pytest.approx(0.4, rel=0.15)


def test_no_graph_grows_with_the_number_of_sounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each frame goes through all filters of its graph: one graph of all sounds would take the square of the time."""
    from av import filter as filters

    graph = filters.Graph
    sizes: list[int] = []

    class Counted:
        def __init__(self) -> None:
            self._graph, self._place = graph(), len(sizes)
            sizes.append(0)

        def add(self, *given: Any, **options: Any) -> Any:
            sizes[self._place] += 1
            return self._graph.add(*given, **options)

        def __getattr__(self, name: str) -> Any:
            return getattr(self._graph, name)

    monkeypatch.setattr(filters, "Graph", Counted)
    voice = sound(tmp_path / "v.wav", tone(1000, 0.1))
    films, made = [Film(64, 36, Fraction(25), 0.2, sound=True)] * 60, []
    for number in (6, 60):
        laid = lay(films[:number], [0.1] * number, 25, whole("join", {"voice_delay": 0}), music=False)
        heard = list(mixed(laid, {(each.kind, each.number): voice for each in laid.sounds}, 0.5))
        assert sum(frame.samples for frame in heard) == laid.samples
        made.append(max(sizes))
    assert made[0] == made[1] < 20


lengths = st.floats(0.04, 20)


@given(
    clips=st.lists(st.tuples(lengths, st.none() | lengths, st.booleans()), min_size=1, max_size=8),
    fps=st.integers(1, 60),
    crossfade=st.floats(0, 5),
    delay=st.floats(0, 2),
    pause=st.floats(0, 2),
)
def test_a_timeline_has_no_holes_and_every_voice_has_its_room(
    clips: list[tuple[float, float | None, bool]], fps: int, crossfade: float, delay: float, pause: float
) -> None:
    films = [Film(64, 36, Fraction(25), seconds, heard) for seconds, _, heard in clips]
    voices = [voice for _, voice, _ in clips]
    wanted = whole("join", {"crossfade": crossfade, "voice_delay": delay, "voice_pause": pause})
    laid = lay(films, voices, fps, wanted, music=True)
    at = 0
    for part in laid.parts:
        assert 0 <= part.cross <= part.frames // 2
        assert part.start == at - part.cross
        at = part.start + part.frames
    assert laid.frames == at == sum(part.frames - part.cross for part in laid.parts)
    assert laid.samples == round(at * RATE / fps)
    for before, after in zip(laid.parts, laid.parts[1:], strict=False):
        assert before.cross + after.cross <= before.frames  # no frame is shown three deep
    for film, part in zip(films, laid.parts, strict=True):
        assert part.frames >= round(film.seconds * fps) - 1
    spoken = [each for each in laid.sounds if each.kind == "voice"]
    assert [each.number for each in spoken] == [number for number, voice in enumerate(voices) if voice is not None]
    for each in spoken:
        part, voice = laid.parts[each.number], voices[each.number]
        assert voice is not None
        assert each.length == pytest.approx(voice * RATE, abs=2)  # all of it is heard
        assert part.start * RATE / fps <= each.start + 1
        assert each.start + each.length <= (part.start + part.frames) * RATE / fps + 1
    for each in laid.sounds:
        assert each.start >= 0
        assert each.length <= laid.samples - each.start + 1
        assert each.fade_out <= each.length
