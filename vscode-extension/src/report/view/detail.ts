// A loop unfolded: everything that is known about it.

import type { Loop, Nest, Suggestion } from "../protocol";
import { button, element } from "./dom";
import { drawing } from "./drawing";

type Go = (line: number) => void;

export function detail(loop: Loop, suggestion: Suggestion | undefined, nest: Nest | undefined, go: Go): HTMLElement {
  const parts = [
    suggestion && element("pre", {}, suggestion.text),
    suggestion && sentence(`${suggestion.evidence}; ${Math.round(100 * suggestion.confidence)} % of authors would write it so`),
    loop.directive !== null ? sentence("It has: ", element("code", {}, loop.directive)) : undefined,
    loop.silence !== null ? sentence(`No directive is offered: ${loop.silence}`) : undefined,
    ...remedies(loop, nest).map((remedy) => sentence(element("b", {}, "Remedy: "), remedy)),
    list("Why", loop.reasons.map(({ line, message }) => [place(line, go), message])),
    ...(nest ? dependences(nest, go) : []),
    list("Variables", loop.scalars.map(({ name, role, line, reason }) => [element("code", {}, name), ` ${role} `, place(line, go), reason])),
    list("Assumed", (suggestion?.assumptions ?? loop.assumptions).map((assumption) => [assumption])),
  ];
  return element("div", { class: "detail" }, ...parts);
}

/** As far as the whole nest tells, else as far as the loop alone does. */
function remedies(loop: Loop, nest: Nest | undefined): readonly string[] {
  return nest && nest.remedies.length > 0 ? nest.remedies : loop.remedy !== null ? [loop.remedy] : [];
}

function dependences(nest: Nest, go: Go): (HTMLElement | undefined)[] {
  const items = nest.dependences.map(({ words, lines }) => [element("code", {}, words), ...lines.map((line) => place(line, go))]);
  return [
    list(`Dependences ${nest.over}`, [...items, ...(nest.left_out !== null && items.length > 0 ? [[nest.left_out]] : [])]),
    nest.svg !== null ? drawing(nest.svg) : undefined,
  ];
}

function sentence(...children: readonly (Node | string)[]): HTMLElement {
  return element("p", {}, ...children);
}

function place(line: number, go: Go): HTMLElement {
  const made = button(`line ${line}`, "Go there", () => go(line));
  made.className = "link";
  return made;
}

function list(title: string, items: readonly (readonly (Node | string)[])[]): HTMLElement | undefined {
  const entries = items.map((children) => element("li", {}, ...children.flatMap((child) => [child, " "])));
  return items.length > 0 ? element("section", {}, element("h3", {}, title), element("ul", {}, ...entries)) : undefined;
}
