// The open review session: asked for again and again, and every go in the evidence browser.
import * as bridge from "./bridge";
import { desk } from "./desk.svelte";
import type { PageName } from "./pages";
import type { Browse, ReviewView } from "./generated/wire";

const EVERY = 500;

class Reviewing {
  view = $state<ReviewView | null>(null);
  /** The gate is open: nothing but an answer or leaving it. */
  gate = $state(false);
  /** The case whose session was just ended by its people, until they have read on. */
  debrief = $state<string | null>(null);
  #timer: ReturnType<typeof setInterval> | undefined;
  #asking = false;
  /** The person has ended the session: what a look that was under way says of it no longer counts. */
  #ending = false;

  /** Watches the session of a case until the page goes. */
  watch(id: string): () => void {
    this.#ending = false;
    this.debrief = null;
    void this.#look(id);
    this.#timer = setInterval(() => void this.#look(id), EVERY);
    return () => {
      clearInterval(this.#timer);
      this.view = null;
    };
  }

  async #look(id: string) {
    if (this.#asking || desk.halting) return;
    this.#asking = true;
    try {
      this.#took(id, await bridge.review(id));
    } catch (thrown) {
      if (desk.page === "review" && !desk.halting) {
        clearInterval(this.#timer);
        await desk.refresh();
        if (desk.signedIn.length > 0) desk.fail(bridge.asTrouble(thrown));
      }
    } finally {
      this.#asking = false;
    }
  }

  #took(id: string, view: ReviewView) {
    if (desk.page !== "review" || desk.caseId !== id || this.#ending) return;
    this.view = view;
    if (view.halted) void this.#leave(id, "halt");
    else if (!view.open) void this.#leave(id, "stage-review");
  }

  /** The session is over: the whole is asked first, since the product may have locked itself. */
  async #leave(id: string, page: PageName) {
    clearInterval(this.#timer);
    await desk.refresh();
    if (desk.page === "review" && !this.#ending) await desk.openCase(id, page, "keep");
  }

  async go(what: Browse) {
    const id = desk.caseId;
    if (id === null) return;
    try {
      this.#took(id, await bridge.browse(id, what));
      // Stop and refer stays on the screen; what went wrong with the page before does not.
      desk.said = null;
      if (what.go === "open" || what.go === "give-reason" || what.go === "leave-held") {
        desk.problems = [];
        desk.trouble = null;
      }
    } catch (thrown) {
      desk.fail(bridge.asTrouble(thrown));
    }
  }

  async end() {
    const id = desk.caseId;
    if (id === null) return;
    this.#ending = true;
    if (await desk.act("Ending the session", () => bridge.endSession(id))) {
      this.debrief = desk.kase?.halt ? null : id;
      desk.go("case", id, "keep");
    } else this.#ending = false;
  }
}

export const reviewing = new Reviewing();
