// What lies under files on their way: where they are kept, and how parts are recognised.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { test } from "node:test";

import { digest, slowDigest } from "#media/digests.js";
import { openDb } from "#media/uploads_db.js";

import { file, TEXT } from "./upload_server.js";

test("without IndexedDB the files live as long as the page", async () => {
  const db = await openDb(undefined);
  assert.equal(db.isLasting, false);
  const item = /** @type {any} */ ({ key: "k", state: "waiting" });
  await db.add(item, file(TEXT));
  await db.put({ ...item, state: "lost" });
  assert.deepEqual((await db.all()).map(({ state }) => state), ["lost"]);
  await db.remove("k");
  await db.put(item);
  assert.deepEqual(await db.all(), []);
});

test("the digest by hand is the browser's own, whatever the length", async () => {
  for (const length of [0, 1, 3, 55, 56, 63, 64, 65, 119, 120, 128, 1000]) {
    const bytes = new Uint8Array(randomBytes(length));
    const expected = createHash("sha256").update(bytes).digest("hex");
    assert.deepEqual([slowDigest(bytes), await digest(bytes)], [expected, expected]);
  }
});
