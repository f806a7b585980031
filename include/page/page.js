// The page: what is chosen, when it is read again, the theme.
import { ask, plainly, Refused } from "./answers.js";
import { fillCards, fillStripLegend, forgetCards } from "./cards.js";
import { drawCoverage, fillCoverage } from "./coverage.js";
import { fillPipeline, readSwitch } from "./pipeline.js";
import { $, element, say, show, when } from "./place.js";
import { chooseKind, drawBoard, drawPerformance, fillBoard, fillPerformance, resizeScores } from "./scores.js";
import { drawSeries, fillSeries, resizeSeries } from "./series.js";
import { cellName, span } from "./words.js";

const EVERY_MS = 5000, SLOW_MS = 50000;
const chosen = { symbol: null, cell: null, hours: 3 };
let state = null, receivedAt = 0, paused = false, timer = 0, shown = "", slowAt = -Infinity, slowOf = "";

// --- what is chosen, kept in the address ----------------------------------------------------------------------------
const entry = () => state.symbols.find((one) => one.symbol === chosen.symbol) ?? state.symbols[0];
const keyOf = (cell) => `${cell.horizon_minutes}/${cell.threshold}`;
const cell = () => entry().cells.find((one) => keyOf(one) === chosen.cell) ?? entry().cells[0];
const question = () => ({ symbol: entry().symbol, horizon: cell().horizon_minutes, threshold: cell().threshold });
function remember() {
  history.replaceState(null, "", `#${[entry().symbol, keyOf(cell()), chosen.hours].join("/")}`);
}
function recall() {
  const [symbol, horizon, threshold, hours] = decodeURIComponent(location.hash.slice(1)).split("/");
  if (!threshold) return;
  Object.assign(chosen, { symbol, cell: `${horizon}/${threshold}` });
  const radio = document.querySelector(`#hours input[value="${CSS.escape(hours ?? "")}"]`);
  if (radio) { radio.checked = true; chosen.hours = Number(hours); }
}
function choices(into, group, values, isChecked, label) {
  const known = [...into.querySelectorAll("input")].map((input) => input.value).join();
  if (known !== values.join()) {
    for (const old of into.querySelectorAll("label")) old.remove();
    into.append(...values.map((value) => element("label", {}, element("input", { type: "radio", name: group, value }), element("span"))));
  }
  for (const one of into.querySelectorAll("label")) { one.firstElementChild.checked = isChecked(one.firstElementChild.value); label(one.lastElementChild, one.firstElementChild.value); }
}
function cellLabel(node, key) {
  if (!node.firstChild) node.append(element("b"), element("em"));
  const one = entry().cells.find((found) => keyOf(found) === key), signal = one.signal;
  say(node.firstElementChild, cellName(one));
  say(node.lastElementChild, !signal ? "no signal yet" : signal.side === "ABSTAIN" ? "ABSTAIN" : `${signal.prediction}, ${signal.side}`);
}
function fillChoices() {
  $("symbols").hidden = state.symbols.length < 2;
  choices($("symbols"), "symbol", state.symbols.map((one) => one.symbol), (value) => value === entry().symbol, say);
  choices($("cells"), "cell", entry().cells.map(keyOf), (value) => value === keyOf(cell()), cellLabel);
}

// --- filling ---------------------------------------------------------------------------------------------------------
function fillAges() {
  if (!state) return;
  const since = (performance.now() - receivedAt) / 1000, one = entry(), ago = isLab() ? " ago" : "";
  say($("age"), one.age_seconds == null ? "none yet" : span(one.age_seconds + since) + ago);
  say($("read"), paused ? `paused, read ${span(since)} ago` : `read ${span(since)} ago`);
}
const isLab = () => state.source && state.source.kind !== "cortex";
function fillBanner() {
  const kind = state.source && state.source.kind;
  $("banner").hidden = kind !== "simulated" && kind !== "replay";
  if ($("banner").hidden) return;
  say($("banner").firstElementChild, kind === "simulated" ? "SIMULATED MARKET" : "REPLAY");
  say($("banner").lastElementChild, kind === "simulated" ? `: prices are made up by the bundled lab (${state.source.identity}).` : ": real candles, replayed.");
}
function fill() {
  $("content").hidden = false;
  $("waiting").hidden = true;
  const one = entry();
  fillBanner();
  fillChoices();
  when($("newest"), one.newest_minute, state.read_at);
  when($("answered"), one.newest_answered, state.read_at);
  say($("ageLabel"), isLab() ? "Loaded" : "Age");
  show($("notice"), one.notice);
  fillCards(one, state.read_at);
  fillAges();
}
function fileAddress() {
  if (!entry().newest_minute) return;
  const to = new Date(Date.parse(entry().newest_minute) + 60000), from = new Date(to - chosen.hours * 3600000);
  $("file").href = `signals.csv?${new URLSearchParams({ ...question(), from: from.toISOString(), to: to.toISOString() })}`;
  $("file").title = `The signals of this cell of the last ${chosen.hours} hours; the address takes any span of 31 days at most.`;
}

