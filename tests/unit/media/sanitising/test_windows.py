"""Windowed frames against the formulas of PS3.3 C.11.2 written out pixel by pixel."""

import math
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pydicom import dcmread

from courses.media.sanitising import windows
from courses.media.sanitising.child import work
from courses.media.sanitising.limits import Limits
from tests.unit.media.sanitising.planted_dicoms import data_set, written

pytestmark = pytest.mark.filterwarnings("ignore")


def slow(value: float, centre: float, width: float, function: str) -> float:
    """C.11.2.1.2.1, C.11.2.1.3.1 and C.11.2.1.3.2, with the output from 0 to 1."""
    if function == "SIGMOID":
        return 1 / (1 + math.exp(-4 * (value - centre) / width))
    if function == "LINEAR_EXACT":
        if value <= centre - width / 2:
            return 0.0
        return 1.0 if value > centre + width / 2 else (value - centre) / width + 0.5
    if value <= centre - 0.5 - (width - 1) / 2:
        return 0.0
    if value > centre - 0.5 + (width - 1) / 2:
        return 1.0
    return (value - (centre - 0.5)) / (width - 1) + 0.5


@given(
    st.lists(st.integers(-2000, 3000), min_size=1, max_size=20),
    st.integers(-1000, 2000),
    st.integers(1, 4000),
    st.sampled_from(["LINEAR", "LINEAR_EXACT", "SIGMOID"]),
)
def test_windows_follow_the_formulas(values: list[int], centre: int, width: int, function: str) -> None:
    fast = windows._windowed(np.array(values, np.float64), centre, width, function)
    for value, shown in zip(values, fast.tolist(), strict=True):
        expected = slow(value, centre, width, function) if abs(value - centre) / width < 15 else float(value > centre)
        assert abs(shown - expected) < 1e-6


@pytest.fixture
def ct(tmp_path: Path) -> Path:
    return cleaned("CT_small.dcm", tmp_path)


def cleaned(name: str, folder: Path) -> Path:
    (folder / "source").write_bytes(written(data_set(name)))
    (out := folder / "out").mkdir()
    work(folder / "source", out, Limits())
    return out / "image.dcm"


def grey(data: bytes) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
    return np.asarray(Image.open(BytesIO(data)).convert("L"), float)


def test_a_ct_is_described_in_hounsfield_units(ct: Path) -> None:
    told = windows.describe(ct)
    assert (told.frames, told.modality, told.rows, told.columns, told.is_colour) == (1, "CT", 128, 128, False)
    assert (told.low, told.high) == (-896.0, 1167.0)
    assert [preset.name for preset in told.presets] == ["default", "soft_tissue", "lung", "bone", "brain"]
    assert (told.centre, told.width) == (told.presets[0].centre, told.presets[0].width)


def test_a_frame_is_shown_at_the_window_that_is_asked_for(ct: Path) -> None:
    original = data_set()
    units = original.pixel_array.astype(float) * float(original.RescaleSlope) + float(original.RescaleIntercept)
    for centre, width in ((40.0, 400.0), (-600.0, 1500.0)):
        shown = grey(windows.render(ct, frame=0, centre=centre, width=width, size=128))
        expected = np.array([[255 * slow(value, centre, width, "LINEAR") for value in row] for row in units])
        assert np.abs(shown - expected).mean() < 6  # what JPEG adds


def test_a_file_and_a_stream_give_the_same(ct: Path) -> None:
    with ct.open("rb") as file:
        stream = BytesIO(file.read())
        file.seek(50)
        assert windows.describe(file) == windows.describe(stream) == windows.describe(ct)
        options = {"frame": 0, "centre": None, "width": None, "size": 100}
        assert windows.render(file, **options) == windows.render(ct, **options)


def test_each_frame_is_its_own(tmp_path: Path) -> None:
    path = cleaned("examples_ybr_color.dcm", tmp_path)
    assert windows.describe(path).is_colour
    frames = dcmread(path).pixel_array
    for number in (0, 17, 29):
        shown = np.asarray(
            Image.open(BytesIO(windows.render(path, frame=number, centre=None, width=None, size=320))), float
        )
        assert np.abs(shown - frames[number].astype(float)).mean() < 8


def test_monochrome1_is_turned_round(tmp_path: Path) -> None:
    data = data_set("MR_small.dcm")
    folders = [tmp_path / name for name in ("MONOCHROME2", "MONOCHROME1")]
    shown = []
    for folder in folders:
        data.PhotometricInterpretation = folder.name
        (folder / "out").mkdir(parents=True)
        (folder / "source").write_bytes(written(data))
        work(folder / "source", folder / "out", Limits())
        shown.append(grey(windows.render(folder / "out" / "image.dcm", frame=0, centre=600, width=1600, size=64)))
    assert np.abs(shown[0] + shown[1] - 255).mean() < 4


def test_pixels_that_are_not_square_become_so(tmp_path: Path) -> None:
    data = data_set()
    data.PixelSpacing = [2.0, 1.0]
    (tmp_path / "source").write_bytes(written(data))
    (tmp_path / "out").mkdir()
    work(tmp_path / "source", tmp_path / "out", Limits())
    shown = windows.render(tmp_path / "out" / "image.dcm", frame=0, centre=None, width=None, size=256)
    assert Image.open(BytesIO(shown)).size == (128, 256)


@pytest.mark.parametrize(
    "wrong", [{"frame": 1}, {"frame": -1}, {"width": 0.0}, {"width": math.nan}, {"size": 0}, {"size": 10**6}]
)
def test_what_cannot_be_shown(wrong: dict[str, float], ct: Path) -> None:
    options = {"frame": 0, "centre": 40.0, "width": 400.0, "size": 100, **wrong}
    with pytest.raises(ValueError, match=r"frame|width"):
        windows.render(ct, **options)


def test_files_that_are_not_ours_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "original").write_bytes(written(data_set()))
    (tmp_path / "photo").write_bytes(b"\xff\xd8\xff" + b"\0" * 200)
    for name in ("original", "photo"):
        with pytest.raises(ValueError, match="not a clean file"):
            windows.describe(tmp_path / name)
