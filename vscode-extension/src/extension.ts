// Puts the parts together.

import * as vscode from "vscode";
import { serverCommands } from "./commands";
import { tellFailure } from "./missing";
import { Reports } from "./report/reports";
import { Server } from "./server/server";
import { needsRestart } from "./settings";
import { StatusBar } from "./status/bar";

let server: Server | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel("hpcls", { log: true });
  const bar = new StatusBar();
  const reports: Reports = new Reports(context, () => running.answering);
  const running: Server = new Server(context, log, (uri, line) => reports.explain(vscode.Uri.parse(uri), line));
  server = running;
  running.onDidChangeState((state) => bar.show(state));
  running.onDidFail((error) => void tellFailure(error));
  const commands: Record<string, (uri?: vscode.Uri) => unknown> = { ...serverCommands(running, log), ...reports.commands() };
  context.subscriptions.push(
    log,
    bar,
    reports,
    running,
    ...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(name, run)),
    vscode.workspace.onDidChangeConfiguration((event) => needsRestart(event) && running.restart()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => running.restart()),
  );
  void running.restart();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
