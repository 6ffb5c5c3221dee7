// What a click on the status bar offers.

import * as vscode from "vscode";
import { change, settings } from "../settings";

interface Entry extends vscode.QuickPickItem {
  readonly run?: () => Thenable<unknown>;
}

const LANGUAGES: Readonly<Record<string, string>> = { c: "C", cpp: "C++", "cuda-cpp": "CUDA C++" };

export async function showMenu(): Promise<void> {
  const chosen = await vscode.window.showQuickPick(entries(), { title: "hpcls" });
  await chosen?.run?.();
}

function entries(): Entry[] {
  const now = settings();
  return [
    separator("switch"),
    switchOf("hpcls", now.enable, "enable"),
    switchOf("Ghost text", now.inlineCompletion, "inlineCompletion.enable"),
    switchOf("Code lens", now.codeLens, "codeLens.enable"),
    separator("languages"),
    ...Object.entries(LANGUAGES).map(([id, name]) => switchOfLanguage(id, name, now.languages)),
    separator("do"),
    command("$(graph) Open the loop report", "hpcls.openReport"),
    command("$(debug-restart) Restart", "hpcls.restart"),
    command("$(output) Show the log", "hpcls.showLogs"),
    command("$(info) Debug information", "hpcls.debugInformation"),
    command("$(gear) Settings", "workbench.action.openSettings", "hpcls."),
  ];
}

function switchOf(name: string, isOn: boolean, setting: string): Entry {
  return { ...checked(name, isOn), run: () => change(setting, !isOn) };
}

function switchOfLanguage(id: string, name: string, on: readonly string[]): Entry {
  const others = on.filter((other) => other !== id);
  const isOn = on.includes(id);
  return { ...checked(name, isOn), run: () => change("languages", isOn ? others : [...others, id]) };
}

function checked(name: string, isOn: boolean): Entry {
  return { label: `${isOn ? "$(check)" : "$(circle-slash)"} ${name}`, description: isOn ? "on" : "off" };
}

function command(label: string, name: string, ...args: unknown[]): Entry {
  return { label, run: () => vscode.commands.executeCommand(name, ...args) };
}

function separator(label: string): Entry {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
