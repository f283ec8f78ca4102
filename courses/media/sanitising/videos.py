"""Videos: decoded and encoded anew by ffmpeg, pictures only; nothing of the uploaded stream is copied."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

from PIL import Image

from courses.media.sanitising import pictures
from courses.media.sanitising.confinement import die_with_parent
from courses.media.sanitising.kinds import container, head
from courses.media.sanitising.limits import Limits
from courses.media.sanitising.results import Clean, File, Kind, Refused

MEDIA_TYPE: Final = "video/mp4"
# What phones, endoscopy towers and browsers record. ffmpeg has hundreds more, rarely used and rarely mended.
_VIDEO: Final = "h264,hevc,mpeg4,h263,mpeg2video,mpeg1video,vp8,vp9,libdav1d,av1,mjpeg,prores,dvvideo,png,theora"
# Never decoded for what they hold, but ffprobe gives up on a stream it may not open.
_AUDIO: Final = (
    "aac,mp3,mp3float,mp2,mp2float,opus,libopus,vorbis,libvorbis,flac,alac,ac3,eac3,amrnb,amrwb,libopencore_amrnb,"
    "libopencore_amrwb,pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_f32le,pcm_u8,pcm_alaw,pcm_mulaw,qcelp"
)
_WORDS: Final = "mov_text,text,subrip,srt,ass,ssa,webvtt,dvdsub,dvbsub,pgssub,cc_dec"
_DECODERS: Final = f"{_VIDEO},{_AUDIO},{_WORDS}"
_GPS_TAGS: Final = ("location", "gps", "xyz", "com.apple.quicktime.location")
# Tags the container has of itself and that say nothing: not worth a line in the report.
_PLAIN_TAGS: Final = frozenset(
    {"major_brand", "minor_version", "compatible_brands", "language", "duration", "encoder", "vendor_id"}
)
_PLAIN_HANDLERS: Final = frozenset({"videohandler", "soundhandler", "core media video", "core media audio"})
_KEPT_FRACTION: Final = 0.9  # of the announced length that must come out, else the file is cut off
_QUIET: Final = ("-nostdin", "-hide_banner", "-loglevel", "error")
_PICTURES_ALONE: Final = ("-an", "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1")
_X264: Final = ("-c:v", "libx264", "-preset", "veryfast", "-threads", "2", "-a53cc", "0", "-flags:v", "+bitexact")
# Type 6 are the SEI units: x264's own signature, captions, and whatever a camera wrote into its frames.
_MP4: Final = ("-bsf:v", "filter_units=remove_types=6", "-fflags", "+bitexact", "-movflags", "+faststart")


def clean(source: Path, out: Path, limits: Limits) -> Clean:
    """Writes `master.mp4`, `low.mp4`, `poster.jpg` and `thumb.jpg`. Raises Refused."""
    if not (shutil.which("ffmpeg") and shutil.which("ffprobe")):
        raise Refused("media.no_ffmpeg")
    demuxer = container(head(source))
    told = _probe(source, demuxer)
    stream, announced = _video_stream(told), _seconds(told)
    _check(stream, announced, limits)

    master = out / "master.mp4"
    box = "scale=w='if(gte(iw,ih),min(1280,iw),min(720,iw))':h='if(gte(iw,ih),min(720,ih),min(1280,ih))'"
    filters = f"{_square(stream)}{box}:force_original_aspect_ratio=decrease:force_divisible_by=2,setsar=1"
    _ffmpeg(
        *_input(source, demuxer),
        *("-map", "0:V:0", "-t", str(limits.video_seconds + 1), "-fps_mode", "vfr"),
        *("-vf", f"{filters},fps={_rate(stream)},format=yuv420p", *_PICTURES_ALONE),
        *(*_X264, "-crf", "23", "-maxrate", "2500k", "-bufsize", "5000k", *_MP4, "-f", "mp4", master),
    )
    encoded = _probe(master, "mov")
    made, seconds = _file(master, encoded, limits), _seconds(encoded) or 0.0
    if seconds > limits.video_seconds:
        raise Refused("media.too_long")
    if announced and seconds < announced * _KEPT_FRACTION - 0.5:
        raise Refused("media.broken", "CutOff")

    low = out / "low.mp4"
    _ffmpeg(
        *_input(master, "mov"),
        *("-vf", "scale=w='if(gte(iw,ih),-2,min(240,iw))':h='if(gte(iw,ih),min(240,ih),-2)',fps=15,format=yuv420p"),
        *(*_PICTURES_ALONE, *_X264, "-b:v", "170k", "-maxrate", "200k", "-bufsize", "400k", *_MP4, "-f", "mp4", low),
    )
    poster = _poster(master, out, (made.width, made.height), seconds)
    files = (
        made,
        _file(low, _probe(low, "mov"), limits),
        pictures.write(poster, out, "poster.jpg", side=pictures.LARGE_SIDE, quality=80),
        pictures.write_thumb(poster, out),
    )
    return Clean(
        kind=Kind.VIDEO,
        media_type=MEDIA_TYPE,
        files=files,
        removed=tuple(sorted(_labels(told))),
        width=made.width,
        height=made.height,
        seconds=round(seconds, 2),
    )


def _input(path: Path, demuxer: str) -> tuple[str | Path, ...]:
    """Only files, only this demuxer: a playlist or a list of parts inside cannot make ffmpeg open anything else."""
    drefs = ("-enable_drefs", "0", "-use_absolute_path", "0") if demuxer == "mov" else ()
    guards = ("-protocol_whitelist", "file", "-codec_whitelist", _DECODERS, "-f", demuxer)
    return ("-threads", "2", *guards, *drefs, "-i", f"file:{path}")


def _ffmpeg(*arguments: str | Path) -> None:
    ran = subprocess.run(  # noqa: S603
        [shutil.which("ffmpeg") or "", "-y", *_QUIET, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        preexec_fn=die_with_parent,  # the child has one thread
        check=False,
    )
    if ran.returncode:
        _give_up(ran.returncode, ran.stderr)


def _give_up(returncode: int, said: bytes) -> None:
    """Raises Refused for what ffmpeg said; none of its words leave this function."""
    if b"No space left" in said or b"Disk quota" in said:
        raise Refused("media.disk_full")
    if b"File too large" in said or returncode == -25:  # SIGXFSZ
        raise Refused("media.too_large")
    raise Refused("media.took_too_long" if returncode == -24 else "media.broken", "ffmpeg")  # SIGXCPU


def _probe(path: Path, demuxer: str) -> dict[str, Any]:
    *options, flag, address = _input(path, demuxer)[2:]
    ran = subprocess.run(  # noqa: S603
        [
            *(shutil.which("ffprobe") or "", "-hide_banner", "-loglevel", "error", "-of", "json"),
            *("-show_format", "-show_streams", "-show_chapters", *options, flag, address),
        ],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        preexec_fn=die_with_parent,
        check=False,
    )
    if ran.returncode:
        _give_up(ran.returncode, ran.stderr)
    told: dict[str, Any] = json.loads(ran.stdout)
    return told


def _streams(told: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [stream for stream in told.get("streams", []) if stream.get("codec_type") == kind]


def _video_stream(told: dict[str, Any]) -> dict[str, Any]:
    """The first moving picture; a cover is none."""
    for stream in _streams(told, "video"):
        if not stream.get("disposition", {}).get("attached_pic"):
            return stream
    raise Refused("media.no_picture")


def _seconds(told: dict[str, Any]) -> float | None:
    """The announced length, None where the container has none (a browser's WebM)."""
    try:
        return float(told["format"]["duration"])
    except (KeyError, ValueError):
        return None


def _check(stream: dict[str, Any], seconds: float | None, limits: Limits) -> None:
    width, height = int(stream.get("width", 0)), int(stream.get("height", 0))
    if width <= 0 or height <= 0:
        raise Refused("media.broken")
    if width * height > limits.video_pixels:
        raise Refused("media.too_many_pixels")
    if seconds and seconds > limits.video_seconds:
        raise Refused("media.too_long")


def _ratio(text: Any, divider: str) -> float:
    above, _, below = str(text).partition(divider)
    try:
        return float(above) / float(below or 1)
    except (ValueError, ZeroDivisionError):
        return 0.0


def _rate(stream: dict[str, Any]) -> str:
    """Frames a second: the source's, at most 30; containers without one would make ffmpeg guess a thousand."""
    rate = _ratio(stream.get("avg_frame_rate"), "/")
    return f"{rate:.5f}" if 1.0 <= rate <= 30.0 else "30"


def _square(stream: dict[str, Any]) -> str:
    """A filter that makes the pixels of old camcorders and endoscopy towers square. Absurd shapes are left alone."""
    shape = _ratio(stream.get("sample_aspect_ratio", "1:1"), ":")
    return f"scale=w='trunc(iw*{shape:.5f}/2)*2':h=ih," if 0.4 < shape < 2.5 and abs(shape - 1) > 0.01 else ""


def _file(path: Path, told: dict[str, Any], limits: Limits) -> File:
    size = path.stat().st_size
    if size > limits.video_output_bytes:
        raise Refused("media.too_large")
    stream = _video_stream(told)
    return File(path.name, MEDIA_TYPE, size, int(stream["width"]), int(stream["height"]))


def _poster(master: Path, out: Path, size: tuple[int, int], seconds: float) -> Image.Image:
    """A frame from the first tenth, because the first is often black."""
    raw = out / "poster.raw"
    frame = ("-frames:v", "1", "-pix_fmt", "rgb24", "-f", "rawvideo", raw)
    _ffmpeg("-ss", f"{min(seconds / 10, 10):.2f}", *_input(master, "mov"), *frame)
    data = raw.read_bytes()
    raw.unlink()
    return Image.frombytes("RGB", size, data)


def _labels(told: dict[str, Any]) -> set[str]:
    labels: set[str] = set()
    places = [told.get("format", {}), *told.get("streams", []), *told.get("chapters", [])]
    for name, value in [pair for place in places for pair in place.get("tags", {}).items()]:
        if any(part in name.lower() for part in _GPS_TAGS):
            labels.add("gps")
        elif name.lower() == "handler_name" and str(value).lower() in _PLAIN_HANDLERS:
            continue
        elif name.lower() not in _PLAIN_TAGS:
            labels.add("metadata")
    kinds = {"audio": "audio", "subtitle": "subtitles", "data": "data_streams", "attachment": "attachments"}
    labels |= {label for kind, label in kinds.items() if _streams(told, kind)}
    if told.get("chapters"):
        labels.add("chapters")
    if len(_streams(told, "video")) > 1:
        labels.add("extra_pictures")
    return labels
