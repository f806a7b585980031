// How the pipeline is, and the kill switch.
import { ask, plainly, tell } from "./answers.js";
import { $, element, hide, say, show, tableRow, timeOf } from "./place.js";
import { cellName, clock, count, many, span } from "./words.js";

const CHECKS_OLD_SECONDS = 2 * 3600;

export function fillPipeline(health, today) {
  fillFreshness(health.freshness, today);
  fillAlerts(health.alerts, today);
  fillChecks(health.checks, today);
}
export function losePipeline() {
  say($("alertState"), "not read");
  $("alertState").className = "";
}
const ofAll = (rows) => rows.length ? rows[0].of_all : 0;
const age = (seconds) => seconds == null ? "none yet" : span(seconds);
function fillFreshness(rows, today) {
  $("freshness").replaceChildren(...rows.map((row) => tableRow(row.symbol, [
    ["First minute", timeOf(row.first_minute, today)], ["Newest minute", timeOf(row.newest_minute, today)], ["Age", age(row.minute_age_seconds)],
    ["Newest answered", row.newest_signal ? timeOf(row.newest_signal, today) : "none yet"], ["Age", age(row.signal_age_seconds)],
  ])));
  const all = ofAll(rows);
  show($("freshnessWords"), all > rows.length ? `Of ${count(all)} symbols the ${rows.length} furthest behind are shown.` : "");
  if (!rows.length) $("freshness").replaceChildren(tableRow("nothing loaded yet", []));
}
function fillAlerts(alerts, today) {
  const all = ofAll(alerts), cut = all > alerts.length ? ` The newest ${alerts.length} are shown.` : "";
  say($("alertState"), all ? count(all) : "none");
  $("alertState").className = alerts.length ? "ON" : "";
  say($("alertWords"), alerts.length ? `${many(all, "alert is", "alerts are")} open; docs/runbook.md says what to do.${cut}` : "None is open.");
  $("alerts").replaceChildren(...alerts.map((alert) => element("li", {}, element("b", {}, alert.alert_key), ` since ${clock(alert.opened_at, today)}, seen ${many(alert.seen, "time")}: ${alert.summary} (runbook: ${alert.runbook})`)));
}
const of = (check) => [check.symbol, check.horizon_minutes ? cellName(check) : null].filter(Boolean).join(", ") || "all";
function checkRow(check, today) {
  const status = element("span", { class: `status ${check.status}` }, check.status + (check.is_blocking && check.status === "failed" ? ", stops signals" : ""));
  return tableRow(check.name, [["Status", status], ["Of", of(check)], ["Found", check.status === "ok" ? check.detail : `${check.detail} (runbook: ${check.runbook})`, "long"], ["When", timeOf(check.checked_at, today)]]);
}
function fillChecks(checks, today) {
  hide($("checkScroll"), !checks.length);
  $("checks").replaceChildren(...checks.map((check) => checkRow(check, today)));
  if (!checks.length) return say($("checkWords"), "No check has run yet: the DAG monitor_pipeline writes a row for each, every time it runs.");
  const newest = Math.max(...checks.map((check) => Date.parse(check.checked_at))), old = (Date.now() - newest) / 1000;
  const bad = checks.filter((check) => check.status === "failed" || check.status === "alert").length;
  const stale = old > CHECKS_OLD_SECONDS ? ` The newest ran ${span(old)} ago: is the DAG monitor_pipeline running?` : "";
  const cut = checks[0].of_all > checks.length ? ` Of ${checks[0].of_all} the first ${checks.length} are shown, what is not good before all else.` : "";
  say($("checkWords"), `The newest of each, of the two days before the newest one: ${bad ? `${bad} of ${checks.length} not good` : `all ${checks.length} good or too little to tell`}.${cut}${stale}`);
}

// --- kill switch -----------------------------------------------------------------------------------------------------
let switches = [], symbols = [], asked = null;
const form = $("switchForm"), place = () => form.elements.symbol.value || null;
const nameOf = (symbol) => symbol ?? "all symbols";
const isOn = (symbol) => switches.some((one) => one.symbol === symbol && one.is_on);

export function loseSwitch() {
  say($("switchState"), "not read");
  $("switchState").className = "";
}
export function fillSwitch(told, known, today) {
  [switches, symbols] = [told.switches, known];
  const on = switches.filter((one) => one.is_on);
  say($("switchState"), on.length ? `ON: ${on.map((one) => nameOf(one.symbol)).join(", ")}` : "off");
  $("switchState").className = on.length ? "ON" : "";
  hide($("killed"), !on.length);
  say($("killed").lastElementChild, on.map((one) => `: ${nameOf(one.symbol)}, by ${one.set_by} at ${clock(one.set_at, today)} UTC, "${one.reason}". Every minute is answered with ABSTAIN.`).join(" "));
  $("switches").replaceChildren(...(switches.length ? switches.map((one) => switchLine(one, today)) : [element("li", {}, "Off: nobody has turned it yet.")]));
  hide(form, !told.may_set);
  hide($("mayNot"), told.may_set);
  fillForm();
}
const switchLine = (one, today) => element("li", {}, element("b", {}, `${nameOf(one.symbol)}: ${one.is_on ? "ON" : "off"}`), " since ", timeOf(one.set_at, today), ` UTC, by ${one.set_by}: ${one.reason}`);
function fillForm() {
  const select = form.elements.symbol, wanted = ["", ...symbols];
  if (wanted.join() !== [...select.options].map((option) => option.value).join()) select.replaceChildren(...wanted.map((symbol) => element("option", { value: symbol }, nameOf(symbol || null))));
  say($("turn"), isOn(place()) ? `Turn signals of ${nameOf(place())} on again` : `Turn off signals of ${nameOf(place())}`);
  hide($("turn"), asked !== null);
  hide($("confirm"), asked === null);
  if (asked) say($("yes"), asked.is_on ? `Yes, ABSTAIN from now on: ${nameOf(asked.symbol)}` : `Yes, signals again: ${nameOf(asked.symbol)}`);
}
form.elements.symbol.addEventListener("change", () => { asked = null; fillForm(); });
form.elements.reason.addEventListener("input", () => { if (asked) { asked = null; fillForm(); } });
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const reason = form.elements.reason.value.trim();
  if (!reason) return show($("switchSaid"), "Say why first: the reason is kept with the row.");
  asked = { symbol: place(), is_on: !isOn(place()), reason };
  show($("switchSaid"), "");
  fillForm();
  $("yes").focus();
});
$("no").addEventListener("click", () => { asked = null; fillForm(); $("turn").focus(); });
$("yes").addEventListener("click", async () => {
  const act = asked;
  asked = null;
  try {
    await tell("kill-switch", act);
    form.elements.reason.value = "";
    show($("switchSaid"), act.is_on ? `Turned: from the next minute on ${nameOf(act.symbol)} is answered with ABSTAIN.` : `Turned: from the next minute on ${nameOf(act.symbol)} gets signals again.`);
    fillSwitch(await ask("kill-switch"), symbols);
  } catch (error) {
    show($("switchSaid"), plainly(error));
    fillForm();
  }
});
