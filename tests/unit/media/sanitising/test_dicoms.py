"""DICOM files: the same pixels in a fresh file with what is needed to read them, and a report that names no value."""

import re
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pydicom import Dataset, dcmread
from pydicom.pixels.utils import pixel_array
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRLittleEndian

from courses.media.sanitising import windows
from courses.media.sanitising.child import work
from courses.media.sanitising.dicom_terms import ALLOWED, NUMBERS, SEQUENCES, UIDS
from courses.media.sanitising.limits import Limits
from courses.media.sanitising.results import Clean, Refused
from tests.unit.media.sanitising.planted_dicoms import data_set, sample, written

pytestmark = pytest.mark.filterwarnings("ignore")  # what pydicom thinks of its own test files
SAMPLES = {
    "CT_small.dcm": (1, 128, 128),
    "MR_small.dcm": (1, 64, 64),
    "MR_small_bigendian.dcm": (1, 64, 64),
    "MR_small_implicit.dcm": (1, 64, 64),
    "MR_small_RLE.dcm": (1, 64, 64),
    "MR_small_jp2klossless.dcm": (1, 64, 64),
    "MR_small_jpeg_ls_lossless.dcm": (1, 64, 64),
    "JPGExtended.dcm": (1, 1024, 256),
    "SC_rgb_jpeg_gdcm.dcm": (1, 100, 100),
    "SC_rgb_jpeg_dcmtk.dcm": (1, 100, 100),
    "SC_rgb_small_odd.dcm": (1, 3, 3),
    "SC_rgb_rle_16bit_2frame.dcm": (2, 100, 100),
    "examples_ybr_color.dcm": (30, 240, 320),
    "examples_palette.dcm": (1, 350, 800),
    "examples_overlay.dcm": (1, 300, 484),
    "image_dfl.dcm": (1, 512, 512),
    "liver_1frame.dcm": (1, 512, 512),
    "rtdose.dcm": (15, 10, 10),
}
PICTURELESS = ["rtplan.dcm", "rtstruct.dcm", "test-SR.dcm", "waveform_ecg.dcm", "reportsi.dcm"]
ADDED = {
    *("PatientIdentityRemoved", "DeidentificationMethod", "DeidentificationMethodCodeSequence", "SOPClassUID"),
    *("SamplesPerPixel", "PlanarConfiguration", "PhotometricInterpretation", "Rows", "Columns", "NumberOfFrames"),
    *("BitsAllocated", "BitsStored", "HighBit", "PixelRepresentation", "PixelData"),
    *("SmallestImagePixelValue", "LargestImagePixelValue"),
}
EMPTY = {
    *("PatientName", "PatientID", "PatientBirthDate", "PatientSex", "StudyDate", "StudyTime", "AccessionNumber"),
    *("ReferringPhysicianName", "StudyID", "SeriesNumber"),
}


def cleaned(data: Dataset | bytes, folder: Path, limits: Limits | None = None) -> tuple[Clean, Dataset]:
    (source := folder / "source").write_bytes(data if isinstance(data, bytes) else written(data))
    (out := folder / "out").mkdir(exist_ok=True)
    done = work(source, out, limits or Limits())
    return done, dcmread(out / "image.dcm")


@pytest.mark.parametrize("name", SAMPLES)
def test_every_compression_becomes_plain_pixels(name: str, tmp_path: Path) -> None:
    done, clean = cleaned(data_set(name), tmp_path)
    assert (done.frames, done.height, done.width) == SAMPLES[name]
    assert [file.name for file in done.files] == ["image.dcm", "large.jpg", "small.jpg", "thumb.jpg"]
    assert clean.file_meta.TransferSyntaxUID == ExplicitVRLittleEndian
    assert {element.keyword for element in clean} <= {*ALLOWED, *NUMBERS, *SEQUENCES, *UIDS, *ADDED, *EMPTY}
    assert all(not clean.get(keyword) for keyword in EMPTY)
    shown = windows.render(tmp_path / "out" / "image.dcm", frame=done.frames - 1, centre=None, width=None, size=300)
    assert Image.open(BytesIO(shown)).size[0] > 0


@pytest.mark.parametrize("name", ["CT_small.dcm", "MR_small_RLE.dcm", "MR_small_bigendian.dcm", "examples_overlay.dcm"])
def test_grey_pixels_stay_as_they_are(name: str, tmp_path: Path) -> None:
    original = data_set(name)
    _, clean = cleaned(original, tmp_path)
    assert np.array_equal(pixel_array(clean), pixel_array(original))
    for keyword in ("RescaleSlope", "RescaleIntercept", "PixelSpacing", "ImagePositionPatient", "SliceThickness"):
        assert _floats(clean, keyword) == pytest.approx(_floats(original, keyword), rel=1e-6), keyword
    assert clean.Modality == original.Modality


def _floats(data: Dataset, keyword: str) -> list[float]:
    value = data.get(keyword)
    return [] if value is None else [float(number) for number in (value if data[keyword].VM > 1 else [value])]


def test_palettes_become_colours(tmp_path: Path) -> None:
    _, clean = cleaned(data_set("examples_palette.dcm"), tmp_path)
    assert (clean.PhotometricInterpretation, clean.SamplesPerPixel, clean.BitsStored) == ("RGB", 3, 8)
    assert "RedPaletteColorLookupTableData" not in clean


