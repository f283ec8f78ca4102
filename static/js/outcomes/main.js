// Recording an outcome: one more complication without leaving the page.
import { complicationRows } from "#outcomes/rows.js";

complicationRows(document);
