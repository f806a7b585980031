// Price with signals, what was said and what came, and the probabilities: three charts with one cursor.
import { axisOf, axisFont, charted, gutter, isNarrow, shade, timeAxis, valueAxis } from "./axes.js";
import { walk } from "./keys.js";
import { $, color, legend, say } from "./place.js";
import { both, count, length, many, percent, price, signed } from "./words.js";

const OUTCOMES = { UP: "up", DOWN: "down", SIDEWAYS: "held" };
let series = null, cell = null, hours = 3, charts = [], at = null, saidAt = new Map();

export function fillSeries(read, ofCell, ofHours) {
  const kept = series && at != null ? read.ts.indexOf(series.ts[at]) : -1;
  [series, cell, hours, at] = [read, ofCell, ofHours, kept < 0 ? null : kept];
  saidAt = new Map((read.said.ts || []).map((ts, i) => [ts, i]));
  say($("spanWords"), words());
  drawSeries();
}
export function clearSeries(text) {
  [series, at] = [null, null];
  for (const chart of charts) chart.destroy();
  charts = [];
  say($("spanWords"), text);
  say($("readout"), "");
}

function words() {
  if (!series.ts.length) return "No minute is loaded yet.";
  const said = series.said, late = said.ts.filter((_, i) => said.is_late[i]).length, n = said.ts.length - late;
  const held = series.price.filter((p) => p != null).length, all = series.ts.length;
  const named = said.ts.filter((_, i) => !said.is_late[i] && (said.prediction[i] === "UP" || said.prediction[i] === "DOWN")).length;
  const trades = said.ts.filter((_, i) => !said.is_late[i] && (said.side[i] === "BUY" || said.side[i] === "SELL")).length;
  const step = series.step_minutes === 1 ? "" : ` A point is ${series.step_minutes} minutes: their last price, with the least and the largest as a band, and the mean of their probabilities.`;
  const answered = series.step_minutes === 1 ? `${count(n)} of ${count(all)} minutes answered in time; of these ` : "";
  const spoke = `${many(named, "minute")} named UP or DOWN, ${many(trades, "BUY or SELL", "BUY or SELL")}.`;
  const tooLate = late ? ` ${count(late)} late${series.step_minutes === 1 ? "" : " that named UP or DOWN"}: hatched, and in no number here.` : "";
  const holes = series.step_minutes === 1 && held < all ? ` ${many(all - held, "minute is", "minutes are")} not held: the line breaks there.` : "";
  const cut = series.is_cut ? " More was said than is drawn: only the newest of it is marked." : "";
  return `${answered}${spoke}${tooLate}${holes}${step}${cut}`;
}

