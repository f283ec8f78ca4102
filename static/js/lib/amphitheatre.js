// The amphitheatre: where everybody sits. The geometry is that of platform/web/amphitheatre.py; a test compares them.

import { one } from "#lib/dom.js";

/**
 * @typedef {"registered" | "present" | "lit"} State
 * @typedef {{label: string, state: State, href?: string}} Occupant
 * @typedef {{key: string, ring: "or" | "auditorium" | "remote", label: string, registered?: number, present?: number,
 *   lit?: number, people?: Occupant[]}} Tier `present` includes the `lit`
 * @typedef {[x: number, y: number, radius: number]} Place
 * @typedef {{x: number, y: number, radius: number, tier: string, state: State, occupant: number | null}} Seat
 */

const CENTRE = 200;
/** @type {Record<string, [number, number]>} */
const BANDS = { or: [28, 56], auditorium: [62, 112], remote: [118, 192] };
/** @type {Record<string, number>} */
const MOST_WEDGES = { or: 12, auditorium: 24, remote: 36 };
const MARGIN = 0.1;
const GAP = 0.035;
const MOST_SEATS = 600;
const SVG = "http://www.w3.org/2000/svg";

/** @param {number[]} numbers */
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

/** [registered, present, lit] of a tier. @param {Omit<Tier, "key" | "ring" | "label">} tier @returns {[number, number, number]} */
export function counts({ registered = 0, present = 0, lit = 0, people = [] }) {
  if (people.length) {
    const bright = people.filter((person) => person.state === "lit").length;
    return [people.length, bright + people.filter((person) => person.state === "present").length, bright];
  }
  const there = Math.max(present, lit);
  return [Math.max(registered, there), there, lit];
}

/** @param {Tier} tier @param {number} per people a seat */
const drawn = (tier, per) => Math.ceil(counts(tier)[0] / per);

/**
 * The widest spacing, then the fewest rows, that seat everybody; null when nothing does.
 * @param {number[]} numbers seats per wedge
 * @param {[number, number]} band inner and outer radius
 * @returns {{pitch: number, radii: number[], widths: number[], capacities: number[][]} | null}
 */
function fit(numbers, [inner, outer]) {
  for (let pitch = 14; pitch >= 5; pitch -= 0.5) {
    const rows = Math.floor((outer - inner) / pitch);
    const first = inner + (outer - inner - (rows - 1) * pitch) / 2;
    for (let used = 1; used <= rows; used += 1) {
      const radii = Array.from({ length: used }, (_, row) => first + row * pitch);
      const weights = numbers.map((count) => count + used);
      const free = Math.PI - 2 * MARGIN - GAP * (numbers.length - 1);
      const widths = weights.map((weight) => (free * weight) / sum(weights));
      const capacities = widths.map((width) => radii.map((radius) => Math.floor((width * radius) / pitch)));
      if (capacities.every((rowsOf, wedge) => sum(rowsOf) >= numbers[wedge])) return { pitch, radii, widths, capacities };
    }
  }
  return null;
}

/** One tier of several; their people only where all of them have names. @param {Tier["ring"]} ring @param {Tier[]} tiers @returns {Tier} */
function together(ring, tiers) {
  const [registered, present, lit] = [0, 1, 2].map((column) => sum(tiers.map((tier) => counts(tier)[column])));
  const people = tiers.every((tier) => tier.people?.length) ? tiers.flatMap((tier) => tier.people ?? []) : [];
  return { key: `${ring}-others`, ring, label: "", registered, present, lit, people };
}

/** The tiers as they are drawn: the smallest of a crowded ring become one, the last. @param {Tier[]} tiers @returns {Tier[]} */
export function gathered(tiers) {
  return /** @type {Tier["ring"][]} */ (Object.keys(BANDS)).flatMap((ring) => {
    const members = tiers.filter((tier) => tier.ring === ring && counts(tier)[0]);
    if (members.length <= MOST_WEDGES[ring]) return members;
    const bySize = [...members].sort((one, other) => counts(other)[0] - counts(one)[0]);
    const kept = new Set(bySize.slice(0, MOST_WEDGES[ring] - 1));
    return [
      ...members.filter((tier) => kept.has(tier)),
      together(
        ring,
        members.filter((tier) => !kept.has(tier)),
      ),
    ];
  });
}

/** @param {Tier[]} tiers @param {string} ring @param {number} per */
const inRing = (tiers, ring, per) => tiers.filter((tier) => tier.ring === ring && drawn(tier, per));

/** How many people one drawn seat stands for: 1, 2, 5, 10, 20, 50 … @param {Tier[]} given */
export function peoplePerSeat(given) {
  const tiers = gathered(given);
  const steps = [2, 2.5, 2];
  const full = (/** @type {number} */ per) =>
    sum(tiers.map((tier) => drawn(tier, per))) > MOST_SEATS ||
    Object.entries(BANDS).some(([ring, band]) => !fit(inRing(tiers, ring, per).map((tier) => drawn(tier, per)), band));
  let per = 1;
  for (let turn = 0; full(per); turn += 1) per = Math.floor(per * steps[turn % 3]);
  return per;
}