// --- reading: the state every few seconds, the charts when a minute is new, all else at most once a minute -----------------
const isShown = (what) => what === shown;  // else another cell or span was chosen meanwhile
async function readMinute(what) {
  const asked = question(), of = cell(), hours = chosen.hours;
  const [series] = await Promise.all([ask("series", { ...asked, hours }), readSwitch(state.symbols.map((one) => one.symbol), state.read_at)]);
  if (!isShown(what)) return;
  fillSeries(series, of, hours);
  fileAddress();
}
async function readSlow(what) {
  const asked = question(), champion = cell().champion;
  const fills = [["coverage", asked, fillCoverage], ["leaderboard", asked, (read) => fillBoard(read, champion)], ["performance", asked, fillPerformance], ["pipeline", {}, (read) => fillPipeline(read, state.read_at)]];
  const done = await Promise.allSettled(fills.map(async ([route, of, fillPart]) => { const read = await ask(route, of); if (isShown(what)) fillPart(read); }));
  const broken = done.find((one) => one.status === "rejected");  // a part that fails leaves the others alone
  if (broken) throw broken.reason;
}
async function readCharts() {
  const one = entry(), which = [one.symbol, keyOf(cell())].join(), what = [which, chosen.hours, one.newest_minute, one.newest_answered].join();
  if (isShown(what)) return;
  const isSlowDue = performance.now() - slowAt > SLOW_MS || which !== slowOf;
  shown = what;
  try { await readMinute(what); } catch (error) { if (isShown(what)) shown = ""; throw error; }
  if (!isSlowDue || !isShown(what)) return;
  [slowAt, slowOf] = [performance.now(), which];
  await readSlow(what);
}
function failed(error) {
  show($("failure"), plainly(error) + (state ? " What is shown below is the last that was read." : ""));
  $("waiting").hidden = true;
  if (!(error instanceof Refused || error instanceof TypeError || error.name === "TimeoutError")) throw error;
}
async function update() {
  clearTimeout(timer);
  if (paused || document.hidden) return;
  try {
    state = await ask("state");
    receivedAt = performance.now();
    show($("failure"), "");
    if (state.symbols.length) { fill(); await readCharts(); }
  } catch (error) { failed(error); } finally {
    clearTimeout(timer);
    timer = setTimeout(update, EVERY_MS);
  }
}
async function choose(change) {
  if (change.symbol && change.symbol !== entry().symbol) forgetCards();
  Object.assign(chosen, change);
  remember();
  fill();
  try { await readCharts(); } catch (error) { failed(error); }
}

// --- theme: as chosen here, else as in Airflow's own menu, else as the system has it ------------------------------------------
const stored = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
function theme() {
  const wanted = stored("signals-theme") ?? stored("theme");
  const dark = wanted === "dark" || (wanted !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  say($("theme"), dark ? "Light" : "Dark");
  $("theme").title = `Show this page in ${dark ? "light" : "dark"} colours`;
}
function redraw() { drawSeries(); drawCoverage(); drawBoard(); drawPerformance(); }
function followAirflow(event) {
  if (event.key === "theme") try { localStorage.removeItem("signals-theme"); } catch { /* storage is blocked */ }
  theme();
  redraw();
}
$("theme").addEventListener("click", () => {
  try { localStorage.setItem("signals-theme", document.documentElement.dataset.theme === "dark" ? "light" : "dark"); } catch { /* storage is blocked */ }
  theme();
  redraw();
});

// Airflow shows the page in a frame that may not leave itself: a link to a DAG is followed by the window around it.
$("runs").addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || window.parent === window) return;
  event.preventDefault();
  const outer = window.parent.document.createElement("a");
  outer.href = link.href;
  outer.click();
});
$("symbols").addEventListener("change", (event) => choose({ symbol: event.target.value, cell: null }));
$("cells").addEventListener("change", (event) => choose({ cell: event.target.value }));
$("hours").addEventListener("change", (event) => choose({ hours: Number(event.target.value) }));
$("kinds").addEventListener("change", (event) => chooseKind(event.target.value));
$("pause").addEventListener("click", () => {
  paused = !paused;
  say($("pause"), paused ? "Resume updates" : "Pause updates");
  if (!paused) update(); else fillAges();
});
document.addEventListener("visibilitychange", update);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { theme(); redraw(); });
addEventListener("storage", followAirflow);
let narrow = innerWidth < 640, resizing = 0;
addEventListener("resize", () => {
  clearTimeout(resizing);
  resizing = setTimeout(() => {
    if (narrow !== innerWidth < 640) { narrow = innerWidth < 640; redraw(); } else { resizeSeries(); resizeScores(); drawCoverage(); }
  }, 120);
});
setInterval(fillAges, 1000);
theme();
recall();
fillStripLegend();
update();
