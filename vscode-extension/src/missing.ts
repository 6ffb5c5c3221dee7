// What to do when hpcls does not run.

import * as vscode from "vscode";
import { showError } from "./messages";
import { NotFound } from "./server/locate";

const HELP = "How to install it";
const SETTINGS = "Settings";
const RESTART = "Restart";
const LOG = "Log";

export async function tellFailure(error: Error): Promise<void> {
  const buttons = error instanceof NotFound ? [HELP, SETTINGS, RESTART] : [RESTART, LOG];
  switch (await showError(error.message, ...buttons)) {
    case HELP:
      await vscode.commands.executeCommand("workbench.action.openWalkthrough", "hpcls.hpcls#start");
      break;
    case SETTINGS:
      await vscode.commands.executeCommand("workbench.action.openSettings", "@ext:hpcls.hpcls");
      break;
    case RESTART:
      await vscode.commands.executeCommand("hpcls.restart");
      break;
    case LOG:
      await vscode.commands.executeCommand("hpcls.showLogs");
  }
}
