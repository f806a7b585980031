// Putting values in place: only what changed is touched, so nothing flickers and focus stays. Texts never become markup.
import { clock, local } from "./words.js";

export const $ = (id) => document.getElementById(id);

export function part(template) {
  const node = $(template).content.firstElementChild.cloneNode(true);
  const fields = { node };
  for (const field of node.querySelectorAll("[data-f]")) fields[field.dataset.f] = field;
  return fields;
}
export function keyed(map, key, template, parent) {
  if (!map.has(key)) { const fields = part(template); parent.append(fields.node); map.set(key, fields); }
  return map.get(key);
}
export function say(node, text) { if (node.textContent !== text) node.textContent = text; }
export function hide(node, hidden) { if (node.hidden !== hidden) node.hidden = hidden; }
export function show(node, text) { hide(node, !text); say(node, text || ""); }
export function name(node, classes) { if (node.className !== classes) node.className = classes; }
export function when(node, iso, today) { say(node, clock(iso, today)); if (iso) { node.title = `${local(iso)} local time`; node.dateTime = iso; } }
export function link(node, address, title) { if (node.getAttribute("href") !== address) { node.setAttribute("href", address); node.title = title; } }
export function width(node, property, share) { const to = `${(100 * Math.min(1, Math.max(0, share))).toFixed(2)}%`; if (node.style[property] !== to) node.style[property] = to; }

export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) if (value != null) node.setAttribute(key, value);
  node.append(...children);
  return node;
}
export function drawn(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}
// A row of a table: a heading cell, then [label, text or node, class] each.
export function tableRow(heading, cells, classes) {
  const row = element("tr", { class: classes }, element("th", { scope: "row" }, ...[heading].flat()));
  for (const [label, value, kind] of cells) row.append(element("td", { "data-label": label, class: kind }, value instanceof Node ? value : String(value)));
  return row;
}
export const timeOf = (iso, today) => { const node = element("time"); when(node, iso, today); return node; };

// Legends: [shape, class, text]; a shape is box, hatch, line, dashed, up, down, and each with "solid".
const SHAPES = {
  box: () => [drawn("rect", { width: 16, height: 12, rx: 2 })],
  hatch: () => [drawn("path", { d: "M.75 .75 H15.25 V11.25 H.75 Z M1 7 L7 1 M3 11 L13 1 M9 11 L15 5" })],
  line: () => [drawn("line", { x1: 0, x2: 16, y1: 6, y2: 6 })],
  dashed: () => [drawn("line", { x1: 0, x2: 16, y1: 6, y2: 6, class: "dashed" })],
  up: () => [drawn("path", { d: "M8 1 L13 11 H3 Z" })],
  down: () => [drawn("path", { d: "M8 11 L13 1 H3 Z" })],
  upSolid: () => [drawn("path", { d: "M8 1 L13 11 H3 Z", class: "solid" })],
  downSolid: () => [drawn("path", { d: "M8 11 L13 1 H3 Z", class: "solid" })],
};
export function legend(list, entries) {
  list.replaceChildren(...entries.map(([shape, kind, text]) =>
    element("li", {}, ...(shape ? [drawn("svg", { class: `swatch ${kind}`, viewBox: "0 0 16 12", "aria-hidden": "true" }, ...SHAPES[shape]())] : []), text)));
}
export const color = (variable) => getComputedStyle(document.documentElement).getPropertyValue(`--${variable}`).trim();
