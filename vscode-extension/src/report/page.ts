// The page that the view is drawn on.

import { randomBytes } from "node:crypto";
import * as vscode from "vscode";

export function page(webview: vscode.Webview, extension: vscode.Uri): string {
  const nonce = randomBytes(16).toString("base64");
  const asset = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(extension, "out", name)).toString();
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy"
  content="default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'; img-src ${webview.cspSource}">
<link rel="stylesheet" href="${asset("view.css")}">
<title>Loop report</title>
</head>
<body>
<main id="report"></main>
<script nonce="${nonce}" src="${asset("view.js")}"></script>
</body>
</html>`;
}
