/** The room: one page from the lobby to the end. */

import { openPage } from "#live/page.js";
import { chat } from "#room/chat.js";
import { composer } from "#room/composer.js";
import { hands } from "#room/hands.js";
import { lobby } from "#room/lobby.js";
import { ownQuestions } from "#room/own_questions.js";
import { people } from "#room/people.js";
import { polls } from "#room/polls.js";
import { questions } from "#room/questions.js";
import { quiet } from "#room/quiet.js";
import { curtains, hold, overdue } from "#room/stage.js";
import { status } from "#room/status.js";
import { strip } from "#room/strip.js";
import { tabs } from "#room/tabs.js";

const page = openPage({ isProfileChosen: true });
const talk = chat(page);
const write = composer(page, () => talk.toEnd());
const bar = tabs(page, { chat: talk, onChoose: write.follow });
talk.onRead = bar.refresh;
for (const part of [strip, curtains, overdue, hold, lobby, questions, ownQuestions, people, polls, hands, quiet, status]) part(page);
page.client.start();