// --- drawing -------------------------------------------------------------------------------------------------------
const pixels = () => devicePixelRatio || 1;
function triangle(context, x, y, size, isUp, solid) {
  const up = isUp ? 1 : -1;
  context.beginPath();
  context.moveTo(x, y - up * size); context.lineTo(x + size * .85, y + up * size * .7); context.lineTo(x - size * .85, y + up * size * .7);
  context.closePath();
  if (solid) context.fill(); else context.stroke();
}
function drawMarks(u) {
  const context = u.ctx, said = series.said, dot = pixels();
  context.save();
  context.beginPath(); context.rect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height); context.clip();
  said.ts.forEach((ts, i) => {
    const trade = said.side[i] === "BUY" || said.side[i] === "SELL";
    if ((!trade && said.prediction[i] !== "UP" && said.prediction[i] !== "DOWN") || said.reference_price[i] == null) return;
    const isUp = trade ? said.side[i] === "BUY" : said.prediction[i] === "UP";
    const size = (trade ? 6.5 : 4) * dot, x = u.valToPos(ts, "x", true), y = u.valToPos(said.reference_price[i], "y", true);
    const isLate = said.is_late[i];  // nobody could act on it: never filled
    context.fillStyle = context.strokeStyle = color(isLate ? "late" : isUp ? "up" : "down");
    context.globalAlpha = trade || isLate ? 1 : .75;
    context.lineWidth = 1.3 * dot;
    context.setLineDash(isLate ? [2 * dot, 2 * dot] : []);
    triangle(context, x, y + (isUp ? 1 : -1) * (size + 4 * dot), size, isUp, trade && !isLate);
  });
  context.restore();
}
const SAID_COLORS = (side, prediction) => side === "ABSTAIN" ? "abstained" : prediction === "UP" ? "up" : prediction === "DOWN" ? "down" : "held";
function hatching(context) {
  const tile = document.createElement("canvas"), size = tile.width = tile.height = Math.round(6 * pixels()), stripes = tile.getContext("2d");
  stripes.strokeStyle = color("late");
  stripes.lineWidth = 2.2 * pixels();
  for (const shift of [-size, 0, size]) { stripes.moveTo(shift - size, 2 * size); stripes.lineTo(shift + 2 * size, -size); }
  stripes.stroke();
  return context.createPattern(tile, "repeat");
}
function drawStrips(u) {
  const context = u.ctx, said = series.said, dot = pixels(), { left, top, width, height } = u.bbox;
  const wide = Math.max(1, Math.ceil(width / Math.max(1, hours * 60)));
  const half = height / 2, bar = half - 4 * dot;
  context.save();
  context.beginPath(); context.rect(left, top, width, height); context.clip();
  const isFine = series.step_minutes === 1, hatch = hatching(context);
  said.ts.forEach((ts, i) => {
    const x = Math.round(u.valToPos(ts, "x", true) - wide / 2), w = isFine ? wide : Math.max(wide, 1.5 * dot);
    context.fillStyle = color(SAID_COLORS(said.side[i], said.prediction[i]));
    context.fillRect(x, top + 2 * dot, w, bar);
    if (said.is_late[i]) { context.fillStyle = hatch; context.fillRect(x, top + 2 * dot, w, bar); }
    if (said.outcome[i] == null) return;
    context.fillStyle = color(OUTCOMES[said.outcome[i]]);
    context.fillRect(x, top + half + 2 * dot, w, bar);
  });
  context.restore();
  context.save();
  context.fillStyle = color("soft"); context.font = axisFont(11 * dot); context.textAlign = "right"; context.textBaseline = "middle";
  context.fillText("said", left - 6 * dot, top + half / 2);
  context.fillText("came", left - 6 * dot, top + half * 1.5);
  context.restore();
}

const sync = { key: "minutes", setSeries: false, scales: ["x", null] };
const cursor = { sync, drag: { x: false, y: false }, points: { size: 6 }, y: false };
const hooks = (draw) => ({ draw: draw ? [draw] : [], setCursor: [(u) => moved(u.cursor.idx)] });
const padded = (share) => (_, low, high) => { const room = (high - low || Math.abs(high) * .001 || 1) * share; return low == null ? [0, 1] : [low - room, high + room]; };
const digits = () => { const spread = Math.max(...series.price.filter((p) => p != null)) - Math.min(...series.price.filter((p) => p != null)); return spread > 40 ? 0 : spread > 4 ? 1 : spread > .4 ? 2 : 4; };

function priceChart(into) {
  const dp = digits();
  return charted({
    height: isNarrow() ? 210 : 270, cursor, hooks: hooks(drawMarks), scales: { y: { range: padded(.1) } },
    axes: [timeAxis(false), valueAxis((v) => v.toLocaleString("en", { minimumFractionDigits: dp, maximumFractionDigits: dp }))],
    series: [{}, { stroke: color("price"), width: 1.6, points: { show: false } }, { stroke: null, points: { show: false } }, { stroke: null, points: { show: false } }],
    bands: series.step_minutes === 1 ? [] : [{ series: [3, 2], fill: shade("price", .18) }],
  }, [series.ts, series.price, series.low, series.high], into);
}
function stripChart(into) {
  return charted({
    height: 52, cursor: { ...cursor, points: { show: false } }, hooks: hooks(drawStrips), padding: [2, 20, 2, 0],
    scales: { y: { range: [0, 1] } }, axes: [timeAxis(false), axisOf({ size: gutter(), values: () => [], grid: { show: false }, splits: () => [] })],
    series: [{}, { stroke: null, points: { show: false } }],
  }, [series.ts, series.ts.map(() => 0)], into);
}
function chanceChart(into) {
  const line = (name, more) => ({ stroke: color(name), width: 1.6, points: { show: false }, ...more });
  const base = (name) => line(name, { dash: [5, 5], width: 1.2, alpha: .8 });
  const top = Math.max(.01, ...[series.p_up, series.p_down, series.base_rate_up, series.base_rate_down].flat().filter((p) => p != null));
  return charted({
    height: isNarrow() ? 160 : 180, cursor, hooks: hooks(null), scales: { y: { range: [0, Math.min(1, top * 1.15)] } },
    axes: [timeAxis(), valueAxis((v) => `${+(100 * v).toFixed(2)} %`)],
    series: [{}, line("up"), line("down"), base("up"), base("down")],
  }, [series.ts, series.p_up, series.p_down, series.base_rate_up, series.base_rate_down], into);
}

