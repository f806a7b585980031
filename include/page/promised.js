// What the signals have delivered of what they promised.
import { charted, timeAxis, valueAxis } from "./axes.js";
import { walk } from "./keys.js";
import { $, color, hide, legend, say, tableRow } from "./place.js";
import { count, many, percent, signed } from "./words.js";

const TABLE_DAYS = 14;
let performed = null, kind = "live", shown = [], chart = null, at = null;

export function fillPerformance(read) {
  performed = read;
  drawPerformance();
}
export function clearPerformance(text) {
  performed = null;
  clearChart();
  say($("promisedWords"), text);
  hide($("promisedScroll"), true);
}
export function chooseKind(chosen) {
  kind = chosen;
  drawPerformance();
}
const EMPTY = {
  live: "No live signal's outcome is settled and summed yet. A signal is settled once the minute at its horizon is there; days are summed as outcomes come.",
  shadow: "No challenger's signals are settled: none runs in shadow unless one was appointed.",
  late: "No late answer is settled: every settled minute was answered in time, or none is settled yet.",
};
function performanceWords(total) {
  if (!total || !total.settled) return EMPTY[kind];
  const perDay = total.events / total.days;
  return `${many(total.days, "day")} of the last ${performed.last_days}: ${count(total.settled)} settled signals, ${many(total.events, "event")}. ${skillWords(total)} ${moneyWords(total)} ` +
    `Intervals are 95 %, with days as what is independent. Minutes overlap and a day holds about ${perDay < 10 ? perDay.toFixed(1) : Math.round(perDay)} events: a day's numbers say little, and many days are needed before a score is one.`;
}
const verdict = (low, none) => low != null && low > 0 ? "above 0 by that interval" : none;
function skillWords(total) {
  const reach = total.skill_low == null ? "no interval before the second day" : skillRange(total);
  return `Skill over the prior ${percent(total.log_loss_skill, 2)} (${reach}; ${many(total.events, "event")} on ${many(total.skill_days, "day")}): ${verdict(total.skill_low, "no skill shown")}.`;
}
function moneyWords(total) {
  if (!total.trades) return "No trade on paper: no edge shown.";
  const reach = total.net_return_low_bps == null ? "no interval before the second day with a trade" : moneyRange(total);
  return `Net ${signed(total.mean_net_return_bps, 1)} bp a trade on paper (${reach}; ${many(total.trades, "trade")} on ${many(total.trade_days, "day")}): ${verdict(total.net_return_low_bps, "no edge shown")}.`;
}
const skillRange = (row) => `${percent(row.skill_low, 2)} to ${percent(row.skill_high, 2)}`;
const moneyRange = (row) => `${signed(row.net_return_low_bps, 1)} to ${signed(row.net_return_high_bps, 1)} bp`;
const beside = (text, low, range) => low == null ? text : `${text} (${range})`;
const pair = (promised, delivered) => promised == null ? "–" : `${percent(promised, 2)}, ${percent(delivered, 2)}`;
function performanceRow(row, heading, classes) {
  return tableRow(heading, [
    ["Settled", `${count(row.settled)} of ${count(row.signals)}`], ["Abstained", count(row.abstained)], ["Events", count(row.events)],
    ["UP promised, came", pair(row.promised_up, row.delivered_up)], ["DOWN promised, came", pair(row.promised_down, row.delivered_down)],
    ["Skill over prior", row.log_loss_skill == null ? "–" : beside(percent(row.log_loss_skill, 2), row.skill_low, skillRange(row))], ["Trades", count(row.trades)],
    ["Net a trade", row.mean_net_return_bps == null ? "–" : beside(`${signed(row.mean_net_return_bps, 1)} bp`, row.net_return_low_bps, moneyRange(row))],
  ], classes);
}
function performanceChart(rows) {
  const x = rows.map((row) => Date.parse(row.day) / 1000);
  const promised = (name) => ({ stroke: color(name), width: 1.4, dash: [5, 5], points: { show: false } });
  const delivered = (name) => ({ stroke: color(name), width: 1.8, points: { show: true, size: 6, fill: color("card") } });
  const values = rows.flatMap((row) => [row.promised_up, row.delivered_up, row.promised_down, row.delivered_down]).filter((v) => v != null);
  chart = charted({
    height: 200, cursor: { drag: { x: false, y: false } }, hooks: { setCursor: [(u) => moved(u.cursor.idx)] }, scales: { y: { range: [0, Math.max(.01, ...values) * 1.12] } },
    axes: [timeAxis(), valueAxis((v) => `${+(100 * v).toFixed(2)} %`)],
    series: [{}, promised("up"), delivered("up"), promised("down"), delivered("down")],
  }, [x, ...["promised_up", "delivered_up", "promised_down", "delivered_down"].map((key) => rows.map((row) => row[key]))], $("promisedChart"));
}
export function drawPerformance() {
  if (!performed) return;
  const kept = shown[at]?.day;
  clearChart();
  const rows = performed.days.filter((row) => row.kind === kind), total = performed.totals.find((row) => row.kind === kind);
  say($("promisedWords"), performanceWords(total));
  hide($("promisedScroll"), !rows.length);
  for (const part of ["promisedChart", "promisedReadout", "promisedLegend"]) hide($(part), rows.length < 2);
  legend($("promisedLegend"), [["dashed", "UP", "UP promised"], ["line", "UP", "UP came"], ["dashed", "DOWN", "DOWN promised"], ["line", "DOWN", "DOWN came"]]);
  if (rows.length > 1) performanceChart(shown = rows);
  const again = shown.findIndex((row) => row.day === kept);
  if (again >= 0) queueMicrotask(() => { if (shown[again]?.day === kept) point(again); });  // once uPlot has set its scales
  const newest = rows.slice(-TABLE_DAYS).reverse().map((row) => performanceRow(row, row.day));
  $("promisedRows").replaceChildren(...(total ? [performanceRow(total, `${rows.length} days`.replace(/^1 days/, "1 day"), "total")] : []), ...newest);
}

function clearChart() {
  if (chart) chart.destroy();
  [chart, shown, at] = [null, [], null];
  say($("promisedReadout"), "");
  for (const part of ["promisedChart", "promisedReadout", "promisedLegend"]) hide($(part), true);
}
export function resizePerformance() {
  if (chart) chart.setSize({ width: Math.max(200, $("promisedChart").clientWidth), height: 200 });
}

// --- the day under the cursor ------------------------------------------------------------------------------------------
function moved(index) {
  at = index;
  const row = shown[index];
  say($("promisedReadout"), row ? `${row.day}: UP promised, came ${pair(row.promised_up, row.delivered_up)} · DOWN promised, came ${pair(row.promised_down, row.delivered_down)} · ${count(row.settled)} settled, ${many(row.events, "event")}` : "");
}
const KEYS = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };
walk($("promisedChart"), $("promisedReadout"), KEYS, (by) => {
  if (chart) point(Math.max(0, Math.min(shown.length - 1, (at ?? shown.length) + by)));
});
function point(to) {
  chart.setCursor({ left: chart.valToPos(chart.data[0][to], "x"), top: 10 });
  moved(to);
}
