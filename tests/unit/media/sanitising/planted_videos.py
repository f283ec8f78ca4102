"""Videos of a second, with the marker in every place a container or a codec has for words."""

import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.unit.media.sanitising.planted import ASCII, BASE64, MARKER, UTF16BE, Planted, disguised
from tests.unit.media.sanitising.planted_photos import jpeg

_GLOBAL = ("title", "artist", "album", "comment", "copyright", "description", "synopsis", "genre", "show", "location")
_ANY_KEY = ("com.apple.quicktime.location.ISO6709", "com.apple.quicktime.author", "patient")


def ffmpeg(*arguments: str | Path) -> None:
    subprocess.run(["ffmpeg", "-nostdin", "-loglevel", "error", "-y", *arguments], check=True, capture_output=True)


def small(path: Path, *, size: str = "64x64", seconds: float = 1, rate: int = 10, codec: str = "libx264") -> Path:
    """A moving test picture of a few kilobytes."""
    source = f"testsrc2=size={size}:rate={rate}:duration={seconds}"
    ffmpeg("-f", "lavfi", "-i", source, "-c:v", codec, "-bitexact", path)
    return path


class Workshop:
    """Makes videos from one base, in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.base = small(folder / "base.mp4")
        self.webm = small(folder / "base.webm", codec="libvpx")

    def remux(self, ending: str, *options: str | Path, inputs: tuple[str | Path, ...] = ()) -> bytes:
        base = self.webm if ending == "webm" else self.base
        made = self.folder / f"made.{ending}"
        ffmpeg("-i", base, *inputs, "-map", "0:v", "-c", "copy", *options, made)
        return made.read_bytes()

    def text(self, name: str, content: str) -> Path:
        path = self.folder / name
        path.write_text(content)
        return path


def box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body) + 8) + name + body


def _inside_moov(data: bytes, extra: bytes) -> bytes:
    """With `extra` as the last box of moov, which stands behind the pictures here, so that no offset moves."""
    at = data.index(b"moov") - 4
    length = struct.unpack(">I", data[at : at + 4])[0]
    assert at + length == len(data)
    return data[:at] + struct.pack(">I", length + len(extra)) + data[at + 4 :] + extra


def _tags(shop: Workshop) -> Iterator[Planted]:
    for name in _GLOBAL:
        value = f"+12.0346-077.0428/{MARKER}" if name == "location" else MARKER
        yield Planted(f"MP4 {name}", shop.remux("mp4", "-metadata", f"{name}={value}"))
    for name in _ANY_KEY:
        options = ("-movflags", "use_metadata_tags", "-metadata", f"{name}={MARKER}")
        yield Planted(f"MP4 key {name}", shop.remux("mp4", *options))
    for ending in ("mov", "3gp", "mkv", "webm"):
        yield Planted(f"{ending} title", shop.remux(ending, "-metadata", f"title={MARKER}"))
    for ending in ("mp4", "mov"):
        yield Planted(f"{ending} handler", shop.remux(ending, "-metadata:s:v", f"handler_name={MARKER}"))
    for ending in ("mkv", "webm"):
        yield Planted(f"{ending} track title", shop.remux(ending, "-metadata:s:v", f"title={MARKER}"))
        yield Planted(f"{ending} own tag", shop.remux(ending, "-metadata", f"PATIENT={MARKER}"))


def _tracks(shop: Workshop) -> Iterator[Planted]:
    said = shop.text("said.srt", f"1\n00:00:00,000 --> 00:00:01,000\n{MARKER}\n")
    chapter = f";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=900\ntitle={MARKER}\n"
    chapters = shop.text("chapters.txt", chapter)
    also_said = ("-map", "1:s", "-c:s")
    yield Planted("MP4 subtitles", shop.remux("mp4", *also_said, "mov_text", inputs=("-i", said)))
    yield Planted("MKV subtitles", shop.remux("mkv", *also_said, "srt", inputs=("-i", said)))
    for ending in ("mp4", "mkv"):
        with_chapters = shop.remux(ending, "-map_chapters", "1", inputs=("-i", chapters))
        yield Planted(f"{ending} chapters", with_chapters)
    note = shop.text("note.txt", MARKER)
    attach = ("-attach", note, "-metadata:s:t", "mimetype=text/plain", "-metadata:s:t", f"filename={MARKER}.txt")
    yield Planted("MKV attachment", shop.remux("mkv", *attach))
    cover = shop.folder / "cover.jpg"
    cover.write_bytes(jpeg(comment=ASCII))
    covered = ("-map", "1:v", "-disposition:v:1", "attached_pic")
    yield Planted("MP4 cover", shop.remux("mp4", *covered, inputs=("-i", cover)))
    sound = ("-f", "lavfi", "-i", "sine=duration=1")
    heard = ("-map", "1:a", "-c:a", "aac", "-metadata:s:a", f"handler_name={MARKER}")
    yield Planted("MP4 sound", shop.remux("mp4", *heard, inputs=sound))


def _bytes(shop: Workshop) -> Iterator[Planted]:
    plain = shop.base.read_bytes()
    sei = f"h264_metadata=sei_user_data='086f3693-b7b3-4f2c-9653-21492feee5b8+{MARKER}'"
    yield Planted("H.264 user data", shop.remux("mp4", "-bsf:v", sei))
    yield Planted("H.264 user data in MKV", shop.remux("mkv", "-bsf:v", sei))
    yield from disguised("MP4 box free", lambda hidden: plain + box(b"free", hidden))
    yield Planted("MP4 box uuid", plain + box(b"uuid", b"\x01" * 16 + ASCII))
    yield Planted("MP4 box skip", plain + box(b"skip", BASE64))
    yield Planted("MP4 unknown box", plain + box(b"ZQXJ", UTF16BE))
    yield Planted("MP4 second mdat", plain + box(b"mdat", ASCII))
    yield Planted("MP4 after the end", plain + b"\x00" * 7 + ASCII)
    yield Planted("MP4 udta", _inside_moov(plain, box(b"udta", box(b"\xa9nam", b"\x00\x0f\x00\x00" + ASCII))))
    yield Planted("MP4 XMP", _inside_moov(plain, box(b"udta", box(b"XMP_", b"<x>" + ASCII + b"</x>"))))
    yield Planted("MP4 udta of a maker", _inside_moov(plain, box(b"udta", box(b"CAME", ASCII))))
    void = b"\xec" + bytes([0x80 | len(ASCII)]) + ASCII
    yield Planted("MKV void", shop.remux("mkv") + void)
    yield Planted("WebM after the end", shop.webm.read_bytes() + ASCII)


def videos(folder: Path) -> Iterator[Planted]:
    shop = Workshop(folder)
    yield from _tags(shop)
    yield from _tracks(shop)
    yield from _bytes(shop)
