// What is left to clangd where it serves the same file.

import * as vscode from "vscode";

type Found = vscode.CompletionItem[] | vscode.CompletionList | null | undefined;

/** What hpcls completes, without the names that clangd completes with their signatures: each would stand there twice. */
export function withoutClangds(document: vscode.TextDocument, found: Found): Found {
  if (!found || !clangdKnowsMpi(document)) {
    return found;
  }
  return Array.isArray(found) ? found.filter(isNoName) : new vscode.CompletionList(found.items.filter(isNoName), found.isIncomplete);
}

/** Whether clangd completes in the document, and has read what `mpi.h` declares. */
function clangdKnowsMpi({ uri }: vscode.TextDocument): boolean {
  const clangd = vscode.workspace.getConfiguration("clangd", uri);
  const completes = clangd.get("enable", true) && clangd.get("enableCodeCompletion", true);
  const serves = vscode.extensions.getExtension("llvm-vs-code-extensions.vscode-clangd")?.isActive === true;
  return serves && completes && !vscode.languages.getDiagnostics(uri).some(({ message }) => message.includes("mpi.h"));
}

function isNoName({ label }: vscode.CompletionItem): boolean {
  return !/^MPI_\w*$/.test(typeof label === "string" ? label : label.label);
}
