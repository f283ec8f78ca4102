"""Videos: encoded anew, silent, within their caps, and never a way to another file."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from courses.media.sanitising.child import work
from courses.media.sanitising.limits import Limits
from courses.media.sanitising.results import Clean, Refused
from tests.unit.media.sanitising.planted_photos import jpeg
from tests.unit.media.sanitising.planted_videos import box, ffmpeg, small

pytestmark = pytest.mark.ffmpeg


def cleaned(source: Path, folder: Path, limits: Limits | None = None) -> Clean:
    (out := folder / "out").mkdir(exist_ok=True)
    return work(source, out, limits or Limits())


def probed(path: Path) -> dict[str, Any]:
    command = ["ffprobe", "-loglevel", "error", "-show_format", "-show_streams", "-show_chapters", "-of", "json", path]
    told: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return told


def everything(folder: Path) -> Path:
    """A phone's video: sound, place, chapters, subtitles, a title."""
    said = folder / "said.srt"
    said.write_text("1\n00:00:00,000 --> 00:00:01,000\nAna\n")
    chapters = folder / "chapters.txt"
    chapters.write_text(";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=900\ntitle=Ana\n")
    inputs = ("-f", "lavfi", "-i", "sine=duration=1", "-i", said, "-i", chapters)
    mapped = ("-map", "0:v", "-map", "1:a", "-map", "2:s", "-map_chapters", "3", "-c:v", "copy", "-c:s", "mov_text")
    tags = ("-metadata", "title=Ana", "-metadata", "location=+12.0346-077.0428/")
    ffmpeg("-i", small(folder / "base.mp4"), *inputs, *mapped, *tags, folder / "phone.mp4")
    return folder / "phone.mp4"


