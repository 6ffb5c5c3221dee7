// Files and folders as they are shown.

import { basename } from "node:path";
import * as vscode from "vscode";

/** Its path within the workspace; of a folder that is the workspace, its name. */
export function nameOf(uri: vscode.Uri): string {
  const isWorkspace = vscode.workspace.workspaceFolders?.some((folder) => folder.uri.toString() === uri.toString()) === true;
  return isWorkspace ? basename(uri.path) : vscode.workspace.asRelativePath(uri, false);
}
