// Starts `hpcls server`, keeps it in step with the settings, and shows whether it runs.

import * as vscode from "vscode";
import { LanguageClient, State } from "vscode-languageclient/node";

const SELECTOR = [
  { language: "c" },
  { language: "cpp" },
];

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const status = vscode.languages.createLanguageStatusItem("hpcls", SELECTOR);
  status.name = "hpcls";
  status.command = { command: "hpcls.restart", title: "Restart" };
  context.subscriptions.push(
    status,
    vscode.commands.registerCommand("hpcls.restart", () => restart(status)),
    vscode.workspace.onDidChangeConfiguration(async (event) => {
      if (event.affectsConfiguration("hpcls.path")) {
        await restart(status);
      }
    }),
  );
  await start(status);
}

export async function deactivate(): Promise<void> {
  await stop();
}

async function restart(status: vscode.LanguageStatusItem): Promise<void> {
  await stop();
  await start(status);
}

async function stop(): Promise<void> {
  const running = client;
  client = undefined;
  // A server that died cannot be stopped, and need not be.
  await running?.dispose().catch(() => undefined);
}

async function start(status: vscode.LanguageStatusItem): Promise<void> {
  const command = vscode.workspace.getConfiguration("hpcls").get<string>("path", "hpcls");
  const started = new LanguageClient(
    "hpcls",
    "hpcls",
    { command, args: ["server"] },
    { documentSelector: SELECTOR, synchronize: { configurationSection: "hpcls" } },
  );
  client = started;
  started.onDidChangeState(({ newState }) => show(status, newState));
  try {
    await started.start();
  } catch (error) {
    status.severity = vscode.LanguageStatusSeverity.Error;
    status.text = "hpcls: not running";
    status.detail = `${command}: ${String(error)}`;
  }
}

function show(status: vscode.LanguageStatusItem, state: State): void {
  status.busy = state === State.Starting;
  status.severity =
    state === State.Stopped ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
  status.text = state === State.Running ? "hpcls" : state === State.Starting ? "hpcls: starting" : "hpcls: stopped";
  status.detail = undefined;
}
