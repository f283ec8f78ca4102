"""DICOM files with the marker in every representation, at every depth, and around the data set."""

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from pydicom import Dataset, dcmread
from pydicom.data import get_testdata_file
from pydicom.encaps import encapsulate, generate_frames
from pydicom.sequence import Sequence
from pydicom.uid import DeflatedExplicitVRLittleEndian, ExplicitVRLittleEndian, RLELossless

from tests.unit.media.sanitising.planted import ASCII, BASE64, DISGUISES, HEX, MARKER, UTF16BE, Planted
from tests.unit.media.sanitising.planted_photos import segment

_TEXT_VRS = ("AE", "CS", "LO", "LT", "PN", "SH", "ST", "UC", "UR", "UT")
_BYTE_VRS = ("OB", "OW", "UN", "OD", "OF", "OL")
_NAMED = (
    *("PatientName", "PatientID", "PatientComments", "PatientAddress", "OtherPatientIDs", "AccessionNumber"),
    *("InstitutionName", "InstitutionAddress", "StationName", "ReferringPhysicianName", "OperatorsName"),
    *("StudyDescription", "SeriesDescription", "ProtocolName", "ImageComments", "AdditionalPatientHistory"),
    *("ManufacturerModelName", "DeviceSerialNumber", "ContrastBolusAgent", "RequestedProcedureDescription"),
    *("WindowCenterWidthExplanation", "DerivationDescription", "AcquisitionDeviceProcessingDescription"),
    *("SoftwareVersions", "PerformedProcedureStepDescription", "FilterType", "ConvolutionKernel", "StudyID"),
)
# These are kept when they say a defined term, so the marker in them is the harder case.
_KEPT_WORDS = ("BodyPartExamined", "ImageType", "PatientOrientation", "ViewPosition", "Laterality", "RescaleType")
_KEPT_NUMBERS = ("PixelSpacing", "WindowCenter", "SliceLocation", "EchoTime", "InstanceNumber", "KVP")


@cache
def sample(name: str) -> bytes:
    """The bytes of one of the files that come with pydicom."""
    path = get_testdata_file(name, download=False)
    assert isinstance(path, str)
    return Path(path).read_bytes()


def data_set(name: str = "CT_small.dcm") -> Dataset:
    """One of the files that come with pydicom."""
    return dcmread(BytesIO(sample(name)))


def written(data: Dataset) -> bytes:
    buffer = BytesIO()
    data.save_as(buffer, enforce_file_format=True)
    return buffer.getvalue()


def _set(tag: int | str, vr: str, value: Any, name: str = "CT_small.dcm") -> bytes:
    data = data_set(name)
    data.add_new(tag, vr, value)
    return written(data)


def raw_element(group: int, element: int, vr: bytes, value: bytes) -> bytes:
    """An explicit little endian element, whatever its value."""
    value += b" " * (len(value) % 2)
    head = group.to_bytes(2, "little") + element.to_bytes(2, "little") + vr
    if vr in (b"OB", b"OW", b"UN", b"UT", b"SQ", b"UC", b"UR"):
        return head + b"\x00\x00" + len(value).to_bytes(4, "little") + value
    return head + len(value).to_bytes(2, "little") + value


def _with_raw(keyword_tag: tuple[int, int], vr: bytes, value: bytes) -> bytes:
    """A file whose element says something pydicom would not write: the original is cut out and this put in."""
    data = data_set()
    data.pop(keyword_tag, None)
    later = min(tag for tag in data.keys() if (tag.group, tag.element) > keyword_tag)  # noqa: SIM118
    head = written(data)
    needle = later.group.to_bytes(2, "little") + later.element.to_bytes(2, "little") + data[later].VR.encode()
    at = head.index(needle, 132)
    return head[:at] + raw_element(*keyword_tag, vr, value) + head[at:]


