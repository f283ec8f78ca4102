import assert from "node:assert/strict";
import { test } from "node:test";

import { delay } from "#lib/backoff.js";
import { verdict } from "#live/close_codes.js";
import { Link } from "#live/socket.js";

import { FakeClock, FakeSocket, settled } from "./fakes.js";

/** A link with its sockets and what it told. @param {any} [options] */
function cast(options = {}) {
  const clock = new FakeClock();
  /** @type {FakeSocket[]} */ const sockets = [];
  /** @type {any[]} */ const told = [];
  const open = () => {
    sockets.push(new FakeSocket());
    return /** @type {FakeSocket} */ (sockets.at(-1));
  };
  const link = new Link({
    ticket: "t1",
    open,
    freshTicket: async () => "t2",
    hello: () => ({ epoch: null, since: {} }),
    seen: () => ({ room: 5 }),
    onHello: (ok) => told.push(["hello", ok]),
    onFrame: (frame) => told.push(["frame", frame]),
    onState: (state, code) => told.push([state, code]),
    onDeath: (suspect) => told.push(["death", suspect]),
    clock,
    random: () => 1,
    ...options,
  });
  const socket = () => /** @type {FakeSocket} */ (sockets.at(-1));
  const welcome = async () => {
    await socket().opens();
    await socket().says({ re: socket().last.id, ok: { mode: "snapshot" } });
  };
  return { link, clock, sockets, socket, told, welcome };
}

test("hello is the first frame, and its answer opens the link", async () => {
  const { link, socket, told, welcome } = cast();
  link.connect();
  await welcome();
  assert.equal(socket().frames[0].do, "hello");
  assert.equal(link.state, "open");
  assert.deepEqual(told.find(([what]) => what === "hello"), ["hello", { mode: "snapshot" }]);
});

test("replies find their command, refusals reject it", async () => {
  const { link, socket, welcome, clock } = cast();
  link.connect();
  await welcome();
  const first = link.command({ do: "chat.post", text: "a" });
  const second = assert.rejects(link.command({ do: "chat.post", text: "b" }), { code: "rate.limited" });
  const [a, b] = socket().frames.slice(-2);
  clock.time += 200;
  await socket().says({ re: b.id, err: { code: "rate.limited", retry: true, after_ms: 10 } });
  await socket().says({ re: a.id, ok: { seq: 6 } });
  assert.deepEqual(await first, { seq: 6 });
  await second;
  assert.ok(/** @type {number} */ (link.roundTrip) > 0);
});

test("a ping and every 64 KiB are answered by a beat", async () => {
  const { link, socket, welcome } = cast();
  link.connect();
  await welcome();
  await socket().says({ ping: { top: { room: 5 }, now: "" } });
  assert.deepEqual(socket().last, { do: "beat", seen: { room: 5 } });
  const sent = socket().frames.length;
  for (let turn = 0; turn < 4; turn += 1) await socket().says({ ev: ["x".repeat(20_000)] });
  assert.equal(socket().frames.length, sent + 1);
  assert.ok(link.received > 80_000);
});

test("delays follow the protocol", () => {
  assert.equal(delay(0, () => 1), 3_000);
  assert.equal(delay(1, () => 1), 2_000);
  assert.equal(delay(4, () => 1), 16_000);
  assert.equal(delay(9, () => 1), 30_000);
  assert.equal(delay(9, () => 0), 0);
});

test("codes are final, want a ticket, or bring one back", () => {
  for (const code of [4500, 4501, 4502, 4503, 4504, 4505, 4506, 4508]) assert.equal(verdict(code), "final");
  for (const code of [1000, 1001, 1006, 1011, 1012, 1013, 4001, 4002, 4004, 4006, 4007]) assert.equal(verdict(code), "reconnect");
  assert.equal(verdict(4003), "ticket");
});

test("it comes back after the delay, and the count falls only after a stable while", async () => {
  const { link, clock, sockets, socket, welcome } = cast();
  link.connect();
  await welcome();
  await socket().dies(1006);
  await clock.turn(2_999);
  assert.equal(sockets.length, 1);
  await clock.turn(1);
  assert.equal(sockets.length, 2);
  await welcome();
  await socket().dies(1006);
  assert.equal(link.attempt, 2);
  await clock.turn(2_000);
  await welcome();
  await clock.turn(30_000);
  assert.equal(link.attempt, 0);
});

test("the server's wish for a delay wins", async () => {
  const { link, clock, sockets, socket, welcome } = cast();
  link.connect();
  await welcome();
  await socket().says({ bye: { after_ms: 9_000, why: "restart" } });
  await socket().dies(4001);
  await clock.turn(8_999);
  assert.equal(sockets.length, 1);
  await clock.turn(1);
  assert.equal(sockets.length, 2);
});

