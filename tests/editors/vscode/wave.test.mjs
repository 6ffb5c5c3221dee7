// A programmer's first quarter of an hour with hpcls, on a real file of 300 lines.

import assert from "node:assert/strict";
import { test } from "node:test";
import { example, withEditor } from "./editor.mjs";

const WAVE = example("wave.c");
const SUM = lineOf("double sum = 0.0, total = 0.0;") + 2;
const EXTREMES = lineOf("double low = HUGE_VAL, high = -HUGE_VAL;") + 2;
const REDUCTION = "#pragma omp parallel for reduction(+:sum)";
const EXTREMA = "#pragma omp parallel for reduction(min:low) reduction(max:high)";

/** The 1-based line that holds `text`. */
function lineOf(text) {
  return WAVE.split("\n").findIndex((line) => line.includes(text)) + 1;
}

test("hpcls in Visual Studio Code", { timeout: 30 * 60_000 }, async (t) => {
  await withEditor({ files: { "wave.c": WAVE } }, async (editor) => {
    const { page } = editor;
    await editor.open("wave.c");
    await editor.press("Control+b"); // more room

    await t.test("#pragma above a loop is completed by ghost text, taken with Tab", async () => {
      await editor.typeBelow(SUM - 1, "#pragma");
      assert.equal(await editor.ghost(), REDUCTION.slice("#pragma".length));
      await editor.screenshot("ghost-loop");
      await editor.press("Tab");
      await editor.line(REDUCTION);
      await editor.file("wave.c", (text) => text.includes(`    ${REDUCTION}\n    for (int i = 1; i <= own->rows; i++) {`));
    });

    await t.test("a started MPI call is completed by ghost text, taken with Tab", async () => {
      await editor.goTo(lineOf("MPI_Finalize();") + 1);
      await editor.press("Shift+Home");
      await editor.type("MPI_Fin");
      await editor.press("Escape");
      await editor.press("Alt+Backslash");
      assert.match(await editor.ghost(), /^alize\(\);?/);
      await editor.screenshot("ghost-mpi");
      await editor.press("Tab");
      await editor.file("wave.c", (text) => text.split("MPI_Finalize();").length === 2);
    });

    await t.test("a quick fix from the light bulb adds the directive, one undo step takes it back", async () => {
      await editor.goTo(EXTREMES + 1);
      const fix = await editor.lightBulb(`Add \`${EXTREMA}\` (proved)`);
      await editor.screenshot("quick-fix");
      await fix.click();
      await editor.line(EXTREMA);
      await editor.press("Control+z");
      await editor.noLine(EXTREMA);
    });

    await t.test("a loop that cannot be parallel is explained from the light bulb", async () => {
      await editor.goTo(lineOf("for (int rank = 0; rank < own->rank"));
      await (await editor.lightBulb("Explain this loop")).click();
      const detail = editor.report().locator(".loop.dependent .detail").filter({ hasText: "Remedy" });
      await detail.getByText("flow: own->first (line 56) → own->first (line 56); direction (<), carried by rank").waitFor();
      assert.equal(await detail.locator(".drawing .anti[marker-end]").count(), 6, "five arrows and that of the legend");
      const ink = (part) => detail.locator(part).first().evaluate((shape) => getComputedStyle(shape).fill);
      assert.equal(await ink(".drawing .tick"), await detail.evaluate((text) => getComputedStyle(text).color));
      await detail.locator(".drawing").scrollIntoViewIfNeeded();
      await editor.screenshot("nest");
    });

    await t.test("the loop report shows each loop, applies one suggestion and rolls it back", async () => {
      await editor.command("hpcls: Open Loop Report");
      const report = editor.report();
      const row = report.locator(".loop").filter({ hasText: EXTREMA });
      await row.waitFor();
      await editor.screenshot("report");
      await row.getByRole("button", { name: "Apply", exact: true }).click();
      const applied = report.locator(".applied").filter({ hasText: EXTREMA });
      await applied.waitFor();
      await editor.screenshot("report-applied");
      await editor.file("wave.c", (text) => text.includes(EXTREMA));
      await applied.getByRole("button", { name: "Roll back" }).click();
      await applied.waitFor({ state: "detached" });
      await editor.file("wave.c", (text) => !text.includes(EXTREMA));
      await row.getByRole("button", { name: "Apply", exact: true }).waitFor();
    });

    await t.test("a server that was killed comes back", async () => {
      const before = editor.servers();
      assert.equal(before.length, 1);
      process.kill(before[0], "SIGKILL");
      await editor.status("loading");
      await editor.screenshot("killed");
      await editor.status("ready");
      assert.notDeepEqual(editor.servers(), before);
    });

    await t.test("switched off, nothing is shown", async () => {
      await editor.command("hpcls: Switch On or Off");
      await editor.status("off");
      await page.locator(".editor-instance").first().click();
      await editor.typeBelow(EXTREMES, "#pragma");
      await page.waitForTimeout(3000);
      assert.equal(await editor.hasGhost(), false);
      assert.equal(await page.locator(".notification-list-item").count(), 0);
      await editor.screenshot("off");
      assert.deepEqual(editor.servers(), []);
    });
  });
});
