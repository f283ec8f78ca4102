// The registration form and the list of registrations.
import assert from "node:assert/strict";
import test from "node:test";

import { isFull, renumbered } from "#lib/form_rows.js";
import { regionsOf } from "#programme/register/regions.js";
import { tellOutage } from "#programme/registrations/outage.js";

import { answering } from "./fakes.js";

test("a row's names, ids and labels get its number, and nothing else changes", () => {
  const attributes = [
    { name: "name", value: "licences-__prefix__-kind" },
    { name: "aria-describedby", value: "hint-__prefix__ error-__prefix__" },
    { name: "class", value: "field" },
  ];
  assert.deepEqual(renumbered(attributes, "2"), [
    ["name", "licences-2-kind"],
    ["aria-describedby", "hint-2 error-2"],
  ]);
});

test("rows can be added up to the most there may be", () => {
  assert.deepEqual([1, 2, 3, 4].map((rows) => isFull(String(rows), 3)), [false, false, true, true]);
});

test("the provinces of a country are asked for in the page's language", async (t) => {
  const regions = [["PE-LOR", "Loreto"]];
  const asked = answering(t, { "/regions/es/PE/": { regions } });
  assert.deepEqual(await regionsOf("PE", "es"), regions);
  assert.deepEqual(asked.map(([address]) => address), ["/regions/es/PE/"]);
});

test("no country has no provinces and asks nobody", async (t) => {
  const asked = answering(t, {});
  assert.deepEqual([await regionsOf("", "es"), asked], [[], []]);
});

test("without an answer there are no provinces to choose from", async (t) => {
  answering(t, { "/regions/es/PE/": 500 });
  assert.deepEqual(await regionsOf("PE", "es"), []);
  assert.deepEqual(await regionsOf("AR", "es"), []);
});

test("the list says that the server is away until it is asked again", () => {
  const page = new EventTarget();
  const [late, said] = [{ hidden: true }, { textContent: "Moved." }];
  tellOutage(page, late, said);
  page.dispatchEvent(new Event("htmx:sendError"));
  assert.deepEqual([late.hidden, said.textContent], [false, "Moved."]);
  page.dispatchEvent(new Event("htmx:beforeRequest"));
  assert.deepEqual([late.hidden, said.textContent], [true, ""]);
});
