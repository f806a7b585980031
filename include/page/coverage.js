// The calendar of the last days: a row a UTC day, a column a minute, painted on one canvas.
import { isNarrow } from "./axes.js";
import { walk } from "./keys.js";
import { $, color, hide, legend, say } from "./place.js";
import { both, count, many, minuteOf, percent } from "./words.js";

const DAY = 86400, TOP = 18;
const LEGEND = [["box", "live", "answered live"], ["box", "late", "answered late"], ["box", "abstained", "abstained"], ["box", "held", "held, not answered"], ["box", "missing", "missing"]];
const WORDS = { live: "answered live", late: "answered late", abstained: "abstained", held: "held, not answered", missing: "missing" };
let coverage = null, at = null;

export function fillCoverage(read) {
  coverage = read;
  say($("coverageWords"), words());
  drawCoverage();
}
export function clearCoverage(text) {
  [coverage, at] = [null, null];
  say($("coverageWords"), text);
  say($("coverageReadout"), "");
  drawCoverage();
}
function words() {
  const c = coverage.counts;
  if (!c) return "No minute is loaded yet.";
  const missing = c.missing ? `${many(c.missing, "minute")} (${percent(c.missing / c.minutes, 2)}) missing` : "none missing";
  return `${count(c.minutes)} minutes from ${minuteOf(coverage.known_from * 1000)} to ${minuteOf(coverage.newest * 1000)}: ${count(c.held)} held, ${missing}. ` +
    `This cell answered ${count(c.live)} live and ${count(c.late)} late, abstained from ${count(c.abstained)}, and left ${c.unanswered ? `${many(c.unanswered, "held minute")} unanswered: history that was loaded before the first training, or minutes that nobody answered` : "no held minute unanswered"}.`;
}

const layout = (canvas) => {
  const left = isNarrow() ? 40 : 76, width = Math.max(200, canvas.clientWidth) - left - 1;
  return { left, width, row: isNarrow() ? 7 : 9, gap: 2 };
};
function paintRun(context, kind, from, minutes, place) {
  context.fillStyle = color(kind);
  for (let at = from, end = from + 60 * minutes; at < end;) {
    const day = Math.floor((at - coverage.first_day) / DAY), until = Math.min(end, coverage.first_day + (day + 1) * DAY);
    const x = ((at - coverage.first_day) % DAY) / DAY * place.width, w = Math.max((until - at) / DAY * place.width, 1);
    context.fillRect(place.left + x, TOP + day * (place.row + place.gap), w, place.row);
    at = until;
  }
}
function paintWords(context, place) {
  context.fillStyle = color("soft");
  context.font = '11px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';
  context.textBaseline = "alphabetic";
  for (let hour = 0; hour <= 24; hour += isNarrow() ? 6 : 3) {
    context.textAlign = hour === 0 ? "left" : hour === 24 ? "right" : "center";
    context.fillText(`${String(hour).padStart(2, "0")}:00`, place.left + place.width * hour / 24, 11);
  }
  context.textAlign = "right"; context.textBaseline = "middle";
  for (let day = coverage.days - 1; day >= 0; day -= isNarrow() ? 5 : 3) {
    const iso = new Date((coverage.first_day + day * DAY) * 1000).toISOString();
    context.fillText(isNarrow() ? iso.slice(5, 10) : iso.slice(0, 10), place.left - 5, TOP + day * (place.row + place.gap) + place.row / 2);
  }
}
export function drawCoverage() {
  const canvas = $("coverage");
  const isEmpty = !coverage || coverage.first_day == null;
  hide(canvas, isEmpty);
  if (isEmpty) return;
  legend($("coverageLegend"), LEGEND);
  const place = layout(canvas), height = TOP + coverage.days * (place.row + place.gap), scale = devicePixelRatio || 1;
  canvas.width = Math.round((place.left + place.width + 1) * scale); canvas.height = Math.round(height * scale);
  canvas.style.height = `${height}px`;
  const context = canvas.getContext("2d");
  context.scale(scale, scale);
  paintRun(context, "track", coverage.first_day, coverage.days * 1440, place);
  paintRun(context, "missing", coverage.known_from, (coverage.newest - coverage.known_from) / 60 + 1, place);
  for (const [from, minutes] of coverage.held) paintRun(context, "held", from, minutes, place);
  for (const [kind, from, minutes] of coverage.answered) paintRun(context, kind, from, minutes, place);
  paintWords(context, place);
  if (at != null) paintPlace(context, place);
}
function paintPlace(context, place) {
  const day = Math.floor((at - coverage.first_day) / DAY), x = place.left + ((at - coverage.first_day) % DAY) / DAY * place.width;
  context.strokeStyle = color("text");
  context.lineWidth = 2;
  context.strokeRect(x - 3, TOP + day * (place.row + place.gap) - 1, 6, place.row + 2);
}

const inRun = (ts, from, minutes) => ts >= from && ts < from + 60 * minutes;
function kindAt(ts) {
  if (ts < coverage.known_from || ts > coverage.newest) return null;
  const answer = coverage.answered.find(([, from, minutes]) => inRun(ts, from, minutes));
  return answer ? answer[0] : coverage.held.some(([from, minutes]) => inRun(ts, from, minutes)) ? "held" : "missing";
}
$("coverage").addEventListener("mousemove", (event) => {
  if (!coverage || coverage.first_day == null) return;
  const place = layout($("coverage")), day = Math.floor((event.offsetY - TOP) / (place.row + place.gap)), minute = Math.floor((event.offsetX - place.left) / place.width * 1440);
  if (day < 0 || day >= coverage.days || minute < 0 || minute >= 1440) return say($("coverageReadout"), "");
  tell(coverage.first_day + day * DAY + minute * 60);
});
function tell(ts) {
  const kind = kindAt(ts);
  say($("coverageReadout"), `${both(ts * 1000)}: ${kind ? WORDS[kind] : "outside of what is loaded"}`);
}
$("coverage").addEventListener("mouseleave", () => say($("coverageReadout"), ""));

const KEYS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1440, ArrowDown: 1440, PageUp: -60, PageDown: 60, Home: -Infinity, End: Infinity };  // minutes
walk($("coverage"), $("coverageReadout"), KEYS, (minutes) => {
  at = Math.max(coverage.known_from, Math.min(coverage.newest, (at ?? coverage.newest) + 60 * minutes));
  drawCoverage();
  tell(at);
});
$("coverage").addEventListener("blur", () => { at = null; drawCoverage(); });
