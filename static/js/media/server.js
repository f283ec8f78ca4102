/** What is asked of the server about uploads, and what goes wrong on the way. */

import { ownHeaders } from "#lib/config.js";

/**
 * @typedef {{upload: string, way: string, part_bytes: number, parts: number, have: number[], state: string, medium?: string|null}} Standing
 * @typedef {{create: (key: string, size: number, way?: string) => Promise<Standing>,
 *   addresses: (upload: string, numbers: number[]) => Promise<Record<string, string>>,
 *   put: (upload: string, number: number, bytes: Blob, digest: string, onSent: (sent: number) => void, signal: AbortSignal) => Promise<void>,
 *   putDirect: (address: string, bytes: Blob, onSent: (sent: number) => void, signal: AbortSignal) => Promise<void>,
 *   complete: (upload: string) => Promise<any>, abandon: (upload: string) => Promise<any>,
 *   media: () => Promise<any[]>, caption: (medium: string, caption: string) => Promise<void>,
 *   move: (medium: string, position: number) => Promise<void>, remove: (medium: string) => Promise<void>}} Server
 */

/** No byte moved for so long (ms): the link is dead, whatever the system says. */
const STALL_MS = 60_000;

/** The server said no, and will say it again. `code` is stable, `message` a sentence for people. */
export class Refused extends Error {
  /** @param {number} status @param {{code?: string, message?: string}} answer */
  constructor(status, answer) {
    super(answer.message ?? "");
    this.status = status;
    this.code = answer.code ?? "";
  }
}

/** Nobody answered, or only that it does not go now: the same may succeed later. `code` and `message` when the server said why. */
export class Lost extends Error {
  /** @param {string} message @param {string} [code] @param {number} [afterMs] */
  constructor(message, code = "", afterMs = 0) {
    super(message);
    this.code = code;
    this.afterMs = afterMs;
  }
}

const LATER = new Set([0, 408, 425, 429, 500, 502, 503, 504]);
/** A part hurt on its way, or one that did not arrive though it seemed so: what is missing is sent again. */
const AGAIN = new Set(["upload.wrong_digest", "upload.wrong_length", "upload.incomplete"]);

/** @param {Record<"uploads"|"upload"|"media"|"medium", string>} urls with `UPLOAD` and `MEDIUM` in the place of ids @returns {Server} */
export function server(urls) {
  const of = (/** @type {string} */ upload, /** @type {string} */ rest) => urls.upload.replace("UPLOAD", upload) + rest;
  const about = (/** @type {string} */ medium, /** @type {string} */ rest) => urls.medium.replace("MEDIUM", medium) + rest;
  return {
    create: (key, size, way) => ask(urls.uploads, { key, size, ...(way ? { way } : {}) }),
    addresses: async (upload, numbers) => {
      const { addresses } = await ask(of(upload, "addresses/"), { numbers });
      return Object.fromEntries(addresses.map((/** @type {{number: number, url: string}} */ { number, url }) => [number, url]));
    },
    put: (upload, number, bytes, digest, onSent, signal) =>
      put(of(upload, `parts/${number}/`), bytes, onSent, signal, { "X-Part-Digest": digest, ...ownHeaders(), Accept: "application/json" }),
    putDirect: (address, bytes, onSent, signal) => put(address, bytes, onSent, signal, {}),
    complete: (upload) => ask(of(upload, "complete/"), {}),
    abandon: (upload) => ask(of(upload, "abandon/"), {}),
    media: async () => (await ask(urls.media)).media,
    caption: (medium, caption) => ask(about(medium, "caption/"), { caption }),
    move: (medium, position) => ask(about(medium, "move/"), { position: String(position) }),
    remove: (medium) => ask(about(medium, "remove/"), {}),
  };
}

/** @param {string} address @param {any} [body] none: it is a question @returns {Promise<any>} */
export async function ask(address, body) {
  /** @type {RequestInit} */ const request = { headers: { Accept: "application/json", ...ownHeaders() } };
  if (body !== undefined) Object.assign(request, { method: "POST", body: JSON.stringify(body) });
  if (body !== undefined) Object.assign(/** @type {any} */ (request.headers), { "Content-Type": "application/json" });
  /** @type {Response} */ let answer;
  try {
    answer = await fetch(address, request);
  } catch {
    throw new Lost("no network");
  }
  return answerOf(answer.status, await answer.text().catch(() => ""));
}

/** @param {number} status @param {string} text */
function answerOf(status, text) {
  /** @type {any} */ let told = {};
  try {
    told = JSON.parse(text || "{}");
  } catch {
    // A page of a proxy, or a redirect's: the status says enough.
  }
  if (status >= 200 && status < 300) return told;
  if (told.retry || LATER.has(status) || AGAIN.has(told.code)) throw new Lost(told.message ?? "", told.code, told.after_ms);
  throw new Refused(status, told);
}

/**
 * PUT with news of every byte: `fetch` tells none.
 * @param {string} address @param {Blob} bytes @param {(sent: number) => void} onSent
 * @param {AbortSignal} signal @param {Record<string, string>} headers @returns {Promise<void>}
 */
function put(address, bytes, onSent, signal, headers) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    /** @type {ReturnType<typeof setTimeout>} */ let stall;
    const alive = () => {
      clearTimeout(stall);
      stall = setTimeout(() => request.abort(), STALL_MS);
    };
    const stop = () => request.abort();
    request.open("PUT", address);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded }) => {
      alive();
      onSent(loaded);
    };
    request.onloadend = () => {
      clearTimeout(stall);
      signal.removeEventListener("abort", stop);
      try {
        answerOf(request.status, request.responseText);
        resolve();
      } catch (error) {
        reject(error);
      }
    };
    signal.addEventListener("abort", stop);
    if (signal.aborted) reject(new Lost("stopped"));
    else {
      alive();
      request.send(bytes);
    }
  });
}