test("an expired ticket is renewed at once, a refused one ends it", async () => {
  const { link, clock, sockets, socket } = cast();
  link.connect();
  await socket().opens();
  await socket().dies(4003);
  await clock.turn(0);
  await settled();
  assert.equal(link.ticket, "t2");
  assert.equal(sockets.length, 2);
  for (const code of [4501, 4503]) {
    const refused = cast({ freshTicket: async () => code });
    refused.link.connect();
    await refused.socket().opens();
    await refused.socket().dies(4003);
    await refused.clock.turn(0);
    await settled();
    assert.deepEqual(refused.told.at(-1), ["closed", code]);
  }
});

test("a final code ends it", async () => {
  const { link, clock, sockets, socket, welcome, told } = cast();
  link.connect();
  await welcome();
  await socket().dies(4508);
  await clock.turn(120_000);
  assert.deepEqual([link.state, sockets.length, told.at(-1)], ["closed", 1, ["closed", 4508]]);
});

test("only a death by the peer that was no farewell is suspect", async () => {
  for (const [code, suspect] of /** @type {[number, boolean][]} */ ([[1006, true], [4002, true], [4001, false]])) {
    const { link, socket, welcome, told } = cast();
    link.connect();
    await welcome();
    await socket().dies(code);
    assert.deepEqual(told.find(([what]) => what === "death"), ["death", suspect]);
  }
  const { link, welcome, told } = cast();
  link.connect();
  await welcome();
  link.drop();
  assert.deepEqual(told.find(([what]) => what === "death"), ["death", false]);
});

test("a probe comes back at once when waiting, and gives up on a silent peer", async () => {
  const { link, clock, sockets, socket, welcome } = cast();
  link.connect();
  await welcome();
  await socket().dies(1006);
  link.probe();
  assert.equal(sockets.length, 2);
  await welcome();
  link.probe();
  assert.equal(socket().last.do, "history");
  await clock.turn(5_000);
  assert.equal(link.state, "waiting");
});

test("a hurried probe waits a few round trips for an open connection, and does not wait before the next", async () => {
  const { link, clock, sockets, welcome } = cast();
  link.connect();
  await welcome();
  link.roundTrip = 600;
  link.probe(true);
  await clock.turn(2_399);
  assert.equal(sockets.length, 1);
  await clock.turn(1);
  assert.deepEqual([sockets.length, link.state], [2, "connecting"]);
});

test("a hurried probe gives an opening that hangs up", async () => {
  const { link, clock, sockets, welcome } = cast();
  link.connect();
  link.probe();
  await clock.turn(10_000);
  assert.equal(sockets.length, 1);
  link.probe(true);
  await clock.turn(5_000);
  assert.equal(sockets.length, 2);
  await welcome();
  await clock.turn(5_000);
  assert.deepEqual([sockets.length, link.state], [2, "open"]);
});

test("silence for 45 s is a death", async () => {
  const { link, clock, welcome } = cast();
  link.connect();
  await welcome();
  await clock.turn(45_000);
  assert.equal(link.state, "waiting");
});

test("two sockets that never opened lead to the fallback, and back to a socket after it", async () => {
  /** @type {FakeSocket[]} */ const polls = [];
  const fallback = () => {
    polls.push(new FakeSocket());
    return /** @type {FakeSocket} */ (polls.at(-1));
  };
  const { link, clock, sockets, socket } = cast({ fallback });
  link.connect();
  await socket().dies(1006);
  await clock.turn(3_000);
  await socket().dies(1006);
  await clock.turn(2_000);
  assert.deepEqual([sockets.length, polls.length], [2, 1]);
  await polls[0]?.dies(1006);
  await clock.turn(4_000);
  assert.deepEqual([sockets.length, polls.length], [3, 1]);
});

test("a busy server is asked again when it said", async () => {
  const { link, clock, sockets, socket } = cast();
  link.connect();
  await socket().opens();
  await socket().says({ re: socket().last.id, err: { code: "busy", retry: true, after_ms: 700 } });
  assert.equal(sockets.length, 1);
  await clock.turn(700);
  assert.equal(sockets.length, 2);
});

test("from the fallback it goes back to a socket as soon as one can be had", async () => {
  /** @type {FakeSocket[]} */ const polls = [];
  const fallback = () => {
    polls.push(new FakeSocket());
    return /** @type {FakeSocket} */ (polls.at(-1));
  };
  const { link, clock, sockets, socket, welcome } = cast({ fallback });
  link.connect();
  await socket().dies(1006);
  await clock.turn(3_000);
  await socket().dies(1006);
  await clock.turn(2_000);
  const poll = /** @type {FakeSocket} */ (polls[0]);
  await poll.opens();
  await poll.says({ re: poll.last.id, ok: {} });
  /** The poll is never silent for long. @param {number} ms */
  const pass = async (ms) => {
    for (let left = ms; left > 0; left -= 20_000) {
      await clock.turn(Math.min(left, 20_000));
      await poll.says({ eph: {} });
    }
  };
  await pass(60_000);
  assert.equal(sockets.length, 3);
  await socket().dies(1006);
  assert.equal(link.isFallback, true);
  await pass(120_000);
  assert.equal(sockets.length, 4);
  await socket().opens();
  assert.deepEqual([poll.closedWith, sockets.length], [1000, 5]);
  await welcome();
  assert.deepEqual([link.state, link.isFallback], ["open", false]);
});
