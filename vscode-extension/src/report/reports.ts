// The loop reports, one for each file or folder, and the commands that open and apply.

import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { showError, showInformation } from "../messages";
import { apply } from "./apply";
import { History } from "./history";
import { nameOf } from "./names";
import { Panel } from "./panel";

export class Reports implements vscode.Disposable {
  private readonly panels = new Map<string, Panel>();
  private readonly history = new History();

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly client: () => LanguageClient,
  ) {}

  commands(): Record<string, (uri?: vscode.Uri) => Promise<void>> {
    return {
      "hpcls.openReport": (uri) => this.about(uri ?? activeFile(), (found) => this.open(found)),
      "hpcls.openReportForFolder": (uri) => this.about(uri ?? folder(), (found) => this.open(found)),
      "hpcls.suggestForFile": (uri) => this.about(uri ?? activeFile(), (found) => this.suggest(found)),
      "hpcls.suggestForFolder": (uri) => this.about(uri ?? folder(), (found) => this.suggest(found)),
    };
  }

  /** The report on the file of a loop, with the loop unfolded. */
  async explain(uri: vscode.Uri, line: number): Promise<void> {
    await this.about(uri, async (found) => (await this.open(found)).focus(uri, line));
  }

  dispose(): void {
    this.panels.forEach((panel) => panel.dispose());
    this.history.dispose();
  }

  private async about(uri: vscode.Uri | undefined, act: (uri: vscode.Uri) => Promise<unknown>): Promise<void> {
    if (uri === undefined) {
      await showError("hpcls: there is no file or folder to speak of; open one first");
      return;
    }
    try {
      await act(uri);
    } catch (error) {
      await showError(`hpcls: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private async open(root: vscode.Uri): Promise<Panel> {
    const key = root.toString();
    const panel = this.panels.get(key) ?? new Panel(root, this.context.extensionUri, this.history, this.client);
    if (!this.panels.has(key)) {
      this.panels.set(key, panel);
      panel.onDidDispose(() => this.panels.delete(key));
    }
    await panel.show();
    return panel;
  }

  /** Everything that is suggested, in the refactor preview: nothing changes before the user has seen it. */
  private async suggest(root: vscode.Uri): Promise<void> {
    const client = this.client();
    const uris = await client.sendRequest<string[]>("hpcls/sources", { uri: client.code2ProtocolConverter.asUri(root) });
    if ((await apply(client, this.history, uris, () => true, true)) === 0) {
      showInformation(`hpcls: nothing was applied in ${nameOf(root)}`);
    }
  }
}

function activeFile(): vscode.Uri | undefined {
  return vscode.window.activeTextEditor?.document.uri;
}

function folder(): vscode.Uri | undefined {
  const uri = activeFile();
  const around = uri && vscode.workspace.getWorkspaceFolder(uri);
  return (around ?? vscode.workspace.workspaceFolders?.[0])?.uri;
}
