// Days are typed the way people write them and sent the way the core reads them.

/** `25 11 2026`, `25/11/2026` or `2026-11-25` as `2026-11-25`; anything else as it was typed, for the core to answer. */
export function isoDay(typed: string): string {
  const text = typed.trim();
  const parts = /^(\d{1,2})[\s/.-]+(\d{1,2})[\s/.-]+(\d{4})$/.exec(text);
  if (!parts) return text;
  const [, day = "", month = "", year = ""] = parts;
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}

/** Minutes and seconds, `18:42`. */
export function minutes(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** The time now with its zone, `14:33:05 GMT`. */
export function timeNow(): string {
  const parts = { hour: "2-digit", minute: "2-digit", second: "2-digit", timeZoneName: "short" } as const;
  return new Intl.DateTimeFormat("en-GB", parts).format(new Date());
}
