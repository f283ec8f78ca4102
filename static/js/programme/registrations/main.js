// The list of registrations: htmx does the work; this says when the server does not answer.

import { one } from "#lib/dom.js";
import { tellLate } from "#programme/registrations/late.js";

tellLate(document, one("[data-late]"), one("#said"));
