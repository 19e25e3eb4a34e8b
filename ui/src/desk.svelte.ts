// What is on the desk now: the frame's view, the place, the case, and the last answer to show.
import * as bridge from "./bridge";
import type { Answer, AppView, CaseView, Clause, Refused, Trouble } from "./generated/wire";
import { NO_CASE, OUTSIDE, type PageName } from "./pages";

/** Something to put right. `field` is the id of the control it belongs to. */
export interface Problem {
  field: string | null;
  text: string;
}

class Desk {
  view = $state<AppView | null>(null);
  page = $state<PageName>("sign-in");
  caseId = $state<string | null>(null);
  kase = $state<CaseView | null>(null);
  /** The clause that is read in the policy now, over the page that names it, and where the focus goes back to. */
  reading = $state<{ clause: Clause; from: HTMLElement | null } | null>(null);
  /** Counts arrivals, so that the same page opened again is a new page. */
  arrival = $state(0);

  problems = $state<Problem[]>([]);
  refused = $state<Refused | null>(null);
  trouble = $state<Trouble | null>(null);
  said = $state<string | null>(null);
  stopped = $state(false);
  /** The product locked itself while a review was open. */
  paused = $state(false);
  /** What became of the case that was destroyed last. */
  destroyed = $state<{ said: string; certificate: string | null } | null>(null);
  /** Counts answers, so that the same words twice are read out twice. */
  answers = $state(0);

  /** Words of what goes on, from the first moment; shown only after a second. */
  busy = $state<string | null>(null);
  /** HALT was pressed and the core has not answered yet. */
  halting = $state(false);
  /** A page that tries the key takes the next press. It gives true when it took it. */
  keyTrial: (() => boolean) | null = null;

  /** Counts HALTs: an answer that was asked for before one is no longer shown. */
  #halts = 0;

  get signedIn() {
    return this.view?.signedIn ?? [];
  }

  clear() {
    this.problems = [];
    this.refused = null;
    this.trouble = null;
    this.said = null;
    this.stopped = false;
  }

  async refresh() {
    try {
      this.took(await bridge.appView());
    } catch (thrown) {
      this.fail(bridge.asTrouble(thrown));
    }
  }

  /** Takes a new view of the whole, and leaves pages that no longer stand. */
  took(view: AppView) {
    const before = this.view;
    if (view.signedIn.length > 1) this.paused = false;
    this.view = view;
    if (this.halting) return;
    if (this.page === "restore" && view.phase !== "open") return;
    if (view.phase === "trouble") {
      if (this.page !== "trouble") this.go("trouble");
    } else if (view.phase === "no-store") {
      if (!OUTSIDE.has(this.page) || this.page === "sign-in" || this.page === "trouble") this.go("welcome");
    } else if (view.phase === "locked") {
      if (before?.phase === "open") {
        this.paused = before.reviewing !== null;
        this.kase = null;
        this.go("sign-in");
        bridge.forgetPictures();
      } else if (!OUTSIDE.has(this.page) || this.page === "trouble" || this.page === "welcome") this.go("sign-in");
    } else if (before === null && view.haltStands?.case) {
      void this.openCase(view.haltStands.case, "halt");
    } else if (before === null && view.reviewing) {
      void this.openCase(view.reviewing, "review");
    } else if (this.page === "trouble" || before === null || (before.phase !== "open" && this.page !== "sign-in")) {
      this.go("cases");
    }
  }

  go(page: PageName, caseId: string | null = this.caseId, keep: "keep" | "clear" = "clear") {
    if (keep === "clear") this.clear();
    this.page = page;
    this.reading = null;
    this.caseId = OUTSIDE.has(page) || NO_CASE.has(page) ? null : caseId;
    if (this.caseId === null) this.kase = null;
    this.arrival += 1;
  }

  /** Opens the policy at a clause; the page stays as it is behind it. */
  read(clause: Clause, from: HTMLElement | null) {
    this.reading = { clause, from };
  }

  /** Back to the page that named the clause. */
  haveRead() {
    const from = this.reading?.from ?? null;
    this.reading = null;
    // The page is hidden until the next frame.
    requestAnimationFrame(() => {
      from?.scrollIntoView({ block: "center" });
      from?.focus({ preventScroll: true });
    });
  }

