"""A hard case, from a phone on a thin link to a mentor abroad, and back into the trainee's logbook."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import cases
from tests.browser.people import NO_NETWORK, PHONE, Cast
from tests.browser.serving import Site

pytestmark = pytest.mark.browser


def test_a_case_goes_to_a_mentor_and_comes_back(cast: Cast, site: Site, tmp_path: Path) -> None:
    trainee = cast.account("trainee", "/cases/", **PHONE)
    case = write(trainee, cast)
    send_picture(trainee, case, tmp_path)
    check_and_send(trainee, case)

    mentor = cast.account("mentor", case)
    expect(mentor.locator('form[action$="/reviews/take/"]')).to_have_count(0)
    release(cast, case)
    picture_of(mentor, case)

    ask(mentor, case)
    trainee.goto(case)
    cases.say(trainee, "answer", "Un mililitro por kilo y hora.")
    recommend(mentor, case)
    confirm(trainee, case)
    approve(mentor, case)

    read_answer(trainee, case)
    record_outcome(trainee, case)
    enter_logbook(trainee, case)
    assert_clean(tmp_path, site)


def write(page: Page, cast: Cast) -> str:
    """The form, with the link gone in the middle of it. The case's address."""
    cases.thin(page)
    page.goto("/cases/new/")
    page.locator('[name="urgency"][value="day"]').check()
    cases.fill(page, {"main_question": cases.ANSWERS["main_question"]})
    line = page.locator("#draft-line [data-text]")
    expect(page.locator("#media-link")).to_be_visible()

    cast.faults.expect(NO_NETWORK)
    page.context.set_offline(True)
    said = line.text_content()
    cases.fill(page, {"history": f"Nacida en {cases.PLACE}, DNI 45678912. Silo al llegar.", **cases.ANSWERS})
    expect(line).not_to_have_text(said or "")
    page.context.set_offline(False)
    cases.thin(page)
    course = page.locator('select[name="course"] option', has_text="Loreto").get_attribute("value")
    cases.choose(page, {"course": course or "", **cases.CHOICES})
    expect(page.locator("#complete")).to_be_visible()
    page.locator("#media-link").click()
    expect(page.locator(".uploads")).to_be_visible()
    expect(page.locator('[name="diagnosis"]')).to_have_value(cases.ANSWERS["diagnosis"])
    expect(page.locator('[name="history"]')).to_have_value(f"Nacida en {cases.PLACE}, DNI 45678912. Silo al llegar.")
    return cases.path_of(page)


def send_picture(page: Page, case: str, folder: Path) -> None:
    """A photo with a place in it: its number is blacked out, and the link goes while it is on its way."""
    photo = folder / "Juana-Tangoa-HC204417.jpg"
    photo.write_bytes(cases.photo_with_a_place())
    page.locator('.uploads input[type="file"]').last.set_input_files(photo)
    editor = page.locator("#editor")
    expect(editor).to_be_visible()
    editor.locator('[data-slot="add"]').click()
    editor.locator('button[value="use"]').click()
    row = page.locator(".upload")
    expect(row).to_be_visible()
    page.context.set_offline(True)
    expect(row.locator('[data-slot="message"], [data-slot="state"]').first).to_be_visible()
    page.context.set_offline(False)
    cases.thin(page)
    expect(row.locator('[data-slot="see"]')).to_be_visible(timeout=60_000)
    page.goto(f"{case}edit/")
    page.locator('form[action$="/check/"] button[name="checked"]').click()
    expect(page.locator(".media-checked")).to_be_visible()


def check_and_send(page: Page, case: str) -> None:
    """The check shows the number and the consent that is missing; both are mended."""
    page.goto(f"{case}check/")
    expect(page.locator("mark.finding", has_text="45678912")).to_be_visible()
    page.goto(f"{case}consent/")
    cases.consent(page)
    page.goto(f"{case}edit/")
    cases.fill(page, {"history": "Nacida en una comunidad del río. Silo al llegar."})
    page.locator('button[name="next"][value="check"]').click()
    expect(page.locator("form.case-check")).to_be_visible()
    for tick in page.locator('form.case-check [name="tick"]').all():
        tick.check()
    page.locator("form.case-check .case-send button.button-primary").click()
    expect(page).to_have_url(f"{page.url.split('/cases/')[0]}{case}")


def release(cast: Cast, case: str) -> None:
    """The author does not find the way; the coordinator looks at everything and releases."""
    page = cast.account("coordinator", f"{case}release/")
    page.locator('[name="text"]').check()
    for seen in page.locator('[name="seen"]').all():
        seen.check()
    page.locator("form.case-check button.button-primary").click()
    expect(page.locator("form.case-check")).to_have_count(0)