def test_pictures_alone_are_left(tmp_path: Path) -> None:
    done = cleaned(everything(tmp_path), tmp_path)
    assert set(done.removed) == {"audio", "chapters", "data_streams", "gps", "metadata", "subtitles"}
    assert [file.name for file in done.files] == ["master.mp4", "low.mp4", "poster.jpg", "thumb.jpg"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(file.name for file in done.files)
    for name in ("master.mp4", "low.mp4"):
        told = probed(tmp_path / "out" / name)
        assert [(s["codec_name"], s["pix_fmt"], s.get("profile")) for s in told["streams"]] == [
            ("h264", "yuv420p", "High")
        ]
        assert set(told["format"]["tags"]) == {"major_brand", "minor_version", "compatible_brands"}
        assert set(told["streams"][0]["tags"]) <= {"language", "handler_name", "vendor_id", "encoder"}
        assert told["streams"][0]["tags"].get("encoder") == "Lavc libx264"
        assert told["chapters"] == []
        data = (tmp_path / "out" / name).read_bytes()
        assert data.index(b"moov") < data.index(b"mdat")  # plays before it has arrived whole
        assert b"x264 - core" not in data
        assert b"Lavf" not in data


@pytest.mark.parametrize(
    ("size", "rate", "expected", "low"),
    [
        ("64x48", 10, (64, 48), (64, 48)),
        ("1920x1080", 50, (1280, 720), (426, 240)),
        ("486x864", 25, (486, 864), (240, 426)),
    ],
)
def test_sizes_come_down(size: str, rate: int, expected: tuple[int, int], low: tuple[int, int], tmp_path: Path) -> None:
    done = cleaned(small(tmp_path / "a.mov", size=size, rate=rate, seconds=0.5), tmp_path)
    assert [(file.width, file.height) for file in done.files[:2]] == [expected, low]
    num, den = probed(tmp_path / "out" / "master.mp4")["streams"][0]["avg_frame_rate"].split("/")
    assert int(num) / int(den) == pytest.approx(min(rate, 30), rel=0.05)


def test_a_turned_phone_films_upright(tmp_path: Path) -> None:
    ffmpeg(
        "-i", small(tmp_path / "a.mp4", size="96x64"), "-c", "copy", "-metadata:s:v", "rotate=90", tmp_path / "b.mov"
    )
    done = cleaned(tmp_path / "b.mov", tmp_path)
    assert (done.width, done.height) == (64, 96)


@pytest.mark.parametrize("codec", ["libvpx", "libvpx-vp9"])
def test_webm_is_read(codec: str, tmp_path: Path) -> None:
    done = cleaned(small(tmp_path / "a.webm", codec=codec), tmp_path)
    assert done.seconds == pytest.approx(1, abs=0.2)


def test_long_ones_are_refused(tmp_path: Path) -> None:
    path = small(tmp_path / "a.mp4", seconds=3, rate=5)
    assert cleaned(path, tmp_path, Limits(video_seconds=3.2)).seconds == pytest.approx(3, abs=0.3)
    with pytest.raises(Refused, match=r"media\.too_long"):
        cleaned(path, tmp_path, Limits(video_seconds=2))


def test_long_ones_that_do_not_say_so_are_refused(tmp_path: Path) -> None:
    """A browser's recording has no length in its head."""
    ffmpeg(
        "-i",
        small(tmp_path / "a.webm", seconds=4, rate=5, codec="libvpx"),
        "-c",
        "copy",
        "-live",
        "1",
        tmp_path / "b.webm",
    )
    assert "duration" not in probed(tmp_path / "b.webm")["format"]
    with pytest.raises(Refused, match=r"media\.too_long"):
        cleaned(tmp_path / "b.webm", tmp_path, Limits(video_seconds=2))


def test_caps_on_pixels_and_output(tmp_path: Path) -> None:
    path = small(tmp_path / "a.mp4", size="128x64")
    with pytest.raises(Refused, match=r"media\.too_many_pixels"):
        cleaned(path, tmp_path, Limits(video_pixels=128 * 64 - 1))
    with pytest.raises(Refused, match=r"media\.too_large"):
        cleaned(path, tmp_path, Limits(video_output_bytes=1_000))


def test_sound_without_pictures_is_refused(tmp_path: Path) -> None:
    ffmpeg("-f", "lavfi", "-i", "sine=duration=1", "-f", "mp4", "-brand", "isom", tmp_path / "a.mp4")
    with pytest.raises(Refused, match=r"media\.no_picture"):
        cleaned(tmp_path / "a.mp4", tmp_path)


def test_half_a_video_is_refused(tmp_path: Path) -> None:
    path = small(tmp_path / "a.mp4", seconds=3)
    ffmpeg("-i", path, "-c", "copy", "-movflags", "+faststart", tmp_path / "fast.mp4")
    for whole in (path, tmp_path / "fast.mp4"):
        (half := tmp_path / "half.mp4").write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
        with pytest.raises(Refused, match=r"media\.broken"):
            cleaned(half, tmp_path)


HEADS = {"mov": box(b"ftyp", b"isom\0\0\0\0isom"), "matroska": b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm"}


@pytest.mark.parametrize("head", HEADS)
def test_a_list_of_other_files_opens_none(head: str, tmp_path: Path) -> None:
    """Playlists and lists of parts behind a video's first bytes: the demuxer is fixed, so they are just noise."""
    (secret := tmp_path / "secret.jpg").write_bytes(jpeg())
    for text in (f"#EXTM3U\n#EXTINF:1,\nfile://{secret}\n", f"ffconcat version 1.0\nfile {secret}\n"):
        (path := tmp_path / "a.mp4").write_bytes(HEADS[head] + text.encode())
        with pytest.raises(Refused, match=r"media\.(broken|no_picture)"):
            cleaned(path, tmp_path)


def test_without_ffmpeg_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = small(tmp_path / "a.mp4")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert shutil.which("ffmpeg") is None
    with pytest.raises(Refused, match=r"media\.no_ffmpeg"):
        cleaned(path, tmp_path)
