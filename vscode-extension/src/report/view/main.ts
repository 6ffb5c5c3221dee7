// The view of a loop report: draws what it is told, says what is clicked.

import type { AppliedItem, FileReport, FromView, Loop, ToView } from "../protocol";
import { bulk, filters, rollBack } from "./bar";
import { EVERYTHING, type Choice } from "./choice";
import { button, element } from "./dom";
import { keyOf } from "./keys";
import { list } from "./list";
import { Nests } from "./nests";
import { strip } from "./strip";

declare function acquireVsCodeApi(): { postMessage(message: FromView): void };

const api = acquireVsCodeApi();
const root = document.querySelector("#report")!;

class View {
  private title = "";
  private total = 0;
  private failure = "";
  private files = new Map<string, FileReport>();
  private applied: readonly AppliedItem[] = [];
  private choice: Choice = EVERYTHING;
  private readonly open = new Set<string>();
  private readonly nests = new Nests(post);

  take(message: ToView): void {
    switch (message.kind) {
      case "begin":
        this.title = message.title;
        this.total = message.total;
        this.failure = "";
        this.files.forEach((file) => this.nests.forget(file));
        this.files = new Map();
        break;
      case "file":
        this.nests.forget(this.files.get(message.file.uri));
        this.files.set(message.file.uri, message.file);
        this.look(message.file);
        break;
      case "nest":
        this.nests.take(this.files.get(message.uri), message.line, message.nest);
        break;
      case "applied":
        this.applied = message.items;
        break;
      case "failed":
        this.failure = message.reason;
        break;
      case "focus":
        this.open.add(keyOf(message.uri, message.line));
        this.look(this.files.get(message.uri));
    }
    this.draw();
    if (message.kind === "focus") {
      document.getElementById(keyOf(message.uri, message.line))?.scrollIntoView({ block: "center" });
    }
  }

  private draw(): void {
    const files = [...this.files.values()];
    const shown = files.filter(({ loops, errors }) => loops.length > 0 || errors.length > 0);
    const typed = document.activeElement?.id;
    root.replaceChildren(
      element("header", {}, element("h1", {}, `Loops of ${this.title}`), bulk(files, this.applied, post), this.progress()),
      filters(files, this.choice, (choice) => this.change(choice)),
      legend(),
      element("div", { class: "history" }, ...this.rollBacks()),
      ...shown.map((file) => this.file(file)),
      files.length === this.total && shown.length === 0 ? element("p", { class: "none" }, "no loops here") : "",
    );
    const field = typed === "words" ? (document.getElementById(typed) as HTMLInputElement | null) : null;
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
  }

  private progress(): HTMLElement {
    if (this.failure !== "") {
      return element("p", { class: "error", role: "alert" }, this.failure);
    }
    const isDone = this.files.size === this.total;
    return element("p", { role: "status" }, isDone ? "" : `${this.files.size} of ${this.total} files`);
  }

  /** Asks for the nests of the loops that are unfolded. */
  private look(file: FileReport | undefined): void {
    file?.loops.filter(({ line }) => this.open.has(keyOf(file.uri, line))).forEach((loop) => this.nests.ask(file.uri, loop));
  }

  private toggle(file: FileReport, { line }: Loop): void {
    const key = keyOf(file.uri, line);
    if (!this.open.delete(key)) {
      this.open.add(key);
      this.look(file);
    }
    this.draw();
  }

  private file(file: FileReport): HTMLElement {
    const toggle = (loop: Loop) => this.toggle(file, loop);
    const errors = file.errors.map(({ line, message }) => element("p", { class: "error" }, `line ${line}: ${message}`));
    const go = (line: number) => post({ kind: "go", uri: file.uri, line });
    return element(
      "section",
      { class: "file" },
      this.total > 1 ? element("h2", {}, file.name) : undefined,
      ...errors,
      ...(file.loops.length > 0
        ? [strip(file, go), list(file, { choice: this.choice, open: this.open, nests: this.nests, applied: this.applied, toggle, post })]
        : []),
    );
  }

  private rollBacks(): HTMLElement[] {
    const here = this.applied.filter(({ uri }) => this.files.has(uri));
    return here.map(({ id, uri, title, line }) => {
      const place = button(`${this.files.get(uri)?.name ?? uri}:${line}`, "Go there", () => post({ kind: "go", uri, line }));
      place.className = "link";
      return element("div", { class: "applied" }, "Applied: ", element("code", {}, title), place, rollBack([id], "Roll back", post));
    });
  }

  private change(choice: Choice): void {
    this.choice = choice;
    this.draw();
  }
}

function legend(): HTMLElement {
  const entries = [
    ["independent", "iterations may run in any order"],
    ["dependent", "an iteration needs another one"],
    ["unknown", "cannot be decided"],
    ["independent offered", "a directive is suggested"],
    ["independent directive", "has a directive"],
    ["obstacle", "what stands in the way"],
  ] as const;
  const items = entries.map(([kind, text]) => element("li", {}, element("span", { class: `swatch ${kind}` }), text));
  return element("ul", { class: "legend" }, ...items);
}

function post(message: FromView): void {
  api.postMessage(message);
}

const view = new View();
window.addEventListener("message", (event: MessageEvent<ToView>) => view.take(event.data));
post({ kind: "ready" });
