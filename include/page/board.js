// How good the recipes were out of sample: the leaderboard, and how reliable the champion's probabilities were.
import { axisOf, charted, valueAxis } from "./axes.js";
import { $, color, drawn, element, hide, legend, say, tableRow } from "./place.js";
import { count, many, percent, score } from "./words.js";

let board = null, champion = null, charts = [];

// --- leaderboard ---------------------------------------------------------------------------------------------------
export function fillBoard(read, ofChampion) {
  [board, champion] = [read, ofChampion];
  drawBoard();
}
export function clearBoard(text) {
  board = null;
  say($("boardWords"), text);
  say($("reliabilityWords"), "");
  for (const part of ["boardScroll", "reliabilityLegend", "binsBox"]) hide($(part), true);
  clearReliability();
}
function boardWords(rows) {
  if (!rows.length) return "Nothing is scored in this cell yet: run the DAG train_candidates.";
  const first = rows[0];
  return `All on the same out-of-sample minutes, ${first.evaluated_from.slice(0, 10)} to ${first.evaluated_to.slice(0, 10)}: ${many(first.events, "event")} on ${many(first.days, "day")}. ` +
    "Skill 0 is no better than always saying the base rates; a recipe reigns only with an interval above the volatility baseline, and AUC direction 0.5 is a coin toss.";
}
function whisker(row, low, high) {
  const at = (x) => 4 + 172 * (x - low) / (high - low || 1);
  const svg = drawn("svg", { class: "whisker", viewBox: "0 0 180 18", "aria-hidden": "true" }, drawn("line", { class: "zero", x1: at(0), x2: at(0), y1: 1, y2: 17 }));
  if (row.skill_low != null) svg.append(drawn("line", { class: "range", x1: at(Math.max(low, row.skill_low)), x2: at(row.skill_high), y1: 9, y2: 9 }));
  if (row.log_loss_skill >= low) svg.append(drawn("circle", { cx: at(row.log_loss_skill), cy: 9, r: 3.5 }));
  return svg;
}
function boardRow(row, low, high) {
  const label = row.is_champion && champion ? element("a", { href: `models/${champion.model_id}` }, row.candidate) : row.candidate;
  const badges = [row.is_champion ? element("span", { class: "badge" }, "champion") : "", row.is_baseline ? element("span", { class: "soft" }, " baseline") : ""];
  return tableRow([label, ...badges], [
    ["Skill over prior", percent(row.log_loss_skill, 2)],
    ["", whisker(row, low, high), "wide"],
    ["95 % interval", row.skill_low == null ? "unknown" : `${percent(row.skill_low, 2)} to ${percent(row.skill_high, 2)}`],
    ["AUC big move", score(row.auc_big_move)],
    ["AUC up, down", `${score(row.auc_up)}, ${score(row.auc_down)}`],
    ["AUC direction", score(row.auc_direction)],
    ["Calibration error", row.calibration_error == null ? "–" : percent(row.calibration_error, 2)],
    ["Events", `${count(row.events)} on ${many(row.days, "day")}`],
  ], row.is_champion ? "champion" : row.is_baseline ? "baseline" : null);
}
export function drawBoard() {
  if (!board) return;
  const rows = board.rows, known = rows.filter((r) => r.log_loss_skill != null);
  say($("boardWords"), boardWords(rows));
  hide($("boardScroll"), !rows.length);
  const high = Math.max(.02, ...known.map((r) => r.skill_high ?? r.log_loss_skill)), low = Math.min(-.02, Math.max(-high, ...[Math.min(0, ...known.map((r) => r.skill_low ?? r.log_loss_skill))]));
  $("boardRows").replaceChildren(...rows.map((row) => boardRow(row, low, high)));
  drawReliability();
}

