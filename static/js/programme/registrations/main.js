// The list of registrations: htmx does the work; this says when the server does not answer.

import { one } from "#lib/dom.js";
import { tellOutage } from "#programme/registrations/outage.js";

tellOutage(document, one("[data-late]"), one("#said"));
