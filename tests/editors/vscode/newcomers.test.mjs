// What somebody sees who has just installed the extension, where things are not as they should be.

import assert from "node:assert/strict";
import { chmodSync, existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { example, GLIMPSE, withEditor } from "./editor.mjs";

const HEAT = example("heat.c");
const SLOW = { timeout: 10 * 60_000 };

test("on a machine without hpcls the message says what was tried and leads to what to do", SLOW, async () => {
  await withEditor({ files: { "heat.c": HEAT }, settings: { "hpcls.path": ["/opt/hpcls/bin/hpcls"] } }, async (editor) => {
    await editor.open("heat.c", "error");
    const message = editor.page.locator(".notification-toast", { hasText: "/opt/hpcls/bin/hpcls (hpcls.path): no such program" });
    await message.getByRole("button", { name: "How to install it" }).click();
    await editor.page.getByText("hpcls is a Python program: it needs Python 3.11 or newer").first().waitFor();
    await editor.screenshot("without-hpcls");
  });
});

test("with a Python that is gone, its path is told", SLOW, async () => {
  const settings = { "hpcls.path": [], "hpcls.interpreter": ["/opt/venv/bin/python"] };
  await withEditor({ files: { "heat.c": HEAT }, settings }, async (editor) => {
    await editor.open("heat.c", "error");
    await editor.page.locator(".notification-toast", { hasText: "/opt/venv/bin/python (hpcls.interpreter): no such program" }).waitFor();
  });
});

test("with a Python that has no hpcls, what Python says is told", SLOW, async () => {
  const settings = { "hpcls.path": [], "hpcls.interpreter": ["/usr/bin/python3"] };
  await withEditor({ files: { "heat.c": HEAT }, settings, environment: { PYTHONPATH: "" } }, async (editor) => {
    await editor.open("heat.c", "error");
    await editor.page.locator(".notification-toast", { hasText: "No module named hpcls" }).waitFor();
    await editor.screenshot("broken-python");
  });
});

test("misspelt settings, and a model that is not there, are told on the status bar, and hpcls works", SLOW, async () => {
  const files = { "heat.c": HEAT, ".hpcls.toml": 'evidense = "proved"\n' };
  await withEditor({ files, settings: { "hpcls.minConfidense": 0.5, "hpcls.model": "larg" } }, async (editor) => {
    await editor.open("heat.c");
    const item = editor.page.locator('.statusbar-item[id="hpcls.hpcls.hpcls"].warning-kind');
    const told = (words) => editor.page.getByText(words).first().waitFor({ timeout: GLIMPSE });
    await editor.again(async () => {
      await editor.page.mouse.move(600, 300); // a hover that is open stays as it is
      await item.hover();
      await told("hpcls.minConfidense: no such setting; did you mean hpcls.minConfidence?");
      await told("unknown setting 'evidense'; did you mean 'evidence'?");
      await told("larg: neither a folder nor a model that is here");
    });
    await editor.screenshot("misspelt");
  });
});

test("a folder that is not trusted cannot choose what is run", SLOW, async () => {
  const files = {
    "heat.c": HEAT,
    "evil.sh": "#!/bin/sh\ntouch \"$(dirname \"$0\")/ran\"\n",
    "hpcls/__main__.py": "import pathlib; (pathlib.Path(__file__).parents[1] / 'ran').touch()\n",
    ".vscode/settings.json": JSON.stringify({ "hpcls.path": ["${workspaceFolder}/evil.sh"], "hpcls.model": "evil" }),
  };
  await withEditor({ files, trust: false, settings: { "security.workspace.trust.startupPrompt": "never" } }, async (editor) => {
    chmodSync(join(editor.workspace, "evil.sh"), 0o755);
    await editor.open("heat.c");
    assert.equal(existsSync(join(editor.workspace, "ran")), false);
    await editor.screenshot("untrusted");
  });
});

test("a file of 50,000 lines, one with CRLF and one that cannot be written", SLOW, async (t) => {
  const functions = Array.from({ length: 6250 }, (_, at) => `void f${at}(double *restrict a, int n)\n{\n    int i;\n\n    for (i = 0; i < n; i++)\n        a[i] *= 2.0;\n}\n\n`);
  const files = { "crlf.c": HEAT.replaceAll("\n", "\r\n"), "large.c": functions.join(""), "locked.c": HEAT };
  const settings = { "files.autoSave": "off", "hpcls.model": "none" };
  await withEditor({ files, settings }, async (editor) => {
    const { page } = editor;
    await t.test("CRLF: what is applied ends its lines as the file does", async () => {
      await editor.open("crlf.c");
      await editor.command("hpcls: Open Loop Report");
      await editor.report().getByRole("button", { name: "Apply all proved" }).click();
      await editor.report().locator(".applied").first().waitFor();
      await page.locator(".editor-instance").first().click();
      await editor.press("Control+s");
      await editor.file("crlf.c", (text) => text.includes("#pragma omp parallel for") && !/[^\r]\n/.test(text));
      await editor.screenshot("crlf");
    });

    await t.test("read-only: the suggestion is shown, and only saving is refused", async () => {
      chmodSync(join(editor.workspace, "locked.c"), 0o444);
      await editor.open("locked.c");
      await editor.goTo(90);
      await editor.lightBulb("Add `#pragma omp");
      await editor.press("Escape");
    });

    await t.test("50,000 lines: what takes long is told of, typing goes on meanwhile, the quick fix comes", async () => {
      await editor.open("large.c");
      await page.locator(".statusbar-item", { hasText: "hpcls: analysing large.c" }).waitFor();
      await editor.goTo(2);
      await editor.type(" /* typed at once */");
      await editor.line("{ /* typed at once */");
      await editor.goTo(5);
      await editor.lightBulb("Add `#pragma omp");
      await editor.screenshot("large");
    });
  });
});

test("a folder: every loop of every file in one report, previewed and applied", SLOW, async () => {
  const files = { "src/heat.c": HEAT, "src/pi.c": example("pi.c"), "build/CMakeCache.txt": "", "build/gen.c": HEAT };
  await withEditor({ files }, async (editor) => {
    const { page } = editor;
    await page.locator('.monaco-list-row[aria-label^="src"]').first().click();
    await page.locator('.monaco-list-row[aria-label^="pi.c"]').first().waitFor();
    await editor.open("pi.c");
    await editor.command("hpcls: Open Loop Report for Folder");
    const report = editor.report();
    await report.locator("h2", { hasText: "src/heat.c" }).waitFor();
    await report.locator("h2", { hasText: "src/pi.c" }).waitFor();
    assert.equal(await report.locator("h2").count(), 2);
    await editor.screenshot("folder");
    await report.getByRole("button", { name: "Preview all" }).click();
    await page.getByRole("button", { name: "Apply", exact: true }).first().waitFor();
    await page.locator(".refactor-preview input[type=checkbox], .edit-checkbox").first().click();
    await editor.screenshot("preview");
    const isSame = (text) => text === HEAT;
    await editor.file("src/heat.c", isSame);
    await page.getByRole("button", { name: "Apply", exact: true }).first().click();
    await editor.file("src/heat.c", (text) => text.includes("#pragma omp parallel for"));
    await report.locator(".applied").getByRole("button", { name: "Roll back" }).click();
    await editor.file("src/heat.c", isSame);
  });
});
