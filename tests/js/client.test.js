// What a page knows of its person, and how it hears that this changed.
import assert from "node:assert/strict";
import test from "node:test";

import { RoomClient } from "#live/client.js";

import { FakeSocket, answering, settled } from "./fakes.js";

const me = { id: "ana", name: "Ana", role: "attendee", muted: false, hand: false, questions: [], votes: [], poll_votes: {} };
const config = /** @type {any} */ ({ room: "r", socket: "ws://test/", ticket: "t", now: new Date().toISOString(), urls: {}, me });
const snapshot = { stage: "live", stopped: false, chat: [], questions: [], polls: [], presence: {}, tallies: {}, poll_tallies: {} };
const hello = { epoch: "e", top: { room: 0 }, mode: "snapshot", snapshot, me, can: ["chat.post", "question.ask"], limits: {} };

/** A client and its socket, before hello. @param {import("node:test").TestContext} t */
async function connected(t) {
  const socket = new FakeSocket();
  const page = new EventTarget();
  const browser = /** @type {Record<string, any>} */ ({
    WebSocket: function () {
      return socket;
    },
    document: Object.assign(page, { visibilityState: "visible", cookie: "" }),
    navigator: { onLine: true },
    addEventListener: page.addEventListener.bind(page),
  });
  const before = Object.keys(browser).map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]);
  for (const name in browser) Object.defineProperty(globalThis, name, { value: browser[name], configurable: true });
  let reloads = 0;
  const client = new RoomClient(config, { reload: () => void (reloads += 1), patience: 0 });
  t.after(() => {
    client.link.leave();
    for (const [name, was] of before)
      if (was) Object.defineProperty(globalThis, /** @type {string} */ (name), /** @type {any} */ (was));
      else delete (/** @type {any} */ (globalThis)[/** @type {string} */ (name)]);
  });
  await client.start();
  await settled();
  const welcome = async (who = me) => {
    await socket.opens();
    await socket.says({ re: socket.last.id, ok: { ...hello, me: who } });
  };
  return { client, socket, welcome, reloads: () => reloads };
}

/** The next time the client's listeners are called. @param {RoomClient} client */
const told = (client) => new Promise((resolve) => client.subscribe(resolve));

test("before the first hello everything may be written, after it what the server says", async (t) => {
  const { client, welcome } = await connected(t);
  assert.deepEqual([client.may("chat.post"), client.may("question.approve")], [true, true]);
  await welcome();
  assert.deepEqual([client.may("chat.post"), client.may("question.approve")], [true, false]);
});

test("a mute, a lifted mute and another role are felt without a new hello, and the page is told", async (t) => {
  const { client, socket, welcome } = await connected(t);
  await welcome();
  await socket.says({ eph: { me: { ...me, muted: true }, can: [] } });
  await told(client);
  assert.deepEqual([client.me?.muted, client.may("chat.post")], [true, false]);
  await socket.says({ eph: { me, can: hello.can } });
  assert.deepEqual([client.me?.muted, client.may("chat.post")], [false, true]);
  await socket.says({ eph: { me: { ...me, role: "moderator" }, can: [...hello.can, "question.approve"] } });
  assert.deepEqual([client.me?.role, client.may("question.approve")], ["moderator", true]);
});

test("other news leaves one's own rights as they are", async (t) => {
  const { client, socket, welcome } = await connected(t);
  await welcome();
  await socket.says({ eph: { presence: { remote: 3 } } });
  await socket.says({ eph: { me: { ...me, hand: true } } });
  assert.deepEqual([...client.can], hello.can);
  assert.deepEqual([client.me?.hand, client.state?.presence.remote], [true, 3]);
});

test("a hello that answers with another person reloads the page and sends nothing of its outbox", async (t) => {
  const { client, socket, welcome, reloads } = await connected(t);
  client.send("chat.post", { text: "hers" });
  await settled();
  await welcome({ ...me, id: "eva" });
  assert.deepEqual([reloads(), client.link.state, client.me], [1, "closed", null]);
  assert.deepEqual(socket.frames.map((frame) => frame.do), ["hello"]);
});

test("news of another person's rights reload the page too", async (t) => {
  const { client, socket, welcome, reloads } = await connected(t);
  await welcome();
  await socket.says({ eph: { me: { ...me, id: "eva" }, can: ["stage.end"] } });
  assert.deepEqual([reloads(), client.me?.id, client.can.has("stage.end")], [1, "ana", false]);
});

for (const [status, who] of /** @type {const} */ ([[409, "another person is"], [401, "nobody is"]]))
  test(`a ticket is asked for in the page's own name; where ${who} here now, the page reloads`, async (t) => {
    const { client, socket, welcome, reloads } = await connected(t);
    client.config.urls.ticket = "/ticket/";
    const asked = answering(t, { "/ticket/": status });
    await welcome();
    await socket.dies(4003);
    while (asked.length < (status === 401 ? 2 : 1)) await new Promise((resolve) => setTimeout(resolve, 0));
    await settled();
    assert.deepEqual(asked.map(([, request]) => String(request.body)), Array(asked.length).fill("person=ana"));
    assert.deepEqual([reloads(), client.link.state], [1, "closed"]);
  });
