// Applied suggestions that can be rolled back.

import * as vscode from "vscode";
import type { AppliedItem } from "./protocol";
import { recorded, shifted, type Change, type Span } from "./spans";

interface Applied {
  readonly id: number;
  readonly uri: vscode.Uri;
  readonly title: string;
  readonly spans: readonly Span[];
}

export class History implements vscode.Disposable {
  private applied: Applied[] = [];
  private last = 0;
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly listening = vscode.workspace.onDidChangeTextDocument((event) => this.follow(event));

  readonly onDidChange = this.changed.event;

  /** Runs `change`, and remembers what it did to each of `documents` under its title. */
  async remember(documents: ReadonlyMap<vscode.TextDocument, string>, change: () => Thenable<boolean>): Promise<boolean> {
    const texts = new Map([...documents.keys()].map((document) => [document, document.getText()]));
    const changes = new Map<vscode.TextDocument, Change[]>();
    const recording = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      changes.set(document, [...(changes.get(document) ?? []), ...contentChanges.map(asChange)]);
    });
    try {
      return await change();
    } finally {
      recording.dispose();
      for (const [document, title] of documents) {
        this.add(document, title, recorded(texts.get(document) ?? "", changes.get(document) ?? []));
      }
    }
  }

  async rollBack(ids: readonly number[]): Promise<void> {
    const edit = new vscode.WorkspaceEdit();
    for (const { uri, spans } of this.applied.filter(({ id }) => ids.includes(id))) {
      const document = await vscode.workspace.openTextDocument(uri);
      for (const { start, end, old } of spans) {
        edit.replace(uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), old);
      }
    }
    // The changes that this makes take the entries away.
    await vscode.workspace.applyEdit(edit);
  }

  items(): AppliedItem[] {
    return this.applied.map(({ id, uri, title, spans }) => {
      const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
      return { id, uri: uri.toString(), title, line: (document?.positionAt(spans[0]?.start ?? 0).line ?? 0) + 1 };
    });
  }

  dispose(): void {
    this.listening.dispose();
    this.changed.dispose();
  }

  private add(document: vscode.TextDocument, title: string, spans: readonly Span[]): void {
    if (spans.length > 0) {
      this.last += 1;
      this.applied.push({ id: this.last, uri: document.uri, title, spans });
      this.changed.fire();
    }
  }

  private follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const uri = document.uri.toString();
    if (contentChanges.length === 0 || !this.applied.some((one) => one.uri.toString() === uri)) {
      return;
    }
    this.applied = this.applied.flatMap((one) => (one.uri.toString() === uri ? after(one, contentChanges.map(asChange)) : one));
    this.changed.fire();
  }
}

function after(applied: Applied, changes: readonly Change[]): Applied[] {
  const spans = changes.reduce<readonly Span[]>(
    (left, change) => left.flatMap((span) => shifted(span, change) ?? []),
    applied.spans,
  );
  return spans.length > 0 ? [{ ...applied, spans }] : [];
}

function asChange({ rangeOffset, rangeLength, text }: vscode.TextDocumentContentChangeEvent): Change {
  return { offset: rangeOffset, length: rangeLength, text };
}
