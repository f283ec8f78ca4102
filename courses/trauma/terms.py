"""The words of the trauma registry: what its fields, columns and codes are called."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from shared.texts import Text

FIELDS: Final[Mapping[str, Text]] = {
    "facility": _("Hospital"),
    "arrival": _("Arrival"),
    "injury": _("Injury"),
    "age": _("Age"),
    "sex": _("Sex"),
    "district": _("Where the patient lives"),
    "occupation": _("Occupation"),
    "transport": _("Way to the hospital"),
    "referred_from": _("Sent by"),
    "mechanism": _("Mechanism"),
    "intent": _("Intent"),
    "alcohol": _("Alcohol"),
    "road": _("On the road"),
    "regions": _("Injured regions"),
    "sbp": _("Systolic pressure"),
    "rr": _("Breaths"),
    "spo2": _("Oxygen saturation"),
    "consciousness": _("Consciousness"),
    "serious_injuries": _("Serious injuries"),
    "imaging": _("Imaging"),
    "transfusion": _("Transfusion"),
    "procedure": _("Main procedure"),
    "icu": _("Intensive care"),
    "disposition": _("From the emergency room to"),
    "stay": _("Days in hospital"),
    "status": _("How it went"),
}

COLUMNS: Final[Mapping[str, Text]] = {
    "facility": _("Hospital"),
    "arrival_year": _("Year of arrival"),
    "arrival_hour": _("Hour of arrival"),
    "injury_days_before": _("Day of the injury"),
    "injury_hour": _("Hour of the injury"),
    "age": _("Age"),
    "age_unit": _("Age in"),
    "sex": _("Sex"),
    "district": _("Where the patient lives"),
    "occupation": _("Occupation"),
    "transport": _("Way to the hospital"),
    "hours_to_hospital": _("Hours from the injury to the hospital"),
    "referred_from": _("Sent by"),
    "mechanism": _("Mechanism"),
    "intent": _("Intent"),
    "alcohol": _("Alcohol"),
    "road_user": _("On the road as"),
    "protection": _("Protection"),
    "region_head": _("Head"),
    "region_face": _("Face"),
    "region_neck": _("Neck"),
    "region_thorax": _("Chest"),
    "region_abdomen": _("Abdomen"),
    "region_spine": _("Spine"),
    "region_arms": _("Arms"),
    "region_legs": _("Legs and pelvis"),
    "region_skin": _("Skin and other"),
    "sbp": _("Systolic pressure (mmHg)"),
    "rr": _("Breaths a minute"),
    "spo2": _("Oxygen saturation (%)"),
    "avpu": _("Responds"),
    "gcs": _("Glasgow coma scale"),
    "serious_injuries": _("Serious injuries"),
    "imaging": _("Imaging"),
    "transfusion": _("Transfusion"),
    "procedure": _("Main procedure"),
    "icu": _("Intensive care"),
    "disposition": _("From the emergency room to"),
    "stay_days": _("Days in hospital"),
    "status_discharge": _("When leaving the hospital"),
    "status_30d": _("After 30 days"),
}

NOT_KNOWN: Final = _("Not known")
_SEVERITY: Final = {
    "0": _("Not injured"),
    "1": _("1 minor"),
    "2": _("2 moderate"),
    "3": _("3 serious"),
    "4": _("4 severe"),
    "5": _("5 critical"),
    "6": _("6 not survivable"),
}
_STATUS: Final = {"1": _("Well"), "2": _("Alive, with a disability"), "3": _("Died")}
REGION: Final = "region_"

CODES: Final[Mapping[str, Mapping[str, Text]]] = {
    "injury_days_before": {
        "0": _("The same day"),
        "1": _("The day before"),
        "2": _("Two days before"),
        "3": _("Three days or more"),
    },
    "age_unit": {"y": _("years"), "m": _("months"), "d": _("days")},
    "sex": {"1": _("Female"), "2": _("Male")},
    "district": {
        "1": _("In the hospital's district"),
        "2": _("In the same province"),
        "3": _("In the same region"),
        "4": _("In another region"),
        "5": _("In another country"),
    },
    "occupation": {
        "1": _("Field, river or forest"),
        "2": _("Trade and services"),
        "3": _("Driver"),
        "4": _("Building, mining, industry"),
        "5": _("Pupil or student"),
        "6": _("At home"),
        "7": _("Without work or retired"),
        "8": _("Police or army"),
        "9": _("Another"),
    },
    "transport": {
        "1": _("Ambulance"),
        "2": _("Boat"),
        "3": _("Aircraft"),
        "4": _("Car, taxi or mototaxi"),
        "5": _("On foot or carried"),
        "6": _("Police or fire brigade"),
        "7": _("Another way"),
    },
    "referred_from": {
        "1": _("Nobody, came directly"),
        "2": _("Health post"),
        "3": _("Health centre"),
        "4": _("Another hospital"),
    },
    "mechanism": {
        "1": _("Car or truck"),
        "2": _("Motorcycle or mototaxi"),
        "3": _("Bicycle"),
        "4": _("Pedestrian"),
        "5": _("Other traffic, boats too"),
        "6": _("Firearm"),
        "7": _("Stab or cut"),
        "8": _("Struck by a blunt object"),
        "9": _("Low fall"),
        "10": _("High fall"),
        "11": _("Another mechanism"),
    },
    "intent": {"1": _("Accident"), "2": _("Self-inflicted"), "3": _("Assault"), "4": _("Other intent")},
    "alcohol": {"1": _("Yes"), "2": _("No")},
    "road_user": {"1": _("Driver"), "2": _("Passenger"), "3": _("Pedestrian"), "4": _("Not on the road")},
    "protection": {
        "1": _("Helmet"),
        "2": _("Belt or child seat"),
        "3": _("None"),
        "4": _("Does not apply"),
    },
    "avpu": {"A": _("Alert"), "V": _("To voice"), "P": _("To pain"), "U": _("Not at all")},
    "serious_injuries": {"0": _("None"), "1": _("One"), "2": _("Two or more")},
    "imaging": {
        "1": _("None"),
        "2": _("X-ray"),
        "3": _("Ultrasound"),
        "4": _("CT or MRI"),
        "5": _("More than one kind"),
    },
    "transfusion": {"1": _("Yes"), "2": _("No")},
    "procedure": {
        "1": _("None"),
        "2": _("Wound closed or cleaned"),
        "3": _("Fracture set or fixed"),
        "4": _("Airway or chest drain"),
        "5": _("Abdomen, chest or skull opened"),
        "6": _("Another operation"),
    },
    "icu": {"1": _("Yes"), "2": _("Not needed"), "3": _("Needed, no bed")},
    "disposition": {
        "1": _("Home"),
        "2": _("Ward"),
        "3": _("Intensive care"),
        "4": _("Operating room"),
        "5": _("A larger hospital"),
        "6": _("Died there"),
    },
    "status_discharge": _STATUS,
    "status_30d": _STATUS,
}


def codes_of(column: str) -> Mapping[str, Text]:
    """The words of a column's codes; none for numbers."""
    return _SEVERITY if column.startswith(REGION) else CODES.get(column, {})
