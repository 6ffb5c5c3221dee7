// The loop report on one file or folder.

import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { among, apply } from "./apply";
import type { History } from "./history";
import { nameOf } from "./names";
import { page } from "./page";
import type { FileEntry, FromView, Nest, ToView } from "./protocol";

const PAUSE = 400;

export class Panel implements vscode.Disposable {
  private readonly panel: vscode.WebviewPanel;
  private readonly subscriptions: vscode.Disposable[] = [];
  private readonly waiting = new Map<string, NodeJS.Timeout>();
  private readonly ready: Promise<void>;
  private uris: readonly string[] = [];

  readonly onDidDispose: vscode.Event<void>;

  constructor(
    private readonly root: vscode.Uri,
    extension: vscode.Uri,
    private readonly history: History,
    private readonly client: () => LanguageClient,
  ) {
    const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    const assets = vscode.Uri.joinPath(extension, "out");
    const options = { enableScripts: true, retainContextWhenHidden: true, localResourceRoots: [assets] };
    this.panel = vscode.window.createWebviewPanel("hpcls.report", `Loops: ${nameOf(root)}`, place, options);
    this.onDidDispose = this.panel.onDidDispose;
    this.ready = new Promise((resolve) => {
      this.listen(this.panel.webview.onDidReceiveMessage((message: FromView) => (message.kind === "ready" ? resolve() : this.try(() => this.answer(message)))));
    });
    this.listen(history.onDidChange(() => this.post({ kind: "applied", items: history.items() })));
    this.listen(vscode.workspace.onDidChangeTextDocument(({ document }) => this.soon(document.uri.toString())));
    this.listen(this.panel.onDidDispose(() => this.dispose()));
    this.panel.webview.html = page(this.panel.webview, extension);
  }

  async show(): Promise<void> {
    this.panel.reveal(undefined, true);
    await this.ready;
    await this.try(() => this.showFiles());
  }

  focus(uri: vscode.Uri, line: number): void {
    this.post({ kind: "focus", uri: this.client().code2ProtocolConverter.asUri(uri), line });
  }

  dispose(): void {
    this.waiting.forEach((timer) => clearTimeout(timer));
    this.uris = [];
    vscode.Disposable.from(...this.subscriptions.splice(0), this.panel).dispose();
  }

  private listen(subscription: vscode.Disposable): void {
    this.subscriptions.push(subscription);
  }

  private post(message: ToView): void {
    void this.panel.webview.postMessage(message);
  }

  private async showFiles(): Promise<void> {
    const uri = this.client().code2ProtocolConverter.asUri(this.root);
    this.uris = await this.client().sendRequest<string[]>("hpcls/sources", { uri });
    this.post({ kind: "begin", title: nameOf(this.root), total: this.uris.length });
    for (const each of this.uris) {
      await this.showFile(each);
    }
    this.post({ kind: "applied", items: this.history.items() });
  }

  /** What goes wrong is said in the report. */
  private async try(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.post({ kind: "failed", reason: error instanceof Error ? error.message : String(error) });
    }
  }

  private async showFile(uri: string): Promise<void> {
    const entry = await this.client().sendRequest<FileEntry | null>("hpcls/loops", { uri });
    if (entry !== null) {
      this.post({ kind: "file", file: { ...entry, uri, name: nameOf(vscode.Uri.parse(uri)) } });
    }
  }

  private async showNest({ uri, line, column }: { uri: string; line: number; column: number }): Promise<void> {
    const nest = await this.client().sendRequest<Nest | null>("hpcls/nest", { uri, line, column });
    if (nest !== null) {
      this.post({ kind: "nest", uri, line, nest });
    }
  }

  /** The report follows the text, once it has rested. */
  private soon(changed: string): void {
    const uri = this.uris.find((one) => vscode.Uri.parse(one).toString() === changed);
    if (uri !== undefined) {
      clearTimeout(this.waiting.get(uri));
      // A failure here is that of an answer for a text that has changed once more, which has its own turn.
      this.waiting.set(uri, setTimeout(() => void this.showFile(uri).catch(() => undefined), PAUSE));
    }
  }

  private async answer(message: Exclude<FromView, { kind: "ready" }>): Promise<void> {
    switch (message.kind) {
      case "go":
        return go(vscode.Uri.parse(message.uri), message.line);
      case "nest":
        return this.showNest(message);
      case "rollBack":
        return this.history.rollBack(message.ids);
      case "apply": {
        const uris = message.picks.map(({ uri }) => uri);
        await apply(this.client(), this.history, uris, among(message.picks), message.preview);
      }
    }
  }
}

async function go(uri: vscode.Uri, line: number): Promise<void> {
  const open = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
  const selection = new vscode.Range(line - 1, 0, line - 1, 0);
  await vscode.window.showTextDocument(uri, { viewColumn: open?.viewColumn ?? vscode.ViewColumn.One, selection });
}
