// Suggestions made so in the text: one undo step a file, at once or after a look at VS Code's refactor preview.

import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { History } from "./history";
import type { FileEntry, Key, Pick, Suggestion } from "./protocol";

/** Applies what `wanted` chooses in each file; the number of suggestions. */
export async function apply(
  client: LanguageClient,
  history: History,
  uris: readonly string[],
  wanted: (uri: string, suggestion: Suggestion) => boolean,
  preview: boolean,
): Promise<number> {
  const edit = new vscode.WorkspaceEdit();
  const documents = new Map<vscode.TextDocument, string>();
  let count = 0;
  for (const uri of uris) {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
    const chosen = (await fresh(client, document)).filter((suggestion) => wanted(uri, suggestion));
    if (chosen.length > 0) {
      put(edit, client, document, chosen, preview);
      documents.set(document, chosen.length === 1 ? (chosen[0]?.text ?? "") : `${chosen.length} suggestions`);
      count += chosen.length;
    }
  }
  const isApplied = count > 0 && (await history.remember(documents, () => vscode.workspace.applyEdit(edit, { isRefactoring: preview })));
  return isApplied ? count : 0;
}

export function among(picks: readonly Pick[]): (uri: string, suggestion: Suggestion) => boolean {
  return (uri, suggestion) => picks.some((pick) => pick.uri === uri && pick.keys.some((key) => isSame(key, suggestion)));
}

function isSame(one: Key, other: Key): boolean {
  return one.code === other.code && one.line === other.line && one.column === other.column && one.text === other.text;
}

/** What is suggested for the text as it is now.  Nothing, where it changes while it is analysed. */
async function fresh(client: LanguageClient, document: vscode.TextDocument): Promise<readonly Suggestion[]> {
  const { version } = document;
  const entry = await client.sendRequest<FileEntry | null>("hpcls/loops", { uri: client.code2ProtocolConverter.asUri(document.uri) });
  return entry !== null && document.version === version ? entry.suggestions : [];
}

function put(
  edit: vscode.WorkspaceEdit,
  client: LanguageClient,
  document: vscode.TextDocument,
  suggestions: readonly Suggestion[],
  preview: boolean,
): void {
  const edits = new Map<string, [vscode.Range, string, vscode.WorkspaceEditEntryMetadata]>();
  for (const suggestion of suggestions) {
    const metadata = { label: suggestion.text, description: suggestion.evidence, needsConfirmation: preview };
    for (const { range, newText } of suggestion.edits) {
      // What two suggestions need is made once: `#include <mpi.h>`.
      edits.set(JSON.stringify([range, newText]), [client.protocol2CodeConverter.asRange(range), newText, metadata]);
    }
  }
  for (const [range, text, metadata] of edits.values()) {
    edit.replace(document.uri, range, text, metadata);
  }
}
