// The registration form, made quicker: the provinces follow the country, licence rows come and go.
import { followCountry } from "#register/regions.js";
import { licenceRows } from "#register/licences.js";

followCountry(document);
licenceRows(document);