// --- reliability: predicted across, observed up, of the champion beside the volatility baseline ------------------------
function reliabilityChart(title, into, curves) {
  const ends = curves.flatMap(({ bins }) => bins.flatMap((bin) => [bin.predicted, bin.observed])), top = Math.max(.001, ...ends) * 1.06;
  const tables = curves.map(({ bins }) => [bins.map((bin) => bin.predicted), bins.map((bin) => bin.observed)]);
  const data = uPlot.join([[[0, top], [0, top]], ...tables.map(sorted)]);
  const style = (isChampion) => ({ stroke: color(isChampion ? "focus" : "soft"), width: isChampion ? 2 : 1.4, spanGaps: true, points: { show: true, size: isChampion ? 7 : 5, fill: color("card") } });
  const words = (v) => `${+(100 * v).toFixed(2)} %`;
  charts.push(charted({
    title, height: 230, cursor: { drag: { x: false, y: false } }, tzDate: undefined, scales: { x: { time: false, range: [0, top] }, y: { range: [0, top] } },
    axes: [axisOf({ values: (_, splits) => splits.map(words), size: 34, space: 60 }), valueAxis(words)],
    series: [{}, { stroke: color("line"), dash: [4, 4], width: 1.5, points: { show: false }, spanGaps: true }, ...curves.map((curve) => style(curve.is_champion))],
  }, data, into));
}
function sorted([xs, ys]) {  // uPlot wants each x once, ascending
  const pairs = new Map(xs.map((x, i) => [x, ys[i]])), order = [...pairs.keys()].sort((a, b) => a - b);
  return [order, order.map((x) => pairs.get(x))];
}
function clearReliability() {
  for (const chart of charts) chart.destroy();
  charts = [];
  $("reliability").replaceChildren();
}
function drawReliability() {
  clearReliability();
  const found = board.reliability.filter((row) => row.calibration_up && row.calibration_up.length);
  hide($("reliabilityLegend"), !found.length);
  hide($("binsBox"), !found.length);
  if (!found.length) { say($("reliabilityWords"), board.rows.length ? "No champion's curve is stored for this cell yet." : "No curve yet."); return; }
  const names = found.map((row) => row.candidate), lone = found.length === 1;
  const beside = lone ? "" : names[1] === "volatility_60m" ? `${names[1]} (baseline)` : `${names[1]} (the best that does not reign)`;
  say($("reliabilityWords"), `Bins of equally many out-of-sample minutes (${many(found[0].events, "event")} on ${many(found[0].days, "day")}); on the diagonal a probability is kept.`);
  const places = ["UP", "DOWN"].map((title) => element("div", { role: "img", "aria-label": `Reliability of ${title}: probability that was said against the share that came; the table below has its bins` }));
  $("reliability").append(...places);
  [["UP", "calibration_up"], ["DOWN", "calibration_down"]].forEach(([title, key], i) =>
    reliabilityChart(title, places[i], found.map((row) => ({ is_champion: row.is_champion, bins: row[key] }))));
  const heads = [`${names[0]} (champion)`, ...(lone ? [] : [beside])];
  fillBins(found, heads);
  legend($("reliabilityLegend"), [["line", "champion-line", heads[0]], ...heads.slice(1).map((head) => ["line", "soft", head]), ["dashed", "unknown", "said as it came"], [null, "", "across: probability that was said · up: share that came"]]);
}
// The same as a table: a row a bin, what was said, what came, and of how many minutes.
function fillBins(found, names) {
  $("binsHead").replaceChildren(...["Bin", ...names].map((text) => element("th", { scope: "col" }, text)));
  const told = (bin) => bin ? `said ${percent(bin.predicted, 2)}, came ${percent(bin.observed, 2)} of ${count(bin.rows)}` : "–";
  const rows = [["UP", "calibration_up"], ["DOWN", "calibration_down"]].flatMap(([title, key]) =>
    Array.from({ length: Math.max(...found.map((row) => row[key].length)) }, (_, i) =>
      tableRow(`${title} ${i + 1}`, found.map((row, n) => [names[n], told(row[key][i])]))));
  $("bins").replaceChildren(...rows);
}

export function resizeBoard() {
  for (const chart of charts) chart.setSize({ width: Math.max(200, chart.root.parentElement.clientWidth), height: 230 });
}
