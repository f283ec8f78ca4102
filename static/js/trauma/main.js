// A trauma record in the hand: it remembers what was tapped until it is saved, and shows how far it is.
import { keepDraft } from "#trauma/draft.js";
import { followProgress } from "#trauma/progress.js";

const form = document.querySelector("form[data-trauma]");
if (form instanceof HTMLFormElement) {
  keepDraft(form);
  followProgress(form);
}
