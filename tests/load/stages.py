"""The phases of a rehearsal, from the plan to the sheet."""

import asyncio
import random
import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.load import cast, checks, front, report
from tests.load.client import Client
from tests.load.front import Front
from tests.load.mailboxes import DemoMailbox, Mailbox
from tests.load.report import Report
from tests.load.story import PATIENCE, OpenTab, Story
from tests.load.truth import Person, Truth

KILL_AT = 0.4  # of the live time


@dataclass(frozen=True)
class Options:
    """People, seconds of live time and of arrival, the seed, and the longest absence that is bridged (seconds)."""

    auditorium: int = 75
    remote: int = 160
    seconds: float = 75.0
    arrival: float = 20.0
    seed: int = 1
    gap: int = 6
    lost: float = 0.0  # seconds of facts that a killed server may take with it


@dataclass
class Company:
    """Who takes part, with what opens the room to each of them."""

    truth: Truth
    staff: dict[str, Person]
    plans: list[tuple[Person, cast.Plan | None]]
    keys: dict[str, dict[str, Any]] = field(default_factory=dict)  # e-mail → room-config


async def rehearse(
    sites: list[str], mailbox: Mailbox | None, options: Options, kill: Callable[[], None] | None = None
) -> int:
    """The exit code. `sites` are the addresses of the servers: pages come from the first, sockets are spread over all.

    `kill` takes one of the servers away in the middle of the live time.
    """
    result = Report()
    run = secrets.token_hex(3)
    async with Front(sites[0]) as pages:
        box = mailbox or DemoMailbox(pages.coordinator, f"{run}@rehearsal.example")
        company = _company(options, run)
        session = await _plan(pages, options, result)
        await _register(pages, company, session, result)
        await _open_links(pages, company, box, session, result)
        story = Story(company.truth, company.staff, _tabs(company, sites), seconds=options.seconds, seed=options.seed)
        final, snapshot = await _perform(story, company, options, result, kill)
        await _check(pages, company, session, final, snapshot, result)
    return result.close()


def _company(options: Options, run: str) -> Company:
    chance = random.Random(options.seed)
    audience = cast.audience(options.auditorium, options.remote, run)
    staff = {role: Person(role, "", "", "", is_attendee=False) for role in cast.TEAM}
    truth = Truth(people=[*audience, *staff.values()], gap=options.gap, lost=options.lost)
    return Company(truth, staff, [(person, cast.plan(n, chance)) for n, person in enumerate(audience)])


async def _plan(pages: Front, options: Options, result: Report) -> str:
    with result.phase("Plan a session") as phase:
        await pages.sign_in()
        session = await pages.plan_session(options.auditorium, options.remote, options.gap)
        phase.figure = session
    return session


async def _register(pages: Front, company: Company, session: str, result: Report) -> None:
    with result.phase("Register by the form") as phase:
        attendees = company.truth.attendees
        await front.all_of([pages.register(session, person) for person in attendees], at_once=8, tell=phase.tell)
        phase.figure = f"{len(attendees)} people"


async def _open_links(pages: Front, company: Company, box: Mailbox, session: str, result: Report) -> None:
    """Everybody opens the link of their mail and keeps their seat by that, come they or not; the team signs in."""
    with result.phase("Open the links in the mail") as phase:
        attendees = company.truth.attendees
        links = await front.all_mail(box, [person.email for person in attendees], tell=phase.tell)

        async def open_link(person: Person) -> None:
            company.keys[person.email] = await pages.open_link(links[person.email])
            person.id = company.keys[person.email]["me"]["id"]

        await front.all_of([open_link(person) for person in attendees], at_once=8, tell=phase.tell)
        for role, person in company.staff.items():
            person.email = role
            company.keys[role] = await pages.enter_as(role, session)
            person.id = company.keys[role]["me"]["id"]
        phase.figure = f"{len(links)} mails, all opened"


def _tabs(company: Company, sites: list[str]) -> OpenTab:
    """Tabs spread over the sites, each person at one of them and at the next when that is gone."""

    def open_tab(person: Person, device: str | None) -> Client:
        config = company.keys[person.email]
        first = company.truth.people.index(person) % len(sites)
        page = sites[0].replace("http", "ws", 1)
        sockets = [
            config["socket"].replace(page, site.replace("http", "ws", 1), 1) for site in sites[first:] + sites[:first]
        ]
        return Client(*sockets, ticket=config["ticket"], origin=sites[0], device=device, patience=PATIENCE)

    return open_tab


