"""The attributes of a DICOM data set that are kept, and what each may say.

Everything else goes: an attribute that is not here, and one that is here with another value. Words come from the
defined terms of PS3.3 and the context groups of PS3.16; what a person typed is none of them.
"""

import re
from typing import Final

_BODY_PARTS: Final = """
ABDOMEN ABDOMENPELVIS ADRENAL ANKLE AORTA ARM AXILLA BACK BLADDER BODY BRAIN BREAST BRONCHUS BUTTOCK CALCANEUS CALF
CAROTID CEREBELLUM CERVIX CHEEK CHEST CHESTABDOMEN CHESTABDPELVIS CHESTTOPELVIS CLAVICLE COCCYX COLON CORNEA
CORONARYARTERY CSPINE CTSPINE DUODENUM EAR ELBOW ESOPHAGUS EXTREMITY EYE EYELID FACE FEMUR FINGER FOOT GALLBLADDER HAND
HEAD HEADNECK HEART HIP HUMERUS ILEUM ILIUM IAC JAW JEJUNUM KIDNEY KNEE LARYNX LEG LIVER LSPINE LSSPINE LUNG MANDIBLE
MAXILLA MEDIASTINUM MOUTH NECK NECKCHEST NECKCHESTABDOMEN NOSE ORBIT OVARY PANCREAS PAROTID PATELLA PELVIS PENIS
PHANTOM PHARYNX PROSTATE RECTUM RIB SACRUM SCALP SCAPULA SCLERA SCROTUM SHOULDER SIJOINT SINUS SKULL SPINE SPLEEN SSPINE
STERNUM STOMACH SUBMANDIBULAR TESTIS THIGH THUMB THYMUS THYROID TIBIA TIBIAFIBULA TLSPINE TMJ TOE TONGUE TRACHEA TSPINE
UMBILICUS URETER URETHRA UTERUS VAGINA VULVA WHOLEBODY WRIST ZYGOMA FOREARM FIBULA RADIUS ULNA RADIUSULNA
"""
_MODALITIES: Final = """
CR CT DX ES GM IO MG MR NM OAM OCT OP OPM OPT OPTENF OT PT PX RF RG RTDOSE RTIMAGE SC SEG SM TG US XA XC BMD BI DMS
ECG EPS HC IVOCT IVUS KO LS PR SR XRAY
"""

WORDS: Final = {
    "Modality": _MODALITIES,
    "BodyPartExamined": _BODY_PARTS,
    "ImageType": """ORIGINAL DERIVED PRIMARY SECONDARY AXIAL LOCALIZER MPR CORONAL SAGITTAL OBLIQUE MIP REFORMATTED
        PROJECTION TOMO VOLUME RESAMPLED MULTIPLANAR M SE FFE OTHER NONE MIXED DIFFUSION ADC STATIC DYNAMIC GATED""",
    "PatientPosition": "HFP HFS HFDR HFDL FFDR FFDL FFP FFS LFP LFS RFP RFS AFDR AFDL PFDR PFDL",
    "PatientOrientation": "A P R L H F AR AL AH AF PR PL PH PF RA LA HA FA RP LP HP FP RH RF LH LF HR HL FR FL",
    "Laterality": "R L",
    "ImageLaterality": "R L U B",
    "ViewPosition": "AP PA LL RL LLD RLD LLO RLO CC MLO ML LM LMO XCC XCCL XCCM",
    "ScanningSequence": "SE IR GR EP RM",
    "SequenceVariant": "SK MTC SS TRSS SP MP OSP NONE",
    "MRAcquisitionType": "2D 3D",
    "RescaleType": "HU OD US MGML Z_EFF ED EDW HU_MOD PCT",
    "Units": "CNTS BQML PROPCPS NONE GML PROPCNTS CM2 PCNT",
    "VOILUTFunction": "LINEAR LINEAR_EXACT SIGMOID",
    "PresentationLUTShape": "IDENTITY INVERSE",
    "PixelIntensityRelationship": "LIN LOG DISP",
    "LossyImageCompression": "00 01",
    "LossyImageCompressionMethod": "ISO_10918_1 ISO_14495_1 ISO_15444_1 ISO_15444_15 ISO_13818_2 ISO_14496_10",
    "BurnedInAnnotation": "YES NO",
}
ALLOWED: Final = {keyword: frozenset(re.split(r"\s+", words.strip())) for keyword, words in WORDS.items()}

