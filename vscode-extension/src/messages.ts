// Messages that pop up, where the user wants them to; what happened is in the log whether they do or not.

import * as vscode from "vscode";
import { settings, type Notifications } from "./settings";

const LEVELS: Record<Notifications, number> = { off: 3, onError: 2, onWarning: 1, always: 0 };

/** What the user does about an error; undefined where nothing pops up, or it is dismissed. */
export function showError(text: string, ...buttons: string[]): Thenable<string | undefined> {
  return wanted(2) ? vscode.window.showErrorMessage(text, ...buttons) : Promise.resolve(undefined);
}

export function showInformation(text: string): void {
  if (wanted(0)) {
    void vscode.window.showInformationMessage(text);
  }
}

function wanted(level: number): boolean {
  return level >= LEVELS[settings().notifications];
}
