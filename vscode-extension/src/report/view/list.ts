// The loops of one file, one below the other.

import type { AppliedItem, FileReport, FromView, Loop, Suggestion } from "../protocol";
import { rollBack } from "./bar";
import { chosen, suggested, type Choice } from "./choice";
import { detail } from "./detail";
import { button, element } from "./dom";
import { keyOf } from "./keys";
import type { Nests } from "./nests";

export interface Surroundings {
  readonly choice: Choice;
  /** Loops that are unfolded, by `uri:line`. */
  readonly open: ReadonlySet<string>;
  readonly nests: Nests;
  readonly applied: readonly AppliedItem[];
  readonly toggle: (loop: Loop) => void;
  readonly post: (message: FromView) => void;
}

export function list(file: FileReport, around: Surroundings): HTMLElement {
  const items = chosen(file, around.choice).map((loop) => item(file, loop, around));
  return items.length > 0 ? element("ol", { class: "loops" }, ...items) : element("p", { class: "none" }, "no loop is chosen");
}

function item(file: FileReport, loop: Loop, around: Surroundings): HTMLElement {
  const suggestion = suggested(file, loop);
  const key = keyOf(file.uri, loop.line);
  const isOpen = around.open.has(key);
  const go = (line: number) => around.post({ kind: "go", uri: file.uri, line });
  const line = button(String(loop.line), "Go there", () => go(loop.line));
  line.className = "link";
  const fold = summary(loop, suggestion);
  fold.setAttribute("aria-expanded", String(isOpen));
  fold.addEventListener("keydown", ({ key: pressed }) => pressed === "Enter" && around.toggle(loop));
  const head = element(
    "div",
    { class: "head", title: isOpen ? "Fold" : "Unfold" },
    element("span", { class: "line" }, line),
    fold,
    element("span", { class: "actions" }, ...actions(file, loop, suggestion, around)),
  );
  head.addEventListener("click", () => around.toggle(loop));
  const unfolded = isOpen ? detail(loop, suggestion, around.nests.of(file.uri, loop.line), go) : undefined;
  return element("li", { class: `loop ${loop.verdict}`, id: key }, head, unfolded);
}

function summary(loop: Loop, suggestion: Suggestion | undefined): HTMLElement {
  const code = element("div", { class: "code" }, element("code", {}, loop.text), element("span", {}, loop.function ?? ""));
  code.style.paddingInlineStart = `${loop.depth * 1.2}em`;
  const verdict = element("b", {}, loop.evidence === null ? loop.verdict : `${loop.verdict} (${loop.evidence})`);
  const said = suggestion ? element("code", {}, suggestion.text) : why(loop);
  return element("div", { role: "button", tabindex: "0" }, code, element("div", { class: "why" }, verdict, " ", said));
}

function why(loop: Loop): string {
  return loop.directive ?? loop.reasons[0]?.message ?? loop.silence ?? "";
}

function actions(file: FileReport, loop: Loop, suggestion: Suggestion | undefined, { applied, post }: Surroundings): HTMLElement[] {
  if (suggestion === undefined) {
    const here = applied.find(({ uri, line }) => uri === file.uri && line === loop.line - 1);
    return here && loop.directive !== null ? [rollBack([here.id], "Roll back", post)] : [];
  }
  const { code, line, column, text } = suggestion;
  const picks = [{ uri: file.uri, keys: [{ code, line, column, text }] }];
  const preview = button("Preview", "Look at the change first", () => post({ kind: "apply", picks, preview: true }));
  preview.className = "secondary";
  return [button("Apply", "Make this change", () => post({ kind: "apply", picks, preview: false })), preview];
}
