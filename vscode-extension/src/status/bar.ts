// The item on the status bar.

import * as vscode from "vscode";
import { shown, type State } from "./state";

const LANGUAGES: readonly string[] = ["c", "cpp", "cuda-cpp"];
const COLOURS = { none: undefined, warning: "statusBarItem.warningBackground", error: "statusBarItem.errorBackground" };

export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem("hpcls", vscode.StatusBarAlignment.Right, 50);
  private readonly listening = vscode.window.onDidChangeVisibleTextEditors(() => this.placeItem());

  constructor() {
    this.item.name = "hpcls";
    this.item.command = "hpcls.showMenu";
  }

  show(state: State): void {
    const { text, tooltip, severity } = shown(state);
    const colour = COLOURS[severity];
    this.item.text = text;
    this.item.tooltip = new vscode.MarkdownString(tooltip);
    this.item.accessibilityInformation = { label: `hpcls: ${state.kind}` };
    this.item.backgroundColor = colour === undefined ? undefined : new vscode.ThemeColor(colour);
    this.placeItem();
  }

  dispose(): void {
    this.listening.dispose();
    this.item.dispose();
  }

  /** Where hpcls has nothing to say it takes no room. */
  private placeItem(): void {
    if (vscode.window.visibleTextEditors.some(({ document }) => LANGUAGES.includes(document.languageId))) {
      this.item.show();
    } else {
      this.item.hide();
    }
  }
}
