// The commands of the palette that are about the server itself.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as vscode from "vscode";
import { showError } from "./messages";
import type { Server } from "./server/server";
import { change, settings } from "./settings";
import { showMenu } from "./status/menu";

const run = promisify(execFile);

export function serverCommands(server: Server, log: vscode.LogOutputChannel): Record<string, () => unknown> {
  return {
    "hpcls.restart": () => server.restart(),
    "hpcls.showLogs": () => log.show(),
    "hpcls.showMenu": showMenu,
    "hpcls.toggle": () => change("enable", !settings().enable),
    "hpcls.toggleLanguage": toggleLanguage,
    "hpcls.debugInformation": () => showDebugInformation(server),
  };
}

async function toggleLanguage(): Promise<void> {
  const language = vscode.window.activeTextEditor?.document.languageId;
  if (language !== undefined) {
    const { languages } = settings();
    const others = languages.filter((other) => other !== language);
    await change("languages", languages.includes(language) ? others : [...others, language]);
  }
}

async function showDebugInformation(server: Server): Promise<void> {
  if (server.command === undefined) {
    await showError("hpcls was not found, so it cannot say what it finds on this machine. The log says what was tried.");
    return;
  }
  const { command, args, from, version } = server.command;
  const { stdout } = await run(command, [...args, "doctor"]);
  const here = `hpcls ${version} from ${from}: ${[command, ...args].join(" ")}\nVisual Studio Code ${vscode.version}\n`;
  const content = `${here}\n${stdout}\n${JSON.stringify(settings(), undefined, 2)}\n`;
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content }));
}
