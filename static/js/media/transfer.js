/** One file on its way: parts in sequence, two in flight, whatever is there already left out. */

import { Lost, Refused } from "#media/server.js";

/**
 * @typedef {import("#media/server.js").Server} Server
 * @typedef {import("#media/uploads_db.js").Item} Item
 * @typedef {{server: Server, digest: (bytes: Uint8Array<ArrayBuffer>) => Promise<string>, keep: (item: Item) => Promise<void>,
 *   told: (sent: number) => void, isOnline: () => boolean, signal: AbortSignal}} Means
 */

const IN_FLIGHT = 2;
/** Addresses of the storage are valid for minutes: no more are asked for than will be used soon. */
const ADDRESSES = 4;
/** Files up to so many bytes always go through the server: its parts are small, and a storage takes such a file whole or not at all. */
const SMALL = 1024 * 1024;
/** A storage that failed so often is left alone: the rest goes through the server. */
const DIRECT_FAILS = 2;

/** How many bytes part `number` (from 1) has. @param {number} number @param {number} size @param {number} partBytes */
export const partSize = (number, size, partBytes) => Math.min(partBytes, size - (number - 1) * partBytes);

/** The numbers of the parts still to be sent. @param {number} parts @param {number[]} have */
export function missing(parts, have) {
  const there = new Set(have);
  return Array.from({ length: parts }, (_, n) => n + 1).filter((number) => !there.has(number));
}

/**
 * Send what is missing and say that it is complete. Rejects with Lost (worth another try; what arrived is kept) or Refused.
 * The server's word on what it has is asked for each time: `create` with a known key finds what was begun.
 * @param {Item} item changed in place @param {Blob} bytes @param {Means} means @returns {Promise<void>}
 */
export async function send(item, bytes, means) {
  const { server, keep, told, signal } = means;
  const isServers = item.way === "server" || item.size <= SMALL;
  const { upload, way, part_bytes, parts, have, state, medium } = await server.create(item.key, item.size, isServers ? "server" : undefined);
  Object.assign(item, { upload, way, part_bytes, parts, have: have ?? [], medium: medium ?? "" });
  await keep(item);
  if (state !== "open") return;
  /** @type {Map<number, number>} */ const moving = new Map();
  const tell = () => told(arrived(item) + [...moving.values()].reduce((sum, part) => sum + part, 0));
  tell();
  const left = missing(parts, item.have);
  const addresses = addressBook(item, left, means);
  let hasFailed = false;
  const worker = async () => {
    for (let number = left.shift(); number !== undefined && !signal.aborted; number = left.shift()) {
      const at = (number - 1) * part_bytes;
      const part = bytes.slice(at, at + partSize(number, item.size, part_bytes));
      const news = (/** @type {number} */ sent) => {
        moving.set(number, Math.min(sent, part.size));
        tell();
      };
      try {
        if (way === "direct") await server.putDirect(await addresses(number), part, news, signal);
        else await server.put(upload, number, part, await means.digest(new Uint8Array(await part.arrayBuffer())), news, signal);
      } catch (error) {
        left.length = 0; // the other worker ends its part and takes no more
        const isFirst = !hasFailed; // both at once are one failure
        hasFailed = true;
        throw way === "direct" ? await directFailed(item, error, means, isFirst) : error;
      } finally {
        moving.delete(number);
      }
      item.have.push(number);
      item.fails = 0;
      tell();
      await keep(item);
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: IN_FLIGHT }, worker));
  const failed = ends.find((end) => end.status === "rejected");
  if (failed) throw /** @type {PromiseRejectedResult} */ (failed).reason;
  if (signal.aborted) throw new Lost("stopped");
  const answer = await server.complete(upload);
  item.medium = answer.medium ?? item.medium;
}

/** The bytes of an item that the server has. @param {Item} item */
export const arrived = (item) => (item.have ?? []).reduce((sum, number) => sum + partSize(number, item.size, item.part_bytes), 0);

/** Asks for addresses by handfuls, each once. @param {Item} item @param {number[]} left @param {Means} means */
function addressBook(item, left, { server }) {
  /** @type {Map<number, Promise<Record<string, string>>>} */ const asked = new Map();
  return async (/** @type {number} */ number) => {
    if (!asked.has(number)) {
      const numbers = [number, ...left.slice(0, ADDRESSES - 1)];
      const answer = server.addresses(item.upload, numbers);
      for (const each of numbers) asked.set(each, answer);
    }
    return /** @type {Promise<Record<string, string>>} */ (asked.get(number)).then((found) => found[number]);
  };
}

/**
 * Whatever a storage answers is no word of ours: try again, and then the other way.
 * @param {Item} item @param {unknown} error @param {Means} means @param {boolean} isFirst
 */
async function directFailed(item, error, { keep, isOnline, signal }, isFirst) {
  if (error instanceof Refused && error.code) return error; // our own server's, asked for addresses
  if (isFirst && isOnline() && !signal.aborted) item.fails += 1;
  if (item.fails >= DIRECT_FAILS) item.way = "server";
  await keep(item);
  return new Lost("direct");
}