def _words() -> Iterator[Planted]:
    for vr in _TEXT_VRS:
        tag = 0x00104000 if vr in ("LT", "UT", "UC") else 0x00081010
        yield Planted(f"DICOM {vr}", _set(tag, vr, MARKER))
        yield Planted(f"DICOM private {vr}", _private(vr, MARKER))
    for vr in _BYTE_VRS:
        value = ASCII + b"\x00" * (-len(ASCII) % 8)
        yield Planted(f"DICOM {vr}", _set(0x00420011, vr, value))
        yield Planted(f"DICOM private {vr}", _private(vr, value))
    for keyword in _NAMED:
        data = data_set()
        setattr(data, keyword, MARKER)
        yield Planted(f"DICOM {keyword}", written(data))
    for name, hidden in DISGUISES.items():
        yield Planted(f"DICOM comment as {name}", _set(0x00104000, "UN", hidden + b" " * (len(hidden) % 2)))
    for keyword in _KEPT_WORDS:
        data = data_set()
        setattr(data, keyword, ["ORIGINAL", MARKER] if keyword == "ImageType" else MARKER)
        yield Planted(f"DICOM {keyword}", written(data))
    for keyword in _KEPT_NUMBERS:
        tag = Dataset()
        setattr(tag, keyword, 1)
        element = next(iter(tag))
        place = (element.tag.group, element.tag.element)
        yield Planted(f"DICOM {keyword} as text", _with_raw(place, element.VR.encode(), ASCII))
    yield Planted("DICOM two charsets", _with_raw((0x0010, 0x0010), b"PN", b"\x1b$B" + ASCII))


def _private(vr: str, value: Any) -> bytes:
    data = data_set()
    block = data.private_block(0x0041, "MAKER", create=True)
    block.add_new(0x01, vr, value)
    return written(data)


def _nested() -> Iterator[Planted]:
    for depth in (1, 2, 5):
        data = data_set()
        inner = Dataset()
        inner.PatientName, inner.TextValue = MARKER, MARKER
        for _ in range(depth):
            outer = Dataset()
            outer.ReferencedStudySequence = Sequence([inner])
            inner = outer
        data.update(inner)
        yield Planted(f"DICOM sequence of depth {depth}", written(data))
    data, group = data_set(), Dataset()
    measures = Dataset()
    measures.PixelSpacing, measures.PatientComments = [1, 1], MARKER
    measures.private_block(0x0051, MARKER, create=True).add_new(1, "LT", MARKER)
    group.PixelMeasuresSequence = Sequence([measures])
    group.FrameContentSequence = Sequence([_item(FrameComments=MARKER)])
    data.SharedFunctionalGroupsSequence = data.PerFrameFunctionalGroupsSequence = Sequence([group])
    yield Planted("DICOM functional groups", written(data))
    data = data_set()
    data.SequenceOfUltrasoundRegions = Sequence([_item(RegionFlags=1, PatientComments=MARKER)])
    yield Planted("DICOM region of an ultrasound", written(data))
    data = data_set()
    data.IconImageSequence = Sequence([_item(Rows=1, Columns=16, PixelData=ASCII.ljust(16, b"\x00"))])
    data.IconImageSequence[0]["PixelData"].VR = "OB"
    yield Planted("DICOM icon", written(data))
    yield Planted("DICOM private sequence", _private("SQ", Sequence([_item(PatientComments=MARKER)])))
    yield Planted("DICOM name of a private block", _named_block())
    code = _item(CodeValue="1", CodingSchemeDesignator="X", CodeMeaning=MARKER)
    yield Planted("DICOM code", _set("ProcedureCodeSequence", "SQ", Sequence([code])))


def _named_block() -> bytes:
    data = data_set()
    data.private_block(0x0043, MARKER, create=True).add_new(1, "SH", "x")
    return written(data)


def _item(**values: Any) -> Dataset:
    item = Dataset()
    for keyword, value in values.items():
        setattr(item, keyword, value)
    return item


def _table(explanation: str) -> Dataset:
    table = np.frombuffer((ASCII + b"\x00").ljust(512, b"\xff"), "<u2").tolist()
    return _item(LUTDescriptor=[256, 0, 16], LUTExplanation=explanation, LUTData=table)


def _lookups() -> Iterator[Planted]:
    for keyword in ("VOILUTSequence", "ModalityLUTSequence"):
        data = data_set()
        for gone in ("WindowCenter", "WindowWidth", "RescaleSlope", "RescaleIntercept"):
            data.pop(gone, None)
        data.add_new(keyword, "SQ", Sequence([_table(MARKER)]))
        data[keyword].value[0]["LUTData"].VR = data[keyword].value[0]["LUTDescriptor"].VR = "US"
        yield Planted(f"DICOM {keyword}", written(data))
    data = data_set("examples_palette.dcm")
    red = bytes(data.RedPaletteColorLookupTableData)
    data.RedPaletteColorLookupTableData = red[: -len(ASCII) - 1] + ASCII + b"\x00"
    yield Planted("DICOM palette", written(data))


