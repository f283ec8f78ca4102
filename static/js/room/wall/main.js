/** The wall of the operating room: what is asked now, what comes next, and nothing to touch. */

import { openPage } from "#live/page.js";
import { seating } from "#live/seating.js";
import { one } from "#lib/dom.js";
import { awake } from "#room/wall/awake.js";
import { questions } from "#room/wall/questions.js";
import { stage } from "#room/wall/stage.js";

const page = openPage({ profile: "text" });
seating(page, one(".theatre-figure"));
for (const part of [questions, stage, awake]) part(page);
page.client.start();
