// Long text is put by while it is typed, in the core's keeping, and never becomes part of the record by itself.
import * as bridge from "./bridge";
import { timeNow } from "./dates";
import { desk } from "./desk.svelte";

/** One long text with its draft. */
export class Draft {
  text = $state("");
  kept = $state<string | null>(null);
  #key: string;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(key: string) {
    this.#key = key;
    void this.#fetch();
  }

  async #fetch() {
    try {
      const before = await bridge.getDraft(this.#key);
      if (before && this.text === "") this.text = before;
    } catch {
      // A draft that cannot be read is no reason to stop somebody from writing.
    }
  }

  /** Called on typing: puts the draft by a moment after the last key. */
  typed() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#put(), 1200);
  }

  /** Puts the draft by without waiting: the page goes. */
  async keepNow() {
    clearTimeout(this.#timer);
    await this.#put();
  }

  async #put() {
    try {
      await bridge.putDraft(this.#key, this.text);
      this.kept = this.text === "" ? null : `Draft kept ${timeNow()}`;
    } catch {
      this.kept = desk.signedIn.length === 0 ? null : "This draft is not kept yet.";
    }
  }

  /** The text is in the record now: the draft goes. */
  async done() {
    clearTimeout(this.#timer);
    this.text = "";
    this.kept = null;
    try {
      await bridge.putDraft(this.#key, "");
    } catch {
      // An old draft that stays behind does no harm.
    }
  }
}