def picture_of(page: Page, case: str) -> None:
    """The mentor draws an arrow on the picture."""
    page.goto(case)
    page.locator('form[action$="/reviews/take/"] button').click()
    page.goto(case)
    page.locator(".media-look a").click()
    expect(page.locator('[data-marks] [data-slot="hint"]')).not_to_be_empty()
    page.locator('.marks-tool:has([value="arrow"])').click()
    box = page.locator("#stage").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.3)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.6, steps=5)
    page.mouse.up()
    page.locator('[data-marks] [data-slot="save"]').click()
    expect(page.locator(".layers .layer")).to_have_count(1)
    expect(page.locator('[data-marks] [data-slot="save"]')).to_be_disabled()


def ask(page: Page, case: str) -> None:
    page.goto(case)
    start = page.locator('form[action$="/start/"] button')
    if start.count():
        start.click()
        page.goto(case)
    cases.say(page, "clarifying", "¿Cuánta orina hizo?")


def recommend(page: Page, case: str) -> None:
    """What the mentor understood, shown to the author first."""
    page.goto(case)
    page.locator('a[href*="/reviews/"].button-primary').click()
    page.locator('[name="summary"]').fill("Recién nacida con gastrosquisis en silo, sin cuidados intensivos.")
    page.locator('button[formaction$="/ask/"]').click()
    expect(page.locator(".pill-hold").first).to_be_visible()


def confirm(page: Page, case: str) -> None:
    page.goto(case)
    page.locator('.summary form button[name="asked"]').click()
    expect(page.locator(".summary form")).to_have_count(0)


def approve(page: Page, case: str) -> None:
    page.goto(case)
    page.locator('a[href*="/reviews/"].button-primary').click()
    page.locator(".review-item textarea").first.fill("Reducción gradual, dos veces al día.")
    page.locator('[name="learning_points"]').fill("Sin cuidados intensivos, el silo es el tratamiento.")
    referral = page.locator('[name="referral"]')
    if referral.first.evaluate("control => control.tagName") == "SELECT":
        referral.select_option("not_needed")
    else:
        page.locator('[name="referral"][value="not_needed"]').check()
    page.locator('button[formaction$="/approve/"]').click()
    expect(page.locator(".review")).to_be_visible()


def read_answer(page: Page, case: str) -> None:
    """Back on the phone: the recommendation, done; the mark on the picture."""
    page.goto(case)
    expect(page.locator(".recommendation")).to_contain_text("Reducción gradual")
    page.locator(".media-look a").click()
    expect(page.locator(".layers .layer")).to_have_count(1)
    page.goto(case)
    page.locator(".recommendation a.button").click()
    page.locator('[name="done"][value="yes"]').check()
    page.locator("form.short-form button.button-primary").click()
    expect(page.locator(".recommendation strong")).to_be_visible()


def record_outcome(page: Page, case: str) -> None:
    """Operated forty days ago, recovered a month later."""
    page.goto(f"{case}outcomes/")
    page.locator('[name="operated_on"]').fill(cases.days_ago(40))
    page.locator('[name="referral"][value="avoided"]').check()
    page.locator("form.form button.button-primary").click()
    page.goto(f"{case}outcomes/d30/")
    page.locator('[name="condition"][value="recovered"]').check()
    page.locator('[name="seen_on"]').fill(cases.days_ago(9))
    page.locator('[name="next_step"][value="see_again"]').check()
    page.locator("form.outcome-form > .row button.button-primary").click()
    expect(page.locator("form.outcome-form")).to_have_count(0)


def enter_logbook(page: Page, case: str) -> None:
    """The case becomes an entry of the trainee's own logbook."""
    page.goto(case)
    code = page.locator("h1").inner_text()
    public_id = case.split("/")[2]
    page.goto(f"/logbook/new/?case={public_id}")
    page.locator('select[name="procedure"]').select_option(index=1)
    role = page.locator('select[name="role"]')
    if role.count():
        role.select_option("supervised")
    else:
        page.locator('[name="role"][value="supervised"]').check()
    page.locator("main form.form button.button-primary").click()
    expect(page.locator("main form.form [name=procedure]")).to_have_count(0)
    expect(page).to_have_url(re.compile("/logbook/entries/"))
    expect(page.locator("dl.facts")).to_contain_text(code)


def assert_clean(folder: Path, site: Site) -> None:
    """Neither the place, nor the file's name, nor the number that was blacked out is in anything that was stored."""
    stored = [path for path in (folder / "media").rglob("*") if path.is_file()]
    assert len(stored) >= 4
    for path in stored:
        content = path.read_bytes()
        for planted in (cases.PLACE, "Juana", "Exif"):
            assert planted.encode() not in content, path.name
            assert planted not in str(path)
