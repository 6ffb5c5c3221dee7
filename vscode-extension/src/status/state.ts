// What the server is doing, and how the status bar puts it.

export interface ModelStatus {
  readonly model: string;
  readonly device: string;
  readonly why: string;
}

export type State =
  | { readonly kind: "off"; readonly reason: string }
  | { readonly kind: "loading"; readonly reason: string }
  | { readonly kind: "ready"; readonly version: string; readonly models: readonly ModelStatus[]; readonly faults: string }
  | { readonly kind: "error"; readonly reason: string };

export interface Shown {
  readonly text: string;
  /** Markdown. */
  readonly tooltip: string;
  readonly severity: "none" | "warning" | "error";
}

export function shown(state: State): Shown {
  switch (state.kind) {
    case "off":
      return { text: "$(circle-slash) hpcls", tooltip: `**hpcls is off**: ${state.reason}`, severity: "none" };
    case "loading":
      return { text: "$(loading~spin) hpcls", tooltip: `**hpcls is loading**: ${state.reason}`, severity: "none" };
    case "error":
      return { text: "$(error) hpcls", tooltip: `**hpcls does not run**: ${state.reason}`, severity: "error" };
    case "ready":
      return {
        text: state.faults ? "$(warning) hpcls" : "$(check) hpcls",
        tooltip: [`**hpcls ${state.version} is ready**`, ...asLines(state.models), state.faults].filter(Boolean).join("\n\n"),
        severity: state.faults ? "warning" : "none",
      };
  }
}

function asLines(models: readonly ModelStatus[]): string[] {
  const lines = models.map(({ model, device, why }) => `model: ${model}, on: ${device} (${why})`);
  return lines.length > 0 ? lines : ["no model: suggestions come from the analysis alone"];
}
