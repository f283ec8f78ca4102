import assert from "node:assert/strict";
import { test } from "node:test";

import { LongPoll } from "#live/longpoll.js";

import { settled } from "./fakes.js";

Object.assign(globalThis, { document: { cookie: "x=1; anfiteatro_csrf=secret" } });

/** @param {(address: string, init: any) => {status?: number, body: any}|null} answer null: no answer yet @param {any} [options] */
function cast(answer, options = {}) {
  /** @type {any[]} */ const heard = [];
  /** @type {any[]} */ const asked = [];
  const poll = new LongPoll({
    events: "/live/r/events/",
    commands: "/live/r/commands/",
    device: "d",
    ticket: () => "t",
    renew: async () => false,
    ...options,
    position: () => ({ epoch: "e", since: { room: 4 } }),
    fetch: /** @type {any} */ (
      (/** @type {string} */ address, /** @type {any} */ init) => {
        asked.push([address, init]);
        const found = answer(address, init);
        if (!found) return new Promise(() => {});
        const { status = 200, body } = found;
        return Promise.resolve({ ok: status < 400, status, json: async () => body });
      }
    ),
  });
  poll.onopen = () => poll.send('{"id":1,"do":"hello"}');
  poll.onmessage = ({ data }) => heard.push(JSON.parse(data));
  poll.onclose = ({ code }) => heard.push(code);
  return { poll, heard, asked };
}

test("commands are posted, their replies heard, and then it listens from where it stands", async () => {
  const { heard, asked } = cast((address) => (address.includes("commands/") ? { body: { frames: [{ re: 1, ok: {} }] } } : null));
  await settled();
  assert.deepEqual(heard, [{ re: 1, ok: {} }]);
  assert.equal(asked[0][1].headers["X-CSRFToken"], "secret");
  assert.deepEqual(JSON.parse(asked[0][1].body), { frames: [{ id: 1, do: "hello" }] });
  const query = new URL(asked[1][0], "http://x").searchParams;
  assert.deepEqual(Object.fromEntries(query), { epoch: "e", since: '{"room":4}', device: "d", wait: "25", ticket: "t" });
});

test("a refusal closes it with the server's code, a broken network with 1006", async () => {
  const refused = cast(() => ({ status: 403, body: { close: 4503 } }));
  await settled();
  assert.deepEqual(refused.heard, [4503]);
  const broken = cast(() => {
    throw new Error("network");
  });
  await settled();
  assert.deepEqual(broken.heard, [1006]);
});

test("a journal that cannot be followed wants a new hello", async () => {
  const { heard } = cast((address) => ({ body: { frames: [address.includes("commands/") ? { re: 1, ok: {} } : { re: 0, ok: {} }] } }));
  await settled();
  assert.deepEqual(heard, [{ re: 1, ok: {} }, 1006]);
});

test("an expired ticket is renewed once and the request goes again as the same person; a second refusal closes it", async () => {
  let ticket = "old";
  const answer = (/** @type {string} */ address) =>
    address.includes("ticket=old") ? { status: 401, body: { close: 4003 } } : address.includes("commands/") ? { body: { frames: [] } } : null;
  const renewing = cast(answer, { ticket: () => ticket, renew: async () => Boolean((ticket = "new")) });
  await settled();
  assert.deepEqual(renewing.heard, []);
  assert.deepEqual(renewing.asked.map(([address]) => new URL(address, "http://x").searchParams.get("ticket")), ["old", "new", "new"]);
  const refused = cast(() => ({ status: 401, body: { close: 4003 } }), { renew: async () => true });
  await settled();
  assert.deepEqual([refused.heard, refused.asked.length], [[4003], 2]);
});