def _around() -> Iterator[Planted]:
    plain = written(data_set())
    yield Planted("DICOM preamble", ASCII.ljust(128, b"\x00") + plain[128:])
    yield Planted("DICOM padding", plain + raw_element(0xFFFC, 0xFFFC, b"OB", ASCII))
    for place, hidden in (("ascii", ASCII), ("base64", BASE64), ("hex", HEX), ("utf16be", UTF16BE)):
        tail = raw_element(0x7FE1, 0x0010, b"LO", b"MAKER") + raw_element(0x7FE1, 0x1001, b"UN", hidden)
        yield Planted(f"DICOM after the pixels as {place}", plain + tail)
    for keyword in ("SourceApplicationEntityTitle", "SendingApplicationEntityTitle", "ImplementationVersionName"):
        data = data_set()
        setattr(data.file_meta, keyword, MARKER)
        yield Planted(f"DICOM head {keyword}", written(data))
    data = data_set()
    data.file_meta.PrivateInformationCreatorUID = "1.2.3"
    data.file_meta.PrivateInformation = ASCII + b"\x00"
    yield Planted("DICOM private head", written(data))
    data = data_set()
    data.PatientComments = MARKER
    data.file_meta.TransferSyntaxUID = DeflatedExplicitVRLittleEndian
    yield Planted("DICOM deflated", ASCII.ljust(128, b"\x00") + written(data)[128:])


def _in_pixels() -> Iterator[Planted]:
    data = data_set()
    data.PixelData += ASCII + b"\x00"
    yield Planted("DICOM pixels beyond the last", written(data))
    data = data_set("MR_small.dcm")
    for group in (0x6000, 0x6002, 0x601E):
        data.add_new((group, 0x3000), "OW", ASCII.ljust(512, b"\x00"))
        data.add_new((group, 0x0022), "LO", MARKER)
        data.add_new((group, 0x1500), "LO", MARKER)
    data.add_new((0x5000, 0x3000), "OW", ASCII + b"\x00")
    yield Planted("DICOM overlays and curves", written(data))
    yield Planted("DICOM bits above the picture", _above_the_picture())
    for name in ("SC_rgb_jpeg_dcmtk.dcm", "JPGExtended.dcm", "SC_rgb_jpeg_gdcm.dcm"):
        yield Planted(f"DICOM comment inside {name}", _with_fragment(name, lambda f: f[:2] + _COMMENT + f[2:]))
        yield Planted(f"DICOM behind the stream in {name}", _with_fragment(name, lambda f: f + ASCII + b"\x00"))
    for name in ("MR_small_jp2klossless.dcm", "MR_small_jpeg_ls_lossless.dcm", "MR_small_RLE.dcm"):
        yield Planted(f"DICOM behind the stream in {name}", _with_fragment(name, lambda f: f + ASCII + b"\x00"))
    data = data_set("MR_small.dcm")
    data.compress(RLELossless, generate_instance_uid=False)
    frame = bytearray(next(generate_frames(data.PixelData, number_of_frames=1)))
    frame[16 : 16 + len(ASCII)] = ASCII  # offsets of segments that are not there
    data.PixelData = encapsulate([bytes(frame)])
    yield Planted("DICOM RLE head", written(data))


_COMMENT = segment(0xFE, ASCII + b"\x00")


def _with_fragment(name: str, change: Any) -> bytes:
    data = data_set(name)
    frames = list(generate_frames(data.PixelData, number_of_frames=int(data.get("NumberOfFrames") or 1)))
    data.PixelData = encapsulate([change(frame) for frame in frames])
    return written(data)


def _above_the_picture() -> bytes:
    """Eight bits of picture in sixteen: the upper byte of every pixel is free for anything."""
    data = data_set("MR_small.dcm")
    data.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    data.BitsStored, data.HighBit, data.PixelRepresentation = 8, 7, 0
    pixels = np.zeros(64 * 64, "<u2")
    text = np.frombuffer(MARKER.encode("utf-16-be"), "<u2")  # the letters stand in the upper bytes
    pixels[: len(text)] = text
    data.PixelData = pixels.tobytes()
    for keyword in ("SmallestImagePixelValue", "LargestImagePixelValue", "PixelPaddingValue"):
        data.pop(keyword, None)
    return written(data)


def dicoms() -> Iterator[Planted]:
    yield from _words()
    yield from _nested()
    yield from _lookups()
    yield from _around()
    yield from _in_pixels()