  /** Opens a case where it stands: a halted case opens on HALT. */
  async openCase(id: string, page: PageName = "case", keep: "keep" | "clear" = "clear") {
    const halts = this.#halts;
    try {
      const kase = await bridge.caseView(id);
      if (halts !== this.#halts || this.signedIn.length === 0) return;
      this.kase = kase;
      this.go(kase.halt && page === "case" ? "halt" : page, id, keep);
    } catch (thrown) {
      if (halts === this.#halts) this.fail(bridge.asTrouble(thrown));
    }
  }

  async reloadCase() {
    const id = this.caseId;
    if (id === null) return;
    const halts = this.#halts;
    const people = this.#whoIsHere();
    // An answer that comes late is of another case, or for other people.
    const stands = () => id === this.caseId && halts === this.#halts && people === this.#whoIsHere();
    try {
      const kase = await bridge.caseView(id);
      if (stands()) this.kase = kase;
    } catch (thrown) {
      if (stands()) this.fail(bridge.asTrouble(thrown));
    }
  }

  fail(trouble: Trouble) {
    this.clear();
    this.answers += 1;
    if (trouble.field === null) {
      this.trouble = trouble;
    } else {
      this.problems = [{ field: controlId(trouble.field), text: inOne(trouble) }];
    }
  }

  /** Says what was kept. */
  tell(words: string) {
    this.clear();
    this.answers += 1;
    this.said = words;
  }

  /** Who is signed in, to choose from. */
  get here() {
    return this.signedIn.map((one) => ({ id: one.person.id, label: one.person.name }));
  }

  #whoIsHere(): string {
    return this.signedIn.map((one) => one.person.id).join(" ");
  }

  /** Says what must be put right before the core is asked; true where there is something. */
  lacking(problems: Problem[]): boolean {
    if (problems.length === 0) return false;
    this.clear();
    this.answers += 1;
    this.problems = problems;
    return true;
  }

  /** Waits until the core has answered what it was asked before. */
  async idle() {
    while (this.busy !== null) await new Promise((next) => setTimeout(next, 40));
  }

  /** Runs a question to the core and shows trouble; gives null where there was trouble. */
  async ask<T>(words: string, question: () => Promise<T>): Promise<T | null> {
    if (this.busy !== null) return null;
    this.busy = words;
    const halts = this.#halts;
    try {
      const answer = await question();
      if (halts !== this.#halts) return null;
      this.clear();
      return answer;
    } catch (thrown) {
      if (halts === this.#halts) this.fail(bridge.asTrouble(thrown));
      return null;
    } finally {
      this.busy = null;
    }
  }

  /** Reads what a page shows from the start, while everything else can be pressed; null where there was trouble. */
  async fetch<T>(question: () => Promise<T>): Promise<T | null> {
    const arrival = this.arrival;
    try {
      return await question();
    } catch (thrown) {
      // What went wrong with a page that was left is not the next page's trouble.
      if (arrival === this.arrival) this.fail(bridge.asTrouble(thrown));
      return null;
    }
  }

  /** Runs an act of the case; true where it was kept. */
  async act(words: string, question: () => Promise<Answer>): Promise<boolean> {
    const answer = await this.ask(words, question);
    if (answer === null) return false;
    const kept = this.show(answer);
    void this.refresh();
    return kept;
  }

  /** Shows what came of an act. */
  show(answer: Answer): boolean {
    this.clear();
    this.answers += 1;
    switch (answer.is) {
      case "done":
        this.kase = answer.case;
        this.caseId = answer.case.id;
        this.said = answer.said;
        return true;
      case "refused":
        this.refused = answer.refused;
        return false;
      case "halted":
        this.kase = answer.case;
        this.go("halt", answer.case.id);
        bridge.forgetPictures();
        return false;
      case "stopped":
        this.kase = answer.case;
        this.stopped = true;
        return false;
      case "destroyed":
        this.destroyed = { said: answer.said, certificate: answer.certificate };
        this.go("destroyed");
        return true;
      case "trouble":
        this.fail(answer.trouble);
        return false;
    }
  }

  /** HALT: the core is asked in the same turn as the press. */
  async halt() {
    if (this.view?.haltStands || this.halting || this.signedIn.length === 0) return;
    const id = this.view?.reviewing ?? this.caseId;
    const answer = bridge.halt(id);
    this.halting = true;
    this.#halts += 1;
    this.go("halt", id);
    try {
      const came = await answer;
      if (came) this.show(came);
    } catch (thrown) {
      this.fail(bridge.asTrouble(thrown));
    }
    this.halting = false;
    await this.refresh();
  }

  async lockNow() {
    const view = await this.ask("Locking", () => bridge.lock());
    if (view) this.took(view);
  }
}

/** What to put right at a control, in one line. An answer that is missing needs no more than what to enter. */
function inOne(trouble: Trouble): string {
  return ["field-missing", "stated-missing"].includes(trouble.code) ? trouble.todo : `${trouble.happened} ${trouble.todo}`.trim();
}

/** `people[0].asset_tag` or `people.0.assetTag` as the id of its control, `people-0-assetTag`. */
function controlId(field: string): string {
  return field
    .replace(/\[(\w+)\]/g, "-$1")
    .replace(/\./g, "-")
    .replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

export const desk = new Desk();