async def _perform(
    story: Story, company: Company, options: Options, result: Report, kill: Callable[[], None] | None
) -> tuple[int, dict[str, Any]]:
    """The session itself: the last number of the room's stream, and a fresh snapshot from before its end."""
    with result.phase("Fill the lobby") as phase:
        for person in company.staff.values():
            person.stayed.append(await story.enter(person))
        moderator = company.staff["moderator"]
        await story.give(moderator.clients[0], moderator, "stage.open")
        acts = [
            asyncio.create_task(story.attend(person, plan, during=options.arrival))
            for person, plan in company.plans
            if plan
        ]
        await asyncio.sleep(options.arrival)
        await _settle(company, 60)
        joins = [seconds for client in company.truth.clients for seconds in client.record.join_seconds]
        phase.figure = f"{report.present(company.truth)} in the room; join {report.quantiles(joins)}"
    with result.phase("Be live") as phase:
        await story.go_live()
        phase.tell(f"live for {options.seconds:.0f} s")
        others = [story.moderate(), story.answer(), *([_strike(story, kill, phase.tell)] if kill else [])]
        tasks = [*acts, *map(asyncio.ensure_future, others)]
        await _watch(tasks, story, phase.tell)
        await story.until(0.97)
        auditor = await story.enter(company.staff["mentor"])
        snapshot = auditor.record.bases[0].snapshot
        await story.until(1.0)
        ok = await story.end()
        final = int(ok["seq"])
        waiting = [client.reach("room", final, 15) for person in company.truth.people for client in person.stayed]
        await asyncio.gather(*waiting)
        phase.figure = f"{final} entries, {report.deliveries(company.truth)} deliveries"
    await asyncio.gather(*(client.leave() for client in company.truth.clients))
    return final, snapshot


async def _strike(story: Story, kill: Callable[[], None], tell: Callable[[str], None]) -> None:
    await story.until(KILL_AT)
    kill()
    tell("a server was killed")


async def _settle(company: Company, within: float) -> None:
    """Until everybody who has begun to come in has been greeted."""
    async with asyncio.timeout(within):
        for client in list(company.truth.clients):
            await client.is_up.wait()


async def _watch(tasks: Iterable[asyncio.Task[None]], story: Story, tell: Callable[[str], None]) -> None:
    """Until everybody has done what they came for; the first fault of the rehearsal itself ends it."""
    pending = set(tasks)
    deadline = time.time() + story.seconds + 120
    while pending and time.time() < deadline:
        done, pending = await asyncio.wait(pending, timeout=10, return_when=asyncio.FIRST_EXCEPTION)
        for task in done:
            task.result()
        tell(f"{report.present(story.truth)} here, {len(story.truth.sent)} commands given")
    if pending:
        raise TimeoutError(f"{len(pending)} people never finished")


async def _check(
    pages: Front, company: Company, session: str, final: int, snapshot: dict[str, Any], result: Report
) -> None:
    truth = company.truth
    with result.phase("Once, and in order") as phase:
        seen, breaches = checks.journal(truth)
        truth.live = report.live_window(seen)
        breaches += checks.acknowledged(truth, seen) + checks.everybody_saw(truth, seen, final)
        phase.fail(breaches)
        phase.figure = f"{len(truth.acknowledged)} acknowledged, {len(seen)} entries, ack {report.acks(truth)}"
    with result.phase("Nobody overhears") as phase:
        phase.fail(checks.nobody_overheard(truth) + checks.seats(truth))
        phase.figure = f"{sum(len(person.replaced) for person in truth.people)} seats taken over"
    with result.phase("Votes add up") as phase:
        phase.fail(checks.tallies(truth, snapshot))
        phase.figure = f"{sum(map(len, truth.voters.values()))} votes on {len(truth.voters)} questions"
    with result.phase("Minutes on the sheet") as phase:
        exported, regions = await pages.sheet(session), await pages.regions("AR")
        minutes, breaches = checks.sheet(truth, exported, regions)
        phase.fail(breaches)
        stays = sum(person.stays for person in truth.attendees)
        phase.figure = f"{len(truth.attendees)} registered, {sum(minutes.values()) / 60:.0f} min, {stays} connections"
    result.note(f"delivery {report.delivery(truth)}, {report.kilobytes(truth)} kB received a person")
