"""Files people send, made here, and the client that sends them part by part."""

import io
import tempfile
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image
from pydicom.data import get_testdata_file

from courses.cases.models import Case, MediaFile, Rendition
from courses.media.sanitising import process
from files import storage

JSON = "application/json"
MARKER = b"MARIA-QUISPE-MAMANI-DNI-45678912"


def photo(side: int = 96, *, marker: bytes = MARKER) -> bytes:
    """A JPEG of noise that carries the marker in its EXIF, in a comment and behind its end."""
    picture = Image.effect_noise((side, side), 80).convert("RGB")
    exif = picture.getexif()
    exif[0x010E] = marker.decode()
    exif.get_ifd(0x8825)[1] = "S"
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=90, exif=exif, comment=marker)
    return kept.getvalue() + marker


def signed_in(person: Any) -> Client:
    client = Client(headers={"accept": JSON})
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


class Sender:
    """A browser that sends one file to one case, as docs/uploads.md says."""

    def __init__(self, client: Client, case: Case, body: bytes, key: str = "", **asked: Any) -> None:
        self.client, self.case, self.body, self.key, self.asked = client, case, body, key or str(uuid4()), asked
        self.upload = ""
        self.part_bytes = 0

    def begin(self, **changes: Any) -> Any:
        told = {"key": self.key, "size": len(self.body)} | self.asked | changes
        answer = self.client.post(f"/cases/{self.case.public_id}/uploads/", told, JSON)
        if answer.status_code == 200:
            self.upload, self.part_bytes = answer.json()["upload"], answer.json()["part_bytes"]
        return answer

    def show(self) -> Any:
        return self.client.get(f"/uploads/{self.upload}/")

    def part(self, number: int) -> bytes:
        return self.body[(number - 1) * self.part_bytes : number * self.part_bytes]

    def put(self, number: int, body: bytes | None = None, digest: str | None = None) -> Any:
        sent = self.part(number) if body is None else body
        told = sha256(sent).hexdigest() if digest is None else digest
        address = f"/uploads/{self.upload}/parts/{number}/"
        return self.client.put(address, sent, "application/octet-stream", headers={"x-part-digest": told})

    def post(self, verb: str, told: Any = None) -> Any:
        return self.client.post(f"/uploads/{self.upload}/{verb}/", told or {}, JSON)

    def send(self) -> Any:
        """Everything that is missing, then complete."""
        for number in range(1, self.begin().json()["parts"] + 1):
            if number not in self.show().json()["have"]:
                assert self.put(number).status_code == 200
        return self.post("complete")


def stored(medium: MediaFile, files: dict[str, bytes], kinds: dict[str, str] | None = None) -> MediaFile:
    """Gives a medium renditions with these bytes in the storage."""
    for name, body in files.items():
        key = f"cases/{medium.folder}/0123456789abcdef/{name}"
        storage.save(key, ContentFile(body))
        kind = (kinds or {}).get(name) or ("video/mp4" if name.endswith(".mp4") else "image/jpeg")
        Rendition.objects.create(
            medium=medium, name=name, storage_key=key, media_type=kind, size=len(body), width=8, height=8
        )
    return medium


@cache
def scan() -> bytes:
    """A clean scan."""
    with tempfile.TemporaryDirectory() as folder:
        process.clean(Path(str(get_testdata_file("CT_small.dcm"))), Path(folder))
        return (Path(folder) / "image.dcm").read_bytes()
