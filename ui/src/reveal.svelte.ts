// A picture is covered until somebody asks, and again after 30 seconds.
import * as bridge from "./bridge";

const SECONDS = 30;

export class Reveal {
  /** Seconds until it is covered; 0 while it is. */
  left = $state(0);
  /** Where the picture is asked for: once for each reveal, since each look is recorded. */
  address = $state("");
  /** The core refused it, or the file does not match its hash. */
  failed = $state(false);
  #timer: ReturnType<typeof setInterval> | undefined;

  get shown() {
    return this.left > 0 && !this.failed;
  }

  reveal(id: string, sha256: string) {
    this.address = bridge.pictureAddress(id, sha256);
    this.failed = false;
    this.left = SECONDS;
    clearInterval(this.#timer);
    this.#timer = setInterval(() => {
      this.left -= 1;
      if (this.left <= 0) this.cover();
    }, 1000);
  }

  cover() {
    clearInterval(this.#timer);
    this.left = 0;
  }
}
