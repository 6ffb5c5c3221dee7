// Which loops are shown, and in which order.

import type { FileReport, Loop, Suggestion, Verdict } from "../protocol";

export type Order = "line" | "verdict" | "length";

export interface Choice {
  readonly verdicts: readonly Verdict[];
  readonly onlySuggested: boolean;
  readonly words: string;
  readonly order: Order;
}

export const EVERYTHING: Choice = {
  verdicts: ["independent", "dependent", "unknown"],
  onlySuggested: false,
  words: "",
  order: "line",
};

const RANK: Readonly<Record<Verdict, number>> = { independent: 0, unknown: 1, dependent: 2 };
const ORDERS: Readonly<Record<Order, (one: Loop, other: Loop) => number>> = {
  line: (one, other) => one.line - other.line || one.column - other.column,
  verdict: (one, other) => RANK[one.verdict] - RANK[other.verdict],
  length: (one, other) => other.end_line - other.line - (one.end_line - one.line),
};

export function chosen(file: FileReport, choice: Choice): Loop[] {
  return file.loops
    .filter((loop) => choice.verdicts.includes(loop.verdict))
    .filter((loop) => !choice.onlySuggested || suggested(file, loop) !== undefined)
    .filter((loop) => speaksOf(loop, suggested(file, loop)).includes(choice.words.toLowerCase()))
    .sort((one, other) => ORDERS[choice.order](one, other) || ORDERS.line(one, other));
}

export function suggested(file: FileReport, loop: Loop): Suggestion | undefined {
  return file.suggestions.find(({ kind, line, column }) => kind === "openmp" && line === loop.line && column === loop.column);
}

function speaksOf(loop: Loop, suggestion: Suggestion | undefined): string {
  const reasons = loop.reasons.map(({ message }) => message);
  return [loop.text, loop.function, loop.verdict, loop.directive, loop.silence, suggestion?.text, ...reasons].join("\n").toLowerCase();
}
