// The picture: a file from its first line to its last, its loops as bars by depth, coloured by verdict; below them what
// keeps loops from being parallel.

import type { FileReport, Loop } from "../protocol";
import { suggested } from "./choice";
import { element, picture } from "./dom";

const HEIGHT = 14;
const GAP = 2;
/** The share of the width that even the shortest loop of a long file has. */
const LEAST = 1 / 250;

export function strip(file: FileReport, go: (line: number) => void): HTMLElement {
  const rows = 1 + Math.max(...file.loops.map(({ depth }) => depth));
  const height = rows * (HEIGHT + GAP) + 8;
  const box = { viewBox: `0 0 ${file.lines} ${height}`, preserveAspectRatio: "none", height, role: "img" };
  const bars = file.loops.map((loop) => bar(file, loop, go));
  const label = `${file.loops.length} loops along the ${file.lines} lines of ${file.name}, coloured by verdict`;
  const drawn = picture("svg", { ...box, "aria-label": label }, ...bars, ...obstacles(file, height, go));
  return element("figure", { class: "strip" }, drawn, ruler(file.lines));
}

function bar(file: FileReport, loop: Loop, go: (line: number) => void): SVGElement {
  const suggestion = suggested(file, loop);
  const kind = loop.directive !== null ? "directive" : suggestion ? "offered" : "";
  const place = { x: loop.line - 1, y: loop.depth * (HEIGHT + GAP), width: wide(file, loop.end_line - loop.line + 1), height: HEIGHT };
  const made = picture("rect", { ...place, class: `bar ${loop.verdict} ${kind}` }, tip(`line ${loop.line}: ${loop.text}\n${loop.verdict}${suggestion ? `\n${suggestion.text}` : ""}`));
  made.addEventListener("click", () => go(loop.line));
  return made;
}

function obstacles(file: FileReport, height: number, go: (line: number) => void): SVGElement[] {
  const dependent = file.loops.filter(({ verdict }) => verdict === "dependent");
  return dependent.flatMap(({ reasons }) => reasons).map(({ line, message }) => {
    const made = picture("rect", { x: line - 1, y: height - 6, width: wide(file, 1), height: 6, class: "obstacle" }, tip(`line ${line}: ${message}`));
    made.addEventListener("click", () => go(line));
    return made;
  });
}

function wide(file: FileReport, lines: number): number {
  return Math.max(lines, file.lines * LEAST);
}

function ruler(lines: number): HTMLElement {
  const step = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000].find((size) => lines / size <= 12) ?? 10_000;
  const marks = Array.from({ length: Math.floor(lines / step) }, (_, index) => (index + 1) * step);
  const made = element("div", { class: "ruler", "aria-hidden": "true" });
  for (const mark of marks) {
    const label = element("span", {}, String(mark));
    label.style.left = `${((mark - 1) / lines) * 100}%`;
    made.append(label);
  }
  return made;
}

function tip(text: string): SVGElement {
  return picture("title", {}, document.createTextNode(text));
}