export function drawSeries() {
  if (!series) return;
  for (const chart of charts) chart.destroy();
  charts = [];
  legend($("chartLegend"), [
    ["line", "price", "price"], ["upSolid", "UP", "BUY"], ["downSolid", "DOWN", "SELL"], ["up", "UP", "named UP, no trade"], ["down", "DOWN", "named DOWN, no trade"],
    ["box", "UP", "UP"], ["box", "DOWN", "DOWN"], ["box", "held", "SIDEWAYS"], ["box", "abstained", "ABSTAIN"], ["line", "UP", "P(UP)"], ["line", "DOWN", "P(DOWN)"], ["dashed", "UP", "base rates"], ["hatch", "late", "late: hatched, its mark dashed"], [null, "", "came: empty where it is not known yet"],
  ]);
  if (!series.ts.length) { say($("readout"), ""); return; }
  charts = [priceChart($("priceChart")), stripChart($("stripChart")), chanceChart($("chanceChart"))];
  const kept = at;
  moved(kept);
  if (kept != null) queueMicrotask(() => { if (charts.length) point(kept); });  // once uPlot has set its scales
}
export function resizeSeries() {
  for (const chart of charts) chart.setSize({ width: Math.max(200, $("priceChart").clientWidth), height: chart.height });
}

// --- the minute under the cursor --------------------------------------------------------------------------------------
function moved(index) {
  at = index;
  const i = index ?? series.ts.length - 1;
  say($("readout"), readout(i, index == null));
}
function came(i) {
  const outcome = series.said.outcome[i];
  if (outcome == null) return `what came ${length(cell.horizon_minutes)} later is not known yet`;
  return `${length(cell.horizon_minutes)} later: ${outcome} (${signed(100 * series.said.forward_return[i], 2)} %)`;
}
function saidWords(ts) {
  const i = saidAt.get(ts);
  if (i === undefined) return series.step_minutes === 1 ? "not answered" : "";
  const said = series.said, late = said.is_late[i] ? ", late" : "";
  if (said.side[i] === "ABSTAIN") return `ABSTAIN${late}`;
  return `said ${said.prediction[i]}, ${said.side[i]}${late}; ${came(i)}`;
}
function readout(i, isNewest) {
  const ts = series.ts[i], iso = ts * 1000;
  const chance = (name, p, base) => p == null ? "" : `P(${name}) ${percent(p, 2)} beside ${percent(base, 2)}`;
  const parts = [
    `${isNewest ? "Newest: " : ""}${both(iso)}`,
    series.price[i] == null ? "no price held" : `price ${price(series.price[i])}`,
    saidWords(ts),
    chance("UP", series.p_up[i], series.base_rate_up[i]),
    chance("DOWN", series.p_down[i], series.base_rate_down[i]),
  ];
  return parts.filter(Boolean).join(" · ");
}
function step(by) {
  if (!charts.length) return;
  point(Math.max(0, Math.min(series.ts.length - 1, (at ?? series.ts.length - 1) + by)));
}
function point(to) {
  const [chart] = charts;
  chart.setCursor({ left: chart.valToPos(series.ts[to], "x"), top: 10 });
  moved(to);
}
const KEYS = { ArrowLeft: -1, ArrowRight: 1, PageUp: -30, PageDown: 30, Home: -Infinity, End: Infinity };
walk($("chart"), $("readout"), KEYS, step);
$("chart").addEventListener("mouseleave", () => { if (series) moved(null); });