# How many values an attribute may have, and the largest amount of each. Small enough that no record number fits in.
NUMBERS: Final = {
    "PixelSpacing": (2, 1_000.0),
    "ImagerPixelSpacing": (2, 1_000.0),
    "NominalScannedPixelSpacing": (2, 1_000.0),
    "PixelAspectRatio": (2, 10_000.0),
    "SliceThickness": (1, 1_000.0),
    "SpacingBetweenSlices": (1, 1_000.0),
    "SliceLocation": (1, 10_000.0),
    "ImagePositionPatient": (3, 10_000.0),
    "ImageOrientationPatient": (6, 1.0),
    "GantryDetectorTilt": (1, 360.0),
    "ReconstructionDiameter": (1, 10_000.0),
    "InstanceNumber": (1, 99_999.0),
    "FrameTime": (1, 99_999.0),
    "CineRate": (1, 1_000.0),
    "RecommendedDisplayFrameRate": (1, 1_000.0),
    "WindowCenter": (8, 99_999.0),
    "WindowWidth": (8, 99_999.0),
    "RescaleIntercept": (1, 99_999.0),
    "RescaleSlope": (1, 99_999.0),
    "PixelPaddingValue": (1, 65_535.0),
    "KVP": (1, 1_000.0),
    "EchoTime": (1, 99_999.0),
    "RepetitionTime": (1, 99_999.0),
    "InversionTime": (1, 99_999.0),
    "FlipAngle": (1, 360.0),
    "MagneticFieldStrength": (1, 99_999.0),
    "RegionSpatialFormat": (1, 16.0),
    "RegionDataType": (1, 32.0),
    "RegionFlags": (1, 64.0),
    "RegionLocationMinX0": (1, 65_535.0),
    "RegionLocationMinY0": (1, 65_535.0),
    "RegionLocationMaxX1": (1, 65_535.0),
    "RegionLocationMaxY1": (1, 65_535.0),
    "PhysicalUnitsXDirection": (1, 16.0),
    "PhysicalUnitsYDirection": (1, 16.0),
    "PhysicalDeltaX": (1, 1_000.0),
    "PhysicalDeltaY": (1, 1_000.0),
}

UIDS: Final = ("SOPInstanceUID", "StudyInstanceUID", "SeriesInstanceUID", "FrameOfReferenceUID")

_FRAME_GROUPS: Final = {
    "PixelMeasuresSequence": ("PixelSpacing", "SliceThickness", "SpacingBetweenSlices"),
    "PlaneOrientationSequence": ("ImageOrientationPatient",),
    "PlanePositionSequence": ("ImagePositionPatient",),
    "FrameVOILUTSequence": ("WindowCenter", "WindowWidth", "VOILUTFunction"),
    "PixelValueTransformationSequence": ("RescaleIntercept", "RescaleSlope", "RescaleType"),
}
# Sequence: the attributes kept in its items, or the sequences in them.
SEQUENCES: Final[dict[str, dict[str, tuple[str, ...]] | tuple[str, ...]]] = {
    "SharedFunctionalGroupsSequence": _FRAME_GROUPS,
    "PerFrameFunctionalGroupsSequence": _FRAME_GROUPS,
    "SequenceOfUltrasoundRegions": (
        *("RegionSpatialFormat", "RegionDataType", "RegionFlags", "RegionLocationMinX0", "RegionLocationMinY0"),
        *("RegionLocationMaxX1", "RegionLocationMaxY1", "PhysicalUnitsXDirection", "PhysicalUnitsYDirection"),
        *("PhysicalDeltaX", "PhysicalDeltaY"),
    ),
}
TOP: Final = frozenset(NUMBERS) - frozenset(name for name in NUMBERS if name.startswith(("Region", "Physical")))

# Pictures of these kinds usually have the name of the patient drawn into them.
LIKELY_BURNED_IN: Final = frozenset({"US", "SC", "ES", "XC", "OT", "GM", "IVUS"})
