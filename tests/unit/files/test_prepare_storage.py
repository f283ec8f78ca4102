"""The bucket is made once, on a real S3 server."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.management import call_command
from moto.server import ThreadedMotoServer


@pytest.fixture
def s3(settings: Any) -> Iterator[None]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    settings.S3_BUCKET = "anfiteatro"
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": "anfiteatro",
                "endpoint_url": f"http://127.0.0.1:{port}",
                "region_name": "us-east-1",
                "access_key": "test",
                "secret_key": "test",
            },
        }
    }
    yield
    server.stop()


def test_the_bucket_is_made_and_takes_a_file(s3: None) -> None:
    call_command("prepare_storage", verbosity=0)
    call_command("prepare_storage", verbosity=0)
    name = default_storage.save("case/note.txt", ContentFile(b"hola"))
    with storages["default"].open(name) as file:
        assert file.read() == b"hola"


def test_local_files_need_nothing(settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    settings.S3_BUCKET = ""
    call_command("prepare_storage")
    assert "nothing to prepare" in capsys.readouterr().out
