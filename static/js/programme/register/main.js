// The registration form, made quicker: the provinces follow the country, licence rows come and go.
import { followCountry } from "#programme/register/regions.js";
import { licenceRows } from "#programme/register/licences.js";

followCountry(document);
licenceRows(document);
