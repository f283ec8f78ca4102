"""A real S3 server over HTTP, which a test may stop and start again."""

import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.test import override_settings
from moto.server import ThreadedMotoServer

from files import storage as objects

BUCKET = "anfiteatro"


class S3:
    """Stopped, it refuses connections and forgets nothing."""

    def __init__(self) -> None:
        self.port = 0
        self._server: Any = None
        self.start()

    def start(self) -> None:
        self._server = ThreadedMotoServer(ip_address="127.0.0.1", port=self.port, verbose=False)
        self._server.start()
        _, self.port = self._server.get_host_and_port()

    def stop(self) -> None:
        if self._server is not None:
            self._server.stop()
            self._server = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def stored(self) -> list[str]:
        found = objects.client().list_objects_v2(Bucket=BUCKET)
        return [each["Key"] for each in found.get("Contents", ())]

    def unfinished(self) -> int:
        """Multipart uploads nobody finished or ended."""
        return len(objects.client().list_multipart_uploads(Bucket=BUCKET).get("Uploads", ()))


@contextmanager
def s3_server() -> Iterator[S3]:
    """The default storage is on it, its bucket prepared, and no bucket of another test on it."""
    server = S3()
    options = {
        "bucket_name": BUCKET,
        "endpoint_url": server.url,
        "region_name": "us-east-1",
        "access_key": "test",
        "secret_key": "test",
        "client_config": settings.S3_CLIENT_CONFIG,
    }
    storage = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
    try:
        with override_settings(S3_BUCKET=BUCKET, STORAGES=settings.STORAGES | {"default": storage}):
            _reset(server)
            call_command("prepare_storage", verbosity=0)
            yield server
    finally:
        server.stop()


def _reset(server: S3) -> None:
    """moto keeps its buckets in the process."""
    urllib.request.urlopen(urllib.request.Request(f"{server.url}/moto-api/reset", method="POST")).close()
