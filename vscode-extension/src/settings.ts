// The settings that the extension itself reads.  They are declared in hpcls/server/catalogue.py.

import * as vscode from "vscode";

export type Notifications = "off" | "onError" | "onWarning" | "always";

export interface Settings {
  readonly enable: boolean;
  readonly languages: readonly string[];
  readonly path: readonly string[];
  readonly args: readonly string[];
  readonly interpreter: readonly string[];
  readonly importStrategy: "fromEnvironment" | "useBundled";
  readonly inlineCompletion: boolean;
  readonly debounce: number;
  readonly codeLens: boolean;
  readonly notifications: Notifications;
}

export function settings(): Settings {
  const section = vscode.workspace.getConfiguration("hpcls");
  return {
    enable: section.get("enable", true),
    languages: section.get<string[]>("languages", []),
    path: section.get<string[]>("path", []).map(expanded),
    args: section.get<string[]>("args", []),
    interpreter: section.get<string[]>("interpreter", []).map(expanded),
    importStrategy: section.get("importStrategy", "fromEnvironment"),
    inlineCompletion: section.get("inlineCompletion.enable", true),
    debounce: section.get("inlineCompletion.debounce", 150),
    codeLens: section.get("codeLens.enable", false),
    notifications: section.get("showNotifications", "onError"),
  };
}

/** Writes where the value stands already; to the user's own settings where it is not set. */
export async function change(name: string, value: unknown): Promise<void> {
  const section = vscode.workspace.getConfiguration("hpcls");
  const found = section.inspect(name);
  const isWorkspaces = found?.workspaceValue !== undefined;
  await section.update(name, value, isWorkspaces ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global);
}

/** What another server has to be started for. */
export function needsRestart(event: vscode.ConfigurationChangeEvent): boolean {
  const names = ["enable", "languages", "path", "args", "interpreter", "importStrategy", "codeLens"];
  return names.some((name) => event.affectsConfiguration(`hpcls.${name}`));
}

function expanded(path: string): string {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";
  const home = process.env["HOME"] ?? process.env["USERPROFILE"] ?? "";
  return path.replaceAll("${workspaceFolder}", folder).replaceAll("${userHome}", home).replace(/^~(?=[/\\])/, home);
}
