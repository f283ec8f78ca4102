/** Marks as SVG over the picture. Every line lies on a dark one, so that it is seen on skin, on bone and on black. */

import { svg } from "#media/svg.js";
import { lines, SIDE } from "#media/annotations.js";

/**
 * @typedef {import("#media/annotations.js").Shape} Shape
 * @typedef {import("#media/annotations.js").Point} Point
 * @typedef {{ratio: number, unit: number}} Scale height by width; and how many units of the drawing one CSS pixel is
 */

const [HEAD, LETTER, LINE, WIDE] = [15, 15, 19, 9]; // CSS pixels; the last one of a letter at its widest

/** @param {Shape} shape @param {number} n its place in the layer @param {Scale} scale @param {boolean} [isChosen] */
export function drawnShape(shape, n, scale, isChosen = false) {
  const points = shape.points.map(([x, y]) => /** @type {Point} */ ([x, y * scale.ratio]));
  const group = svg("g", { "data-shape": n, class: `mark mark-${shape.colour}${isChosen ? " mark-chosen" : ""}` });
  if (shape.kind === "text") group.append(...words(shape.text ?? "", points[0], scale));
  else for (const layer of ["under", "line", "hit"]) group.append(...outline(shape.kind, points, layer, scale));
  return group;
}

/** @param {string} kind @param {Point[]} points @param {string} layer @param {Scale} scale @returns {SVGElement[]} */
function outline(kind, points, layer, scale) {
  const css = `mark-${layer}`;
  if (kind === "polygon") return [svg("polygon", { points: points.join(" "), class: css })];
  const [[x1, y1], [x2, y2]] = points;
  if (kind === "ellipse") return [svg("ellipse", { cx: (x1 + x2) / 2, cy: (y1 + y2) / 2, rx: Math.abs(x2 - x1) / 2, ry: Math.abs(y2 - y1) / 2, class: css })];
  const head = layer === "hit" ? [] : [svg("polygon", { points: arrowHead(points[0], points[1], HEAD * scale.unit).join(" "), class: `${css} mark-head` })];
  return [svg("line", { x1, y1, x2, y2, class: css }), ...head];
}

/** The three corners of an arrow's head, its point first. @param {Point} from @param {Point} to @param {number} length @returns {Point[]} */
export function arrowHead(from, to, length) {
  const angle = Math.atan2(to[1] - from[1], to[0] - from[0]);
  /** @param {number} turn @returns {Point} */
  const corner = (turn) => [Math.round(to[0] - length * Math.cos(angle + turn)), Math.round(to[1] - length * Math.sin(angle + turn))];
  return [to, corner(0.45), corner(-0.45)];
}

/**
 * Words begin at their point; in the right half they end there, and their lines are as long as there is room.
 * @param {string} text @param {Point} at @param {Scale} scale
 */
function words(text, [x, y], { unit, ratio }) {
  const isRight = x > SIDE / 2;
  const room = (isRight ? x : SIDE - x) / unit;
  const rows = lines(text, Math.max(8, Math.min(30, Math.floor(room / WIDE))));
  const top = Math.min(Math.max(y, LETTER * unit), SIDE * ratio - (rows.length - 1) * LINE * unit - 4 * unit);
  const made = svg("text", { class: "mark-text", "font-size": LETTER * unit, "text-anchor": isRight ? "end" : "start", "stroke-width": 4 * unit });
  for (const [n, row] of rows.entries()) {
    const line = svg("tspan", { x, y: top + n * LINE * unit });
    line.textContent = row;
    made.append(line);
  }
  return [svg("circle", { cx: x, cy: y, r: 4 * unit, class: "mark-dot" }), made];
}

/** The cross-hair of the keyboard. @param {Point} at @param {Scale} scale */
export function crossHair([x, y], { ratio, unit }) {
  const [cy, arm] = [y * ratio, 16 * unit];
  const group = svg("g", { class: "cross-hair" });
  for (const css of ["mark-under", "mark-line"]) group.append(svg("path", { d: `M${x - arm} ${cy}h${2 * arm}M${x} ${cy - arm}v${2 * arm}`, class: css }));
  return group;
}

/**
 * What has been begun: points so far, and a line to where the pointer or the cross-hair is.
 * @param {string} kind @param {Point[]} points @param {number} colour @param {Scale} scale
 */
export function beginnings(kind, points, colour, scale) {
  const group = svg("g", { class: `mark mark-${colour} mark-begun` });
  const at = points.map(([x, y]) => /** @type {Point} */ ([x, y * scale.ratio]));
  if (kind === "ellipse" && at.length > 1) group.append(...outline(kind, at, "under", scale), ...outline(kind, at, "line", scale));
  else for (const css of ["mark-under", "mark-line"]) group.append(svg("polyline", { points: at.join(" "), class: css }));
  for (const [x, y] of at) group.append(svg("circle", { cx: x, cy: y, r: 4 * scale.unit, class: "mark-dot" }));
  return group;
}
