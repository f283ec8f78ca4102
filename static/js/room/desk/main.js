/** The desk: what was asked, what the room sees, what was answered, and everything a moderator does about it. */

import { openPage } from "#live/page.js";
import { acts } from "#room/desk/acts.js";
import { hands } from "#room/desk/hands.js";
import { keys } from "#room/desk/keys.js";
import { merging } from "#room/desk/merge.js";
import { people } from "#room/desk/people.js";
import { openPolls } from "#room/desk/polls.js";
import { questions } from "#room/desk/questions.js";
import { stage } from "#room/desk/stage.js";
import { chat } from "#room/chat.js";
import { composer } from "#room/composer.js";
import { curtains, overdue } from "#room/stage.js";
import { status } from "#room/status.js";
import { strip } from "#room/strip.js";

const page = openPage();
const doing = acts(page);
const joining = merging(page);
const board = questions(page, doing, joining);
keys(page, board, doing, joining);
const talk = chat(page);
composer(page, () => talk.toEnd(), "chat");
for (const part of [strip, curtains, overdue, stage, hands, people, openPolls, status]) part(page);
page.client.start();
