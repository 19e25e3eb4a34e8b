// The keyboard of every screen. HALT comes first, with any modifier, on press.
import { desk } from "./desk.svelte";

/** What the page in front does with the keys that are its own. */
export type PageKeys = Partial<Record<"F2" | "F3" | "F4" | "F5" | "Escape" | "back" | "forward" | "address" | "search", () => void>>;

let own: PageKeys = {};

/** A page lays out its keys, and takes them away again when it goes. */
export function ownKeys(keys: PageKeys): () => void {
  own = keys;
  return () => {
    if (own === keys) own = {};
  };
}

export function onKey(event: KeyboardEvent) {
  if (event.key === "F8") {
    event.preventDefault();
    event.stopPropagation();
    if (event.repeat) return;
    if (desk.keyTrial?.()) return;
    void desk.halt();
    return;
  }
  if (event.key === "Escape" && desk.reading) {
    taken(event);
    desk.haveRead();
    return;
  }
  // The keys of a page that waits behind a clause wait too.
  const mine: PageKeys = desk.reading ? {} : own;
  const control = event.ctrlKey || event.metaKey;
  if (control && event.shiftKey && event.key.toLowerCase() === "l") {
    taken(event);
    if (desk.signedIn.length > 0) void desk.lockNow();
  } else if (control && event.key.toLowerCase() === "l" && mine.address) {
    taken(event);
    mine.address();
  } else if (control && event.key.toLowerCase() === "k" && mine.search) {
    taken(event);
    mine.search();
  } else if (control && event.key === "Enter") {
    filledButton(event);
  } else if (event.key === "F6") {
    taken(event);
    nextPane(event.shiftKey);
  } else if (event.key === "F5" || (control && event.key.toLowerCase() === "r")) {
    // The window itself is never loaded again: typing would be lost.
    taken(event);
    mine.F5?.();
  } else if (event.altKey && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
    taken(event);
    if (event.key === "ArrowLeft") mine.back?.();
    else mine.forward?.();
  } else if (!control && !event.altKey && (event.key === "F2" || event.key === "F3" || event.key === "F4")) {
    const act = mine[event.key];
    if (act) {
      taken(event);
      act();
    }
  } else if (event.key === "Escape" && mine.Escape) {
    taken(event);
    mine.Escape();
  }
}

/** No menu of the web view: only where somebody types. */
export function onMenu(event: MouseEvent) {
  if (!(event.target instanceof Element) || event.target.closest("input, textarea") === null) event.preventDefault();
}

function taken(event: KeyboardEvent) {
  event.preventDefault();
  event.stopPropagation();
}

/** Presses the one filled button of a form, unless it seals, signs or answers the gate. */
function filledButton(event: KeyboardEvent) {
  const button = document.querySelector<HTMLButtonElement>(":not([hidden]) > main .govuk-button.filled:not([disabled]):not([data-own-press])");
  if (!button) return;
  taken(event);
  button.click();
}

/** Goes round the parts of the screen: bar, content, its panes, foot. */
function nextPane(backward: boolean) {
  const panes = [...document.querySelectorAll<HTMLElement>("[data-pane]")].filter((pane) => pane.offsetParent !== null);
  if (panes.length === 0) return;
  const at = panes.findIndex((pane) => pane.contains(document.activeElement));
  const step = backward ? -1 : 1;
  const next = panes[(at + step + panes.length) % panes.length];
  next?.focus();
}
