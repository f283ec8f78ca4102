import assert from "node:assert/strict";
import { test } from "node:test";

import { LongPoll } from "#live/longpoll.js";

import { settled } from "./fakes.js";

Object.assign(globalThis, { document: { cookie: "x=1; anfiteatro_csrf=secret" } });

/** @param {(address: string, init: any) => {status?: number, body: any}|null} answer null: no answer yet */
function cast(answer) {
  /** @type {any[]} */ const heard = [];
  /** @type {any[]} */ const asked = [];
  const poll = new LongPoll({
    events: "/live/r/events/",
    commands: "/live/r/commands/",
    device: "d",
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
  const { heard, asked } = cast((address) => (address.endsWith("commands/") ? { body: { frames: [{ re: 1, ok: {} }] } } : null));
  await settled();
  assert.deepEqual(heard, [{ re: 1, ok: {} }]);
  assert.equal(asked[0][1].headers["X-CSRFToken"], "secret");
  assert.deepEqual(JSON.parse(asked[0][1].body), { frames: [{ id: 1, do: "hello" }] });
  const query = new URL(asked[1][0], "http://x").searchParams;
  assert.deepEqual(Object.fromEntries(query), { epoch: "e", since: '{"room":4}', device: "d", wait: "25" });
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
  const { heard } = cast((address) => ({ body: { frames: [address.endsWith("commands/") ? { re: 1, ok: {} } : { re: 0, ok: {} }] } }));
  await settled();
  assert.deepEqual(heard, [{ re: 1, ok: {} }, 1006]);
});
