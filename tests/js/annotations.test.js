// Marks: points set one by one, moved, painted, taken back; and how they are laid out.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Drawing, isNear, lines, MOST_SHAPES, NEAR, point, shifted, SIDE } from "#media/annotations.js";
import { arrowHead } from "#media/annotations_drawing.js";

/** @typedef {import("#media/annotations.js").Point} Point */

/** @param {string} tool @param {import("#media/annotations.js").Shape[]} [shapes] */
function drawing(tool, shapes) {
  const made = new Drawing(shapes);
  made.take(tool);
  return made;
}
/** @type {import("#media/annotations.js").Shape} */ const ARROW = { kind: "arrow", points: [[1000, 1000], [3000, 2000]], colour: 0 };

test("an arrow and a circle are two points apart", () => {
  for (const kind of ["arrow", "ellipse"]) {
    const made = drawing(kind);
    made.paint(2);
    assert.equal(made.set([100, 100]), null);
    assert.equal(made.set([100 + NEAR - 1, 100]), null); // a tremble
    assert.deepEqual(made.set([4000, 5000]), { kind, points: [[100, 100], [4000, 5000]], colour: 2 });
    assert.deepEqual([made.shapes.length, made.chosen, made.begun], [1, 0, []]);
  }
});

test("an outline ends at its first point or where the last one is set again, not before three", () => {
  /** @type {Point[]} */ const corners = [[1000, 1000], [5000, 1000], [5000, 5000]];
  for (const end of [corners[0], corners[2]]) {
    const made = drawing("polygon");
    for (const corner of corners) assert.equal(made.set(corner), null);
    assert.deepEqual(made.set(end)?.points, corners);
  }
  const short = drawing("polygon");
  short.set([1000, 1000]);
  short.set([1010, 1000]);
  assert.deepEqual([short.begun.length, short.shapes.length], [1, 0]);
});

test("an outline closes by itself at its last point but one", () => {
  const made = drawing("polygon");
  for (let n = 0; n < 64; n += 1) made.set(point(150 * n, n % 2 ? 9000 : 500));
  assert.equal(made.shapes[0].points.length, 64);
});

test("words need words, in one line of single spaces", () => {
  const made = drawing("text");
  assert.equal(made.set([10, 10], " \n "), null);
  assert.deepEqual(made.set([10, 10], "  Matted \n bowel "), { kind: "text", points: [[10, 10]], colour: 0, text: "Matted bowel" });
});

test("a layer that is full takes no more", () => {
  const made = drawing("arrow", Array.from({ length: MOST_SHAPES }, () => ARROW));
  made.set([1, 1]);
  assert.deepEqual([made.set([9000, 9000]), made.shapes.length], [null, MOST_SHAPES]);
});

test("every change can be taken back, points of what is begun first", () => {
  const made = drawing("arrow", [ARROW]);
  const before = made.shapes;
  made.take("choose");
  made.next(1);
  made.move(500, 0);
  made.paint(3);
  made.delete();
  assert.deepEqual([made.shapes, made.chosen], [[], -1]);
  made.take("polygon");
  made.set([1, 1]);
  assert.deepEqual([made.undo(), made.begun], [true, []]);
  assert.equal(made.undo() && made.shapes[0].colour, 3);
  assert.equal(made.undo() && made.shapes[0].colour, 0);
  assert.equal(made.undo() && made.shapes, before);
  assert.equal(made.undo(), false);
});

test("a colour is for what comes next; only what was chosen is painted over", () => {
  const made = drawing("arrow");
  made.set([1, 1]);
  made.set([5000, 5000]);
  made.paint(2);
  assert.equal(made.shapes[0].colour, 0);
  made.take("choose");
  made.paint(1);
  assert.equal(made.shapes[0].colour, 0);
  made.next(1);
  made.paint(1);
  assert.equal(made.shapes[0].colour, 1);
});

test("choosing goes around the end both ways", () => {
  const made = drawing("choose", [ARROW, ARROW, ARROW]);
  assert.deepEqual([made.next(1), made.next(1), made.next(1), made.next(1)], [0, 1, 2, 0]);
  assert.deepEqual([made.next(-1), made.next(-1)], [2, 1]);
  assert.equal(new Drawing().next(1), -1);
});

test("a mark is moved as far as the picture reaches and keeps its form", () => {
  for (const [dx, dy] of [[400, -300], [-9e9, 9e9], [9e9, -9e9], [0.4, 0.4]]) {
    const { points } = shifted(ARROW, dx, dy);
    assert.deepEqual([points[1][0] - points[0][0], points[1][1] - points[0][1]], [2000, 1000]);
    assert.ok(points.flat().every((n) => Number.isInteger(n) && n >= 0 && n <= SIDE));
  }
  assert.deepEqual(shifted(ARROW, -9e9, 9e9).points, [[0, 9000], [2000, 10_000]]);
});

test("points are whole and on the picture", () => {
  assert.deepEqual([point(-4, 10_000.4), point(99.5, 1e9)], [[0, 10_000], [100, 10_000]]);
  assert.ok(isNear([0, 0], [NEAR - 1, 0]));
  assert.ok(!isNear([0, 0], [0, NEAR]));
});

test("lines are broken between words and lose none", () => {
  const text = "Matted bowel, no atresia seen here on day two";
  const found = lines(text, 12);
  assert.equal(found.join(" "), text);
  assert.ok(found.every((line) => line.length <= 13));
  assert.deepEqual(lines("Esternocleidomastoideo", 8), ["Esternocleidomastoideo"]);
});

test("an arrow's head points where the arrow does", () => {
  const [tip, left, right] = arrowHead([0, 0], [1000, 0], 100);
  assert.deepEqual(tip, [1000, 0]);
  assert.equal(left[0], right[0]);
  assert.equal(left[1], -right[1]);
  assert.ok(left[0] > 900 && left[0] < 1000);
});
