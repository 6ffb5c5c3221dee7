// Finds the hpcls to run, by asking each candidate for its version.

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import type { Settings } from "../settings";
import { candidates, type Command } from "./candidates";

const PATIENCE = 30_000;

export interface Located extends Command {
  readonly version: string;
}

/** No candidate is hpcls; `tried` says for each why not. */
export class NotFound extends Error {
  constructor(readonly tried: readonly string[]) {
    super(tried.length > 0 ? `hpcls was not found: ${tried.join("; ")}` : "this build of the extension carries no hpcls");
  }
}

export async function locate(settings: Settings, context: vscode.ExtensionContext): Promise<Located> {
  const bundled = join(context.extensionPath, "bundled", "start.py");
  const tried: string[] = [];
  for (const candidate of candidates({
    ...settings,
    chosenInterpreter: await chosenInterpreter(),
    bundled: existsSync(bundled) ? bundled : undefined,
    isWindows: process.platform === "win32",
  })) {
    const answer = await ask(candidate, context.extensionPath);
    if (answer.version !== undefined) {
      return { ...candidate, version: answer.version };
    }
    tried.push(`${candidate.command} (${candidate.from}): ${answer.fault}`);
  }
  throw new NotFound(tried);
}

/** The directory is the extension's own: `python -m` would else import what lies in a workspace. */
async function ask(candidate: Command, cwd: string): Promise<{ version?: string; fault?: string }> {
  return new Promise((resolve) => {
    execFile(candidate.command, [...candidate.args, "--version"], { cwd, timeout: PATIENCE }, (error, output, errors) => {
      const version = /^hpcls (\S+)/m.exec(output)?.[1];
      const said = errors.trim().split("\n").at(-1);
      resolve(version !== undefined ? { version } : { fault: fault(error, said) });
    });
  });
}

function fault(error: Error | null, said: string | undefined): string {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code === "ENOENT") {
    return "no such program";
  }
  return said || error?.message || "it does not say which version of hpcls it is";
}

interface PythonExtension {
  readonly environments: { getActiveEnvironmentPath(): { readonly path: string } };
}

async function chosenInterpreter(): Promise<string | undefined> {
  const extension = vscode.extensions.getExtension<PythonExtension>("ms-python.python");
  if (!vscode.workspace.isTrusted || extension === undefined) {
    return undefined;
  }
  const { environments } = await extension.activate();
  return environments.getActiveEnvironmentPath().path || undefined;
}
