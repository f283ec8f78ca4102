"""A coroutine started without a task, and gone on with in one where it has to wait."""

import asyncio

from livesessions.realtime import eager


async def test_what_never_waits_is_done_at_once_and_makes_no_task() -> None:
    done = []

    async def work() -> None:
        done.append("now")

    assert eager.start(work()) is None
    assert done == ["now"]


async def test_the_rest_goes_on_in_a_task() -> None:
    gate: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    done: list[str] = []

    async def work() -> None:
        done.append("before")
        done.append(await gate)
        await asyncio.sleep(0)
        done.append("after")

    task = eager.start(work())
    assert done == ["before"] and task is not None
    gate.set_result("waited")
    await task
    assert done == ["before", "waited", "after"]


async def test_cancelling_the_rest_reaches_the_coroutine() -> None:
    done: list[str] = []

    async def work() -> None:
        try:
            await asyncio.get_running_loop().create_future()
        except asyncio.CancelledError:
            done.append("cancelled")
            raise

    task = eager.start(work())
    assert task is not None
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])
    assert task.cancelled() and done == ["cancelled"]


async def test_a_fault_at_once_is_raised_at_once() -> None:
    async def work() -> None:
        raise ValueError("of ours")

    try:
        eager.start(work())
    except ValueError as error:
        assert str(error) == "of ours"
    else:
        raise AssertionError("nothing was raised")
