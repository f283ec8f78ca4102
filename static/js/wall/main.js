/** The wall of the operating room: what is asked now, what comes next, and nothing to touch. */

import { openPage } from "#lib/page.js";
import { house } from "#lib/house.js";
import { one } from "#lib/dom.js";
import { awake } from "#wall/awake.js";
import { questions } from "#wall/questions.js";
import { stage } from "#wall/stage.js";

const page = openPage({ profile: "text" });
house(page, one(".theatre-figure"));
for (const part of [questions, stage, awake]) part(page);
page.client.start();
