// The page: what is chosen, when it is read again, the theme.
import { ask, plainly, Refused } from "./answers.js";
import { fillCards, fillStripLegend, forgetCards } from "./cards.js";
import { clearCoverage, drawCoverage, fillCoverage } from "./coverage.js";
import { fillPipeline, fillSwitch, losePipeline, loseSwitch } from "./pipeline.js";
import { $, element, say, show, when } from "./place.js";
import { clearBoard, drawBoard, fillBoard, resizeBoard } from "./board.js";
import { chooseKind, clearPerformance, drawPerformance, fillPerformance, resizePerformance } from "./promised.js";
import { clearSeries, drawSeries, fillSeries, resizeSeries } from "./series.js";
import { cellName, clock, many, span } from "./words.js";

const EVERY_MS = 5000, SWITCH_MS = 20000, SLOW_MS = 50000;
const chosen = { symbol: null, cell: null, hours: 3 };
let state = null, receivedAt = 0, paused = false, timer = 0;

// --- what is chosen, kept in the address ----------------------------------------------------------------------------
const entry = () => state.symbols.find((one) => one.symbol === chosen.symbol) ?? state.symbols[0];
const keyOf = (cell) => `${cell.horizon_minutes}/${cell.threshold}`;
const cell = () => entry().cells.find((one) => keyOf(one) === chosen.cell) ?? entry().cells[0];
const question = () => ({ symbol: entry().symbol, horizon: cell().horizon_minutes, threshold: cell().threshold });
function remember() {
  history.replaceState(null, "", `#${[entry().symbol, keyOf(cell()), chosen.hours].join("/")}`);
}
function addressed() {
  try { return decodeURIComponent(location.hash.slice(1)); } catch { return ""; }  // an address that is none chooses nothing
}
function recall() {
  const [symbol, horizon, threshold, hours] = addressed().split("/");
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
  const without = state.left_out ?? [];
  show($("leftOut"), without.length ? `Of the settings' symbols the first ${state.symbols.length} are shown; ${many(without.length, "other is", "others are")} not: ${without.join(", ")}.` : "");
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
  fileAddress();
}
function fileAddress() {
  if (!entry().newest_minute) return;
  const to = new Date(Date.parse(entry().newest_minute) + 60000), from = new Date(to - chosen.hours * 3600000);
  $("file").href = `signals.csv?${new URLSearchParams({ ...question(), from: from.toISOString(), to: to.toISOString() })}`;
  $("file").title = `The signals of this cell of the last ${chosen.hours} hours; the address takes any span of 31 days at most.`;
}

// --- reading: the state every few seconds; each part by itself when it is of another cell or span, has news, or is old -------
// `asks` is its question: where that changes, the part is cleared, so that no number of another cell stays. A part that fails
// says so in its own panel and is read again at the next tick; the others go on.
const minutes = () => `${entry().newest_minute} ${entry().newest_answered}`;
const PARTS = [
  { route: "series", asks: () => ({ ...question(), hours: chosen.hours }), news: minutes, every: SLOW_MS, fill: (read) => fillSeries(read, cell(), chosen.hours), clear: clearSeries },
  { route: "coverage", asks: question, every: SLOW_MS, fill: fillCoverage, clear: clearCoverage },
  { route: "leaderboard", asks: question, every: SLOW_MS, fill: (read) => fillBoard(read, cell().champion), clear: clearBoard },
  { route: "performance", asks: question, every: SLOW_MS, fill: fillPerformance, clear: clearPerformance },
  { route: "pipeline", asks: () => ({}), every: SLOW_MS, fill: (read) => fillPipeline(read, state.read_at), lose: losePipeline },
  { route: "kill-switch", asks: () => ({}), every: SWITCH_MS, fill: (read) => fillSwitch(read, state.symbols.map((one) => one.symbol), state.read_at), lose: loseSwitch },
];
const isDue = (part, of) => of !== part.of || performance.now() - part.askedAt > part.every || (part.news && part.news() !== part.known);
const failureOf = (part) => $(`${part.route}Failure`);
function begin(part) {
  const panel = failureOf(part).closest(".panel");
  panel.style.minHeight = `${panel.offsetHeight}px`;  // what stands below it does not jump
  part.readAt = null;
  part.clear?.("Reading …");
  show(failureOf(part), "");
}
async function readPart(part) {
  const asked = part.asks(), of = JSON.stringify(asked);
  if (!isDue(part, of)) return;
  if (of !== part.of) begin(part);
  Object.assign(part, { of, askedAt: performance.now(), known: part.news?.() });
  try {
    const read = await ask(part.route, asked);
    if (part.of !== of) return;  // another cell or span was chosen meanwhile
    part.fill(read);
    part.readAt = state.read_at;
    show(failureOf(part), "");
  } catch (error) { if (part.of === of) lost(part, error); }
  failureOf(part).closest(".panel").style.minHeight = "";
}
function lost(part, error) {
  part.askedAt = -Infinity;
  if (!part.readAt) part.clear?.("");
  part.lose?.();
  const kept = part.readAt ? ` What stands here was read at ${clock(part.readAt)} UTC.` : "";
  show(failureOf(part), `${plainly(error)} This part is asked for again every few seconds.${kept}`);
  if (!isOurs(error)) reportError(error);
}
const isOurs = (error) => error instanceof Refused || error instanceof TypeError || error.name === "TimeoutError";
const readParts = () => Promise.all(PARTS.map(readPart));
function failed(error) {
  show($("failure"), plainly(error) + (state ? " What is shown below is the last that was read." : ""));
  $("waiting").hidden = true;
  if (!isOurs(error)) throw error;
}
async function update() {
  clearTimeout(timer);
  if (paused || document.hidden) return;
  try {
    state = await ask("state");
    receivedAt = performance.now();
    show($("failure"), "");
    if (state.symbols.length) { fill(); await readParts(); }
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
  await readParts();
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
    if (narrow !== innerWidth < 640) { narrow = innerWidth < 640; redraw(); } else { resizeSeries(); resizeBoard(); resizePerformance(); drawCoverage(); }
  }, 120);
});
setInterval(fillAges, 1000);
theme();
recall();
fillStripLegend();
update();
