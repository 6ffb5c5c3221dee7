// hpcls beside clangd's own extension, on one file.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { test } from "node:test";
import { example, VSIX, withEditor } from "./editor.mjs";

const WAVE = example("wave.c");
const { HPCLS_CLANGD: CLANGD, HPCLS_CLANGD_VSIX: CLANGD_VSIX } = process.env;
const SUM = 145;

test("beside clangd", { skip: missing(), timeout: 15 * 60_000 }, async (t) => {
  const given = {
    files: { "wave.c": WAVE, "compile_flags.txt": [...mpiFlags(), "-fopenmp", "-Wall"].join("\n") },
    settings: { "clangd.path": CLANGD, "editor.formatOnType": true, "editor.wordBasedSuggestions": "off" },
    extensions: [VSIX, CLANGD_VSIX],
  };
  await withEditor(given, async (editor) => {
    const { page } = editor;
    await editor.open("wave.c");
    await page.locator('.statusbar-item[id*="clangd"]').filter({ hasText: /idle/ }).waitFor();

    await t.test("a name of MPI is offered once", async () => {
      await editor.typeBelow(SUM - 1, "MPI_Comm_ra");
      const names = await editor.completions();
      await editor.screenshot("clangd-completions");
      assert.ok(names.includes("MPI_Comm_rank"));
      assert.equal(new Set(names).size, names.length, names.join(", "));
      await editor.press("Escape");
      await editor.press("Shift+Home");
    });

    await t.test("a clause is offered once, and ghost text comes as without clangd", async () => {
      await editor.type("#pragma omp parallel for redu");
      const names = await editor.completions();
      assert.deepEqual(names.filter((name) => name.startsWith("reduction")), ["reduction"]);
      await editor.press("Escape");
      await editor.press("Alt+Backslash");
      assert.equal(await editor.ghost(), "ction(+:sum)");
      await editor.screenshot("clangd-ghost");
      await editor.press("Tab");
      await editor.file("wave.c", (text) => text.includes("    #pragma omp parallel for reduction(+:sum)\n    for"));
    });

    await t.test("clangd alone formats; a directive that it has moved is known", async () => {
      await editor.command("Format Document");
      const moved = await editor.file("wave.c", (text) => /\n#pragma omp parallel for reduction\(\+ ?: ?sum\)\n +for/.test(text));
      assert.equal(await page.locator(".quick-input-widget:visible, .notification-toast:visible").count(), 0, "nobody asks who formats");
      await editor.goTo(moved.split("\n").findIndex((line) => line.startsWith("#pragma")) + 2);
      const menu = await editor.lightBulb("Explain this loop");
      assert.equal(await page.locator(".action-widget").getByText("Add `#pragma").count(), 0, "it is not offered again");
      await menu.click();
      await editor.report().locator(".loop.independent .detail").filter({ hasText: "It has: #pragma omp" }).waitFor();
      await editor.screenshot("clangd-formatted");
    });

    await t.test("neither complains: the program is right", async () => {
      await page.locator(".editor-instance").first().click();
      assert.equal(await page.locator('[id="status.problems"]').first().getAttribute("aria-label"), "No Problems");
    });
  });
});

function missing() {
  if (!CLANGD_VSIX) {
    return "HPCLS_CLANGD_VSIX names no build of clangd's extension (https://github.com/clangd/vscode-clangd)";
  }
  if (!CLANGD) {
    return "HPCLS_CLANGD names no clangd";
  }
  return spawnSync("mpicc", ["-show"]).status === 0 ? false : "no mpicc: clangd finds no mpi.h";
}

function mpiFlags() {
  return execFileSync("mpicc", ["-show"], { encoding: "utf8" }).split(/\s+/).filter((flag) => flag.startsWith("-I"));
}
