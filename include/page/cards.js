// What each cell says now: a card a cell with its last 30 minutes, and the champions' table.
import { cellName, clock, count, many, percent, signed, span } from "./words.js";
import { $, hide, keyed, link, name, say, show, when, width } from "./place.js";

const MARKS = {  // shape and height tell them apart without colour; twelve units wide, 24 high
  UP: "M6 4 L10 11 H2 Z", DOWN: "M6 20 L10 13 H2 Z", SIDEWAYS: "M2.5 12 H9.5", ABSTAIN: "M3 9 L9 15 M9 9 L3 15", NONE: "M6 10.8 a1.2 1.2 0 1 0 .01 0 Z",
};
const HATCH = '<path class="hatch" d="M1.5 8 L8 1.5 M1.5 15 L10.5 6 M1.5 22 L10.5 13 M6.5 23 L10.5 20"/>';  // nobody could act on it
const cards = new Map(), champions = new Map();

function fillBar(fields, key, p, base) {
  width(fields[`bar${key}`].firstElementChild, "width", p);
  width(fields[`bar${key}`].lastElementChild, "left", base ?? 0);
  hide(fields[`bar${key}`].lastElementChild, base == null);
  say(fields[`text${key}`], `${percent(p)} (base ${percent(base)})`);
}

const markOf = (slot) => slot == null ? "NONE" : slot.side === "ABSTAIN" ? "ABSTAIN" : slot.prediction;
function spoken(slots) {
  const counts = {};
  for (const slot of slots) { const mark = markOf(slot); counts[mark] = (counts[mark] || 0) + 1; }
  return `Last ${slots.length} minutes: ` + Object.entries(counts).map(([mark, n]) => `${n} ${mark === "NONE" ? "unanswered" : mark}`).join(", ");
}
function drawing(slots) {
  return slots.map((slot, i) => {
    const mark = markOf(slot), trade = slot && (slot.side === "BUY" || slot.side === "SELL");
    const told = slot == null ? "unanswered" : `${slot.side}${slot.prediction ? `, ${slot.prediction}` : ""}${slot.is_late ? ", late" : ""}`;
    const ago = slots.length - 1 - i;
    return `<g class="${mark}${trade ? " solid" : ""}${slot && slot.is_late ? " late" : ""}" transform="translate(${12 * i} 0)">` +
      `<title>${ago ? `${ago} min before the newest minute` : "newest minute"}: ${told}</title>` +
      `<rect class="slot" stroke="none" x=".75" width="10.5" height="24" rx="2"/>${slot && slot.is_late ? HATCH : ""}<path d="${MARKS[mark]}"/></g>`;
  }).join("");
}
function fillStrip(svg, slots) {
  const key = JSON.stringify(slots);
  if (svg.dataset.key === key) return;
  svg.dataset.key = key;
  svg.innerHTML = drawing(slots);  // marks of a fixed set: no text of the warehouse gets in here
  svg.setAttribute("aria-label", spoken(slots));
}

function fillCard(fields, cell, newest, today) {
  const signal = cell.signal, scored = signal && signal.side !== "ABSTAIN";
  say(fields.name, cellName(cell));
  say(fields.side, signal ? signal.side : "NO SIGNAL");
  name(fields.side, `side ${signal ? signal.side : "NONE"}`);
  name(fields.node, signal && signal.ts === newest ? "cell" : "cell old");
  say(fields.prediction, !signal ? "Not answered yet" : scored ? signal.prediction : "Not scored");
  name(fields.prediction, signal ? (scored ? signal.prediction : "ABSTAIN") : "NONE");
  say(fields.confidence, scored ? `confidence ${percent(signal.confidence)}, base ${percent(signal[`base_rate_${signal.prediction.toLowerCase()}`])}` : "");
  hide(fields.bars, !scored);
  if (scored) for (const key of ["Up", "Sideways", "Down"]) fillBar(fields, key, signal[`p_${key.toLowerCase()}`], signal[`base_rate_${key.toLowerCase()}`]);
  show(fields.reason, signal ? signal.reason : cell.champion ? "" : "No champion yet: run the DAG train_candidates.");
  hide(fields.more, !signal);
  if (signal) {
    say(fields.edge, signal.expected_edge_bps == null ? "unknown" : `${signed(signal.expected_edge_bps, 1)} bp`);
    when(fields.minute, signal.ts, today);
    say(fields.behind, signal.ts === newest ? "" : ", behind the others");
    say(fields.latency, `${signal.latency_seconds < 120 ? `${signal.latency_seconds.toFixed(1)} s` : span(signal.latency_seconds)}${signal.is_late ? ", late" : ""}`);
  }
  fillStrip(fields.strip, cell.strip);
}

function fillChampion(fields, cell, today) {
  const c = cell.champion;
  say(fields.name, cellName(cell));
  say(fields.card, c ? c.candidate : "");
  if (c) link(fields.card, `models/${c.model_id}`, `Card of model ${c.model_id}`);
  say(fields.candidate, !c ? "none yet" : c.is_baseline ? " (baseline)" : "");
  say(fields.skill, c ? percent(c.skill, 2) : "–");
  say(fields.interval, !c ? "–" : c.skill_low == null ? "unknown" : `${percent(c.skill_low, 2)} to ${percent(c.skill_high, 2)}`);
  say(fields.baseline, c ? percent(c.baseline_skill, 2) : "–");
  say(fields.events, !c ? "–" : c.events == null ? "unknown" : `${count(c.events)} on ${many(c.days, "day")}`);
  if (c) when(fields.since, c.effective_from, today); else say(fields.since, clock(null));
}

export function fillCards(entry, today) {
  for (const cell of entry.cells) {
    const key = `${entry.symbol} ${cellName(cell)}`;
    fillCard(keyed(cards, key, "cell", $("cards")), cell, entry.newest_answered, today);
    fillChampion(keyed(champions, key, "champion", $("champions")), cell, today);
  }
}
export function forgetCards() {
  cards.clear(); champions.clear();
  $("cards").replaceChildren(); $("champions").replaceChildren();
}
export function fillStripLegend() {
  const entries = [["UP", "UP"], ["DOWN", "DOWN"], ["SIDEWAYS", "SIDEWAYS"], ["UP solid", "filled: BUY"], ["DOWN solid", "filled: SELL"], ["ABSTAIN", "ABSTAIN (not scored)"], ["NONE", "unanswered"], ["UP late", "hatched: late"]];
  $("stripLegend").innerHTML = "<li>Last 30 minutes, newest right:</li>" + entries.map(([mark, text]) => `<li><svg class="strip" viewBox="0 0 12 24" aria-hidden="true"><g class="${mark}">${mark.endsWith("late") ? HATCH : ""}<path d="${MARKS[mark.split(" ")[0]]}"/></g></svg>${text}</li>`).join("");
}