def test_the_file_says_what_was_done_to_it(tmp_path: Path) -> None:
    _, clean = cleaned(data_set(), tmp_path)
    assert clean.PatientIdentityRemoved == "YES"
    assert [item.CodeValue for item in clean.DeidentificationMethodCodeSequence] == ["113100"]
    assert clean.preamble == b"\0" * 128
    assert clean.file_meta.MediaStorageSOPInstanceUID == clean.SOPInstanceUID
    raw = (tmp_path / "out" / "image.dcm").read_bytes()
    assert raw.endswith(clean.PixelData)  # no byte after the data set


def test_identifiers_are_new_and_no_two_files_share_them(tmp_path: Path) -> None:
    original = data_set()
    _, first = cleaned(original, tmp_path)
    _, second = cleaned(original, tmp_path)
    for keyword in UIDS:
        assert len({original.get(keyword), first.get(keyword), second.get(keyword)}) == 3


def test_the_report_names_attributes_and_no_values(tmp_path: Path) -> None:
    done, _ = cleaned(data_set(), tmp_path)
    assert "(0010,0010) PatientName" in done.removed
    assert any(line.endswith(" private") for line in done.removed)
    assert all(re.fullmatch(r"\([0-9a-f]{4},[0-9a-f]{4}\) \w+", line) for line in done.removed)
    assert not any("PixelSpacing" in line for line in done.removed)


@pytest.mark.parametrize("name", PICTURELESS)
def test_what_holds_no_picture_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"media\.no_picture"):
        cleaned(sample(name), tmp_path)


@pytest.mark.parametrize(
    ("modality", "said", "hint"),
    [("CT", None, "unknown"), ("CT", "NO", "no"), ("CT", "YES", "yes"), ("US", None, "yes"), ("US", "NO", "unknown")],
)
def test_how_likely_words_are_in_the_picture(modality: str, said: str | None, hint: str, tmp_path: Path) -> None:
    original = data_set()
    original.Modality = modality
    if said:
        original.BurnedInAnnotation = said
    done, clean = cleaned(original, tmp_path)
    assert (done.burned_in, clean.get("BurnedInAnnotation")) == (hint, said)
    assert done.needs_look


def test_a_record_number_is_no_geometry(tmp_path: Path) -> None:
    original = data_set()
    original.KVP, original.SliceLocation, original.InstanceNumber = "45678901", "4567890", 45678901
    done, clean = cleaned(original, tmp_path)
    assert {"KVP", "SliceLocation", "InstanceNumber"}.isdisjoint(element.keyword for element in clean)
    assert "(0018,0060) KVP" in done.removed


def test_functional_groups_keep_their_numbers_alone(tmp_path: Path) -> None:
    original, item, group = data_set("SC_rgb_rle_16bit_2frame.dcm"), Dataset(), Dataset()
    item.PixelSpacing, item.FrameComments = [0.5, 0.5], "Ana"
    group.PixelMeasuresSequence = Sequence([item])
    original.PerFrameFunctionalGroupsSequence = Sequence([group, group, group])
    _, clean = cleaned(original, tmp_path)
    kept = clean.PerFrameFunctionalGroupsSequence
    assert len(kept) == 2
    assert [element.keyword for element in kept[0].PixelMeasuresSequence[0]] == ["PixelSpacing"]


def test_a_lookup_table_becomes_the_closest_window(tmp_path: Path) -> None:
    original, table = data_set("MR_small.dcm"), Dataset()
    del original.WindowCenter, original.WindowWidth
    table.LUTDescriptor = [1000, 200, 16]
    table.LUTData = [min(60_000, max(0, (at - 300) * 150)) for at in range(1000)]  # rises from 500 to 900
    table["LUTDescriptor"].VR = table["LUTData"].VR = "US"
    original.VOILUTSequence = Sequence([table])
    _, clean = cleaned(original, tmp_path)
    assert "VOILUTSequence" not in clean
    assert abs(float(clean.WindowCenter) - 700) < 5
    assert 370 < float(clean.WindowWidth) < 401


def _edited(**values: object) -> Dataset:
    original = data_set()
    for keyword, value in values.items():
        setattr(original, keyword, value)
    return original


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"Rows": 60_000, "Columns": 60_000}, "media.too_many_pixels"),
        ({"NumberOfFrames": 5_000}, "media.too_many_pages"),
        ({"Rows": 8_000, "Columns": 8_000, "NumberOfFrames": 1_000}, "media.too_large"),
        ({"Rows": 0}, "media.broken"),
        ({"SamplesPerPixel": 2}, "media.broken"),
        ({"BitsAllocated": 24}, "media.broken"),
        ({"Rows": 200}, "media.broken"),  # more rows than there are pixels
        ({"PhotometricInterpretation": "HSV"}, "media.broken"),
    ],
)
def test_absurd_sizes_are_refused_before_decoding(values: dict[str, object], code: str, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        cleaned(_edited(**values), tmp_path)
    assert refused.value.code == code


def test_video_inside_is_told_as_such(tmp_path: Path) -> None:
    original = data_set("SC_rgb_jpeg_dcmtk.dcm")
    original.file_meta.TransferSyntaxUID = "1.2.840.10008.1.2.4.102"
    with pytest.raises(Refused, match=r"media\.undecodable"):
        cleaned(original, tmp_path)


@pytest.mark.parametrize("kept", [140, 1_000, 10_000, 39_000])
def test_a_cut_off_file_is_refused(kept: int, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"media\.(broken|no_picture)"):
        cleaned(written(data_set())[:kept], tmp_path)
