// How numbers, times and cells are said.
export const MINUS = "\u2212", NBSP = "\u00a0";

export const percent = (x, digits = 1) => x == null ? "unknown" : `${(100 * x).toFixed(digits).replace("-", MINUS)}${NBSP}%`;
export const signed = (x, digits) => x == null ? "unknown" : (x > 0 ? "+" : "") + x.toFixed(digits).replace("-", MINUS);
export const count = (n) => n == null ? "unknown" : n.toLocaleString("en");
export const score = (x) => x == null ? "–" : x.toFixed(3);
export const price = (x) => x == null ? "none" : x.toLocaleString("en", { maximumSignificantDigits: 8 });
export const many = (n, one, more = `${one}s`) => `${count(n)} ${n === 1 ? one : more}`;

export function span(seconds) {
  if (seconds < 120) return `${Math.max(0, Math.floor(seconds))} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 120 ? `${minutes} min` : minutes < 2880 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} days`;
}

export const length = (minutes) => minutes < 60 ? `${minutes} min` : minutes % 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${minutes / 60} h`;
export const cellName = (cell) => `${length(cell.horizon_minutes)} ±${+(100 * cell.threshold).toFixed(3)}${NBSP}%`;

// Times: UTC as shown, local as told on hover.
export const utc = (iso) => new Date(iso).toISOString();
export const minuteOf = (iso) => `${utc(iso).slice(0, 10)} ${utc(iso).slice(11, 16)}`;
export const clock = (iso, today) => iso == null ? "none yet" : today && utc(iso).slice(0, 10) === utc(today).slice(0, 10) ? utc(iso).slice(11, 16) : minuteOf(iso);
export const local = (iso) => new Date(iso).toLocaleString([], { dateStyle: "medium", timeStyle: "short", hourCycle: "h23" });
export const both = (iso) => `${minuteOf(iso)} UTC (${new Date(iso).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" })} local)`;