/**
 * Lit seats in front, then the present, then the merely registered; people keep their order.
 * @param {Tier} tier @param {number} per @returns {State[]}
 */
function states(tier, per) {
  if (tier.people?.length && per === 1) return tier.people.map((person) => person.state);
  const [registered, present, lit] = counts(tier);
  const all = Math.ceil(registered / per);
  const bright = Math.ceil(lit / per);
  const filled = present === registered ? all : Math.max(bright, Math.min(present, 1), Math.floor(present / per));
  return Array.from({ length: all }, (_, at) => (at < bright ? "lit" : at < filled ? "present" : "registered"));
}

/**
 * Seats of one band, wedge by wedge from left to right.
 * @param {number[]} numbers @param {[number, number]} band @returns {Generator<Place[]>}
 */
function* places(numbers, band) {
  const fitted = fit(numbers, band);
  if (!fitted) return;
  const { pitch, radii, widths, capacities } = fitted;
  let start = Math.PI + MARGIN;
  for (const [wedge, count] of numbers.entries()) {
    /** @type {Place[]} */ const found = [];
    const room = sum(capacities[wedge]);
    let seated = 0;
    let passed = 0;
    for (const [row, radius] of radii.entries()) {
      passed += capacities[wedge][row];
      const here = Math.floor((count * passed) / room) - seated;
      seated += here;
      for (let position = 0; position < here; position += 1) {
        const angle = start + ((position + 0.5) * widths[wedge]) / here;
        found.push([CENTRE + radius * Math.cos(angle), CENTRE + radius * Math.sin(angle), pitch * 0.36]);
      }
    }
    yield found;
    start += widths[wedge] + GAP;
  }
}

/**
 * Every seat, tier by tier as `gathered` orders them, front row first.
 * @param {Tier[]} given
 * @returns {Seat[]}
 */
export function layout(given) {
  const tiers = gathered(given);
  const per = peoplePerSeat(tiers);
  /** @type {Map<Tier, Place[]>} */ const placed = new Map();
  for (const [ring, band] of Object.entries(BANDS)) {
    const members = inRing(tiers, ring, per);
    if (!members.length) continue;
    let wedge = 0;
    for (const found of places(members.map((tier) => drawn(tier, per)), band)) placed.set(members[wedge++], found);
  }
  const round = (/** @type {number} */ number) => Math.round(number * 100) / 100;
  return tiers.flatMap((tier) => {
    const drawnAs = states(tier, per);
    return (placed.get(tier) ?? []).map(([x, y, radius], at) => ({
      x: round(x),
      y: round(y),
      radius: round(radius),
      tier: tier.key,
      state: drawnAs[at],
      occupant: tier.people?.length && per === 1 ? at : null,
    }));
  });
}

/**
 * @template {keyof SVGElementTagNameMap} N @param {N} name
 * @param {Record<string, string>} [attributes] @returns {SVGElementTagNameMap[N]}
 */
const make = (name, attributes = {}) => {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
};

/** Put the seats into the `.theatre-seats` group of a drawing the server made; circles that stay are kept. @param {Element} svg @param {Tier[]} tiers */
export function render(svg, tiers) {
  const group = one(".theatre-seats", svg);
  const seats = layout(tiers);
  const byKey = new Map(gathered(tiers).map((tier) => [tier.key, tier]));
  const circles = [...group.querySelectorAll("circle")];
  const linked = seats.some((seat) => seat.occupant !== null) || group.querySelector("a, title");
  if (linked) group.replaceChildren();
  for (const [at, seat] of seats.entries()) {
    const circle = (!linked && circles[at]) || make("circle");
    circle.setAttribute("class", `seat seat-${seat.state}`);
    circle.setAttribute("cx", String(seat.x));
    circle.setAttribute("cy", String(seat.y));
    circle.setAttribute("r", String(seat.radius));
    if (!circle.parentNode) group.append(wrapped(circle, byKey.get(seat.tier)?.people?.[seat.occupant ?? -1]));
  }
  if (!linked) for (const spare of circles.slice(seats.length)) spare.remove();
}

/** A named seat says its name, and leads where its `href` does. @param {SVGElement} circle @param {Occupant} [person] */
function wrapped(circle, person) {
  if (!person) return circle;
  const title = make("title");
  title.textContent = person.label;
  circle.append(title);
  if (!person.href) return circle;
  const link = make("a", { href: person.href });
  link.append(circle);
  return link;
}

/** Redraw a whole `.theatre-figure`: the seats and the table behind them. @param {Element} figure @param {Tier[]} tiers */
export function update(figure, tiers) {
  render(one(".theatre", figure), tiers);
  const body = figure.querySelector(".theatre-data tbody");
  if (!body) return;
  body.replaceChildren(
    ...tiers.map((tier) => {
      const row = document.createElement("tr");
      const head = document.createElement("th");
      head.scope = "row";
      head.textContent = tier.label;
      row.append(head);
      for (const count of counts(tier)) {
        const cell = row.insertCell();
        cell.className = "figure";
        cell.textContent = String(count);
      }
      return row;
    }),
  );
}
