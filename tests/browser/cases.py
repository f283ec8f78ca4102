"""What people do with cases in a browser. Controls are found by their names: the demonstration speaks Spanish."""

import io
import re
from datetime import date, timedelta
from typing import Any, Final

from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

# A phone on a thin link: 256 kbit/s down, 64 kbit/s up, 600 ms there and back.
THIN: Final = {"offline": False, "latency": 600, "downloadThroughput": 32_000, "uploadThroughput": 8_000}
PLACE: Final = "Bosque Escondido"
ANSWERS: Final = {
    "main_question": "¿Cierre primario hoy o reducción gradual?",
    "diagnosis": "Gastrosquisis",
    "exam": "Asas rosadas, sin atresia visible.",
    "treatment": "Silo, líquidos, antibióticos.",
    "plan_without_answer": "Reducir cada día y cerrar al quinto.",
}
CHOICES: Final = {"specialty": "paediatric", "age_band": "0-28d", "sex": "f", "blood": "limited", "icu": "no"}


def thin(page: Page) -> None:
    """From now on everything this page loads crosses a thin link."""
    link = page.context.new_cdp_session(page)
    link.send("Network.enable")
    link.send("Network.emulateNetworkConditions", THIN)


def photo_with_a_place() -> bytes:
    """A phone's photo: camera, time, owner and coordinates in its EXIF, a comment behind."""
    picture = Image.new("RGB", (1200, 900), (214, 180, 160))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((250, 150, 950, 800), fill=(190, 90, 86))
    draw.text((40, 40), "HC 204417", fill=(0, 0, 0), font_size=80)
    exif = Image.Exif()
    exif[0x010F], exif[0x013B] = "Phone", PLACE
    exif.get_ifd(0x8825).update({1: "S", 2: (3.0, 44.0, 56.0), 3: "W", 4: (73.0, 15.0, 12.0)})
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80, exif=exif, comment=PLACE.encode())
    return out.getvalue()


def fill(page: Page, answers: dict[str, str]) -> None:
    """Type into these fields of the form, leaving each."""
    for name, text in answers.items():
        field = page.locator(f'[name="{name}"]')
        field.fill(text)
        field.blur()


def choose(page: Page, choices: dict[str, str]) -> None:
    for name, value in choices.items():
        page.locator(f'select[name="{name}"]').select_option(value)


def press(page: Page, form: str, *, name: str = "button.button-primary") -> None:
    """The button of the form whose action or selector this is."""
    page.locator(f"{form} {name}").first.click()


def consent(page: Page) -> None:
    """The mother's, to advice, pictures and teaching, on the consent's page."""
    page.locator('[name="taken_on"]').fill(date.today().isoformat())
    for name, value in (("language", "es"), ("relation", "mother")):
        control = page.locator(f'select[name="{name}"]')
        if control.count():
            control.select_option(value)
        else:
            page.locator(f'[name="{name}"][value="{value}"]').check()
    for scope in ("case_review", "stills", "teaching_reuse"):
        page.locator(f'[name="scopes"][value="{scope}"]').check()
    page.locator("form.case-form button.button-primary").click()


def path_of(page: Page) -> str:
    """The case's own address, from wherever below it we are."""
    found = re.search(r"/cases/[^/]+/", page.url)
    assert found is not None, page.url
    return found[0]


def days_ago(days: int) -> str:
    return (date.today() - timedelta(days=days)).isoformat()


def say(page: Page, kind: str, text: str) -> None:
    """Write in the discussion: a `clarifying` question, or an `answer` to the one that is open."""
    where = ".thread-open .remark-form" if kind == "answer" else f'.remark-form:has([name="kind"][value="{kind}"])'
    form = page.locator(where).first
    details: Any = form.locator("xpath=ancestor::details[1]")
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    form.locator("textarea").fill(text)
    form.locator("button").click()
    expect(page.locator(".remark").filter(has_text=text)).to_be_visible()
