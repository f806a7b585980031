// What all charts share: colours of the theme, UTC on the axis of time, and a size that follows the page.
import { color } from "./place.js";
import { MINUS } from "./words.js";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
export const tzDate = (ts) => uPlot.tzDate(new Date(ts * 1000), "Etc/UTC");
export const isNarrow = () => document.documentElement.clientWidth < 640;
export const gutter = () => isNarrow() ? 46 : 62;
const font = (size) => `${size}px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif`;

function timeWords(_, splits, __, ___, step) {
  return splits.map((ts, i) => {
    const at = new Date(ts * 1000), day = `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]}`;
    const isNewDay = i === 0 || new Date(splits[i - 1] * 1000).getUTCDate() !== at.getUTCDate();
    const clock = at.toISOString().slice(11, 16);
    return step >= 86400 ? day : isNewDay ? (i === 0 && clock !== "00:00" ? `${clock}\n${day}` : clock === "00:00" ? `${clock}\n${day}` : clock) : clock;
  });
}
const axis = (more) => ({ stroke: color("soft"), font: font(11), grid: { stroke: color("grid"), width: 1 }, ticks: { show: false }, ...more });
export const timeAxis = (shown = true) => axis({ values: shown ? timeWords : (_, splits) => splits.map(() => ""), size: shown ? 40 : 4, space: 70 });
export const valueAxis = (values, more = {}) => axis({ values: (_, splits) => splits.map((v) => v == null ? "" : values(v).replace("-", MINUS)), size: gutter(), space: 34, gap: 4, ...more });
export const axisOf = axis;
export const axisFont = font;

export function charted(options, data, into) {
  const chart = new uPlot({ legend: { show: false }, tzDate, width: Math.max(200, into.clientWidth), padding: [8, 20, 0, 0], ...options }, data, into);
  return chart;
}
export function shade(name, alpha) {  // #rrggbb of a variable, see-through
  return color(name) + Math.round(255 * alpha).toString(16).padStart(2, "0");
}
