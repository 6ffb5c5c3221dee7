// The loops of one file, a row each.

import type { FileReport, FromView, Loop, Suggestion } from "../protocol";
import { chosen, suggested, type Choice } from "./choice";
import { detail } from "./detail";
import { button, element } from "./dom";

export interface Surroundings {
  readonly choice: Choice;
  /** Loops that are unfolded, by `uri:line`. */
  readonly open: ReadonlySet<string>;
  readonly toggle: (key: string) => void;
  readonly post: (message: FromView) => void;
}

export function table(file: FileReport, around: Surroundings): HTMLElement {
  const rows = chosen(file, around.choice).flatMap((loop) => row(file, loop, around));
  const none = element("tr", {}, element("td", { colspan: "5", class: "none" }, "no loop is chosen"));
  const head = ["line", "loop", "verdict", "why, or what to add", ""].map((name) => element("th", { scope: "col" }, name));
  return element(
    "table",
    {},
    element("thead", {}, element("tr", {}, ...head)),
    element("tbody", {}, ...(rows.length > 0 ? rows : [none])),
  );
}

export function keyOf(uri: string, line: number): string {
  return `${uri}:${line}`;
}

function row(file: FileReport, loop: Loop, around: Surroundings): HTMLElement[] {
  const suggestion = suggested(file, loop);
  const key = keyOf(file.uri, loop.line);
  const isOpen = around.open.has(key);
  const go = (line: number) => around.post({ kind: "go", uri: file.uri, line });
  const line = button(String(loop.line), "Go there", () => go(loop.line));
  line.className = "link";
  const code = element("code", {}, loop.text);
  code.style.paddingInlineStart = `${loop.depth * 1.2}em`;
  const made = element(
    "tr",
    { class: "loop", id: key, "aria-expanded": String(isOpen), title: "Unfold" },
    element("td", { class: "line" }, line),
    element("td", { class: "code" }, code, element("span", { class: "function" }, loop.function ?? "")),
    element("td", { class: `verdict ${loop.verdict}` }, loop.evidence === null ? loop.verdict : `${loop.verdict} (${loop.evidence})`),
    element("td", { class: "why" }, suggestion ? element("code", {}, suggestion.text) : why(loop)),
    element("td", { class: "actions" }, ...(suggestion ? actions(file, suggestion, around) : [])),
  );
  made.addEventListener("click", () => around.toggle(key));
  const unfolded = element("tr", { class: "unfolded" }, element("td", { colspan: "5" }, detail(loop, suggestion, go)));
  return isOpen ? [made, unfolded] : [made];
}

function why(loop: Loop): string {
  return loop.directive ?? loop.reasons[0]?.message ?? loop.silence ?? "";
}

function actions(file: FileReport, suggestion: Suggestion, { post }: Surroundings): HTMLElement[] {
  const { code, line, column, text } = suggestion;
  const picks = [{ uri: file.uri, keys: [{ code, line, column, text }] }];
  const preview = button("Preview", "Look at the change first", () => post({ kind: "apply", picks, preview: true }));
  preview.className = "secondary";
  return [button("Apply", "Make this change", () => post({ kind: "apply", picks, preview: false })), preview];
}
