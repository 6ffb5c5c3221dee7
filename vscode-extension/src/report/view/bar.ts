// What stands above the files: counts that filter, search, order, and what concerns all suggestions at once.

import type { AppliedItem, FileReport, FromView, Suggestion, Verdict } from "../protocol";
import { EVERYTHING, type Choice, type Order } from "./choice";
import { button, element } from "./dom";

const ORDERS: Readonly<Record<Order, string>> = { line: "by line", verdict: "parallel first", length: "longest first" };

export function filters(files: readonly FileReport[], choice: Choice, change: (choice: Choice) => void): HTMLElement {
  const loops = files.flatMap((file) => file.loops);
  const chips = EVERYTHING.verdicts.map((verdict) => {
    const count = loops.filter((loop) => loop.verdict === verdict).length;
    return chip(`${count} ${verdict}`, verdict, choice.verdicts.includes(verdict), () => change(without(choice, verdict)));
  });
  const suggestions = files.flatMap((file) => file.suggestions).filter(({ kind }) => kind === "openmp").length;
  const only = { ...choice, onlySuggested: !choice.onlySuggested };
  chips.push(chip(`${suggestions} with a suggestion`, "offered", choice.onlySuggested, () => change(only)));
  return element("div", { class: "filters" }, ...chips, search(choice, change), orders(choice, change));
}

export function bulk(files: readonly FileReport[], applied: readonly AppliedItem[], post: (message: FromView) => void): HTMLElement {
  const proved = picksOf(files, ({ evidence }) => evidence === "proved");
  const all = picksOf(files, () => true);
  const made = element("div", { class: "bulk" });
  if (proved.length > 0) {
    made.append(button("Apply all proved", "Make every proved change", () => post({ kind: "apply", picks: proved, preview: false })));
  }
  if (all.length > 0) {
    const preview = button("Preview all", "Look at every change first", () => post({ kind: "apply", picks: all, preview: true }));
    preview.className = "secondary";
    made.append(preview);
  }
  if (applied.length > 1) {
    made.append(rollBack(applied.map(({ id }) => id), "Roll back all", post));
  }
  return made;
}

export function rollBack(ids: readonly number[], label: string, post: (message: FromView) => void): HTMLElement {
  const made = button(label, "Take back what was applied", () => post({ kind: "rollBack", ids }));
  made.className = "secondary";
  return made;
}

function picksOf(files: readonly FileReport[], isWanted: (suggestion: Suggestion) => boolean) {
  return files
    .map(({ uri, suggestions }) => ({
      uri,
      keys: suggestions.filter(isWanted).map(({ code, line, column, text }) => ({ code, line, column, text })),
    }))
    .filter(({ keys }) => keys.length > 0);
}

function chip(label: string, kind: string, isOn: boolean, act: () => void): HTMLElement {
  const made = button(label, "Show or hide", act);
  made.className = `chip ${kind}`;
  made.setAttribute("aria-pressed", String(isOn));
  return made;
}

function without(choice: Choice, verdict: Verdict): Choice {
  const { verdicts } = choice;
  return { ...choice, verdicts: verdicts.includes(verdict) ? verdicts.filter((one) => one !== verdict) : [...verdicts, verdict] };
}

function search(choice: Choice, change: (choice: Choice) => void): HTMLElement {
  const made = element("input", { type: "search", id: "words", placeholder: "Filter", "aria-label": "Filter", value: choice.words });
  made.addEventListener("input", () => change({ ...choice, words: made.value }));
  return made;
}

function orders(choice: Choice, change: (choice: Choice) => void): HTMLElement {
  const options = Object.entries(ORDERS).map(([value, label]) => element("option", { value }, label));
  const made = element("select", { "aria-label": "Order" }, ...options);
  made.value = choice.order;
  made.addEventListener("change", () => change({ ...choice, order: made.value as Order }));
  return made;
}
