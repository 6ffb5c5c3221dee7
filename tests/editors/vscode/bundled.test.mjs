// The platform build, which carries hpcls and its models, on a machine where hpcls is not installed.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { BUNDLED, example, withEditor } from "./editor.mjs";

const skip = existsSync(BUNDLED) ? false : "no hpcls-bundled.vsix: pip did not get what it carries";

test("the platform build shows ghost text where no hpcls is installed", { skip, timeout: 10 * 60_000 }, async () => {
  const given = {
    files: { "wave.c": example("wave.c") },
    settings: { "hpcls.path": [], "hpcls.importStrategy": "useBundled" },
    environment: { PATH: "/usr/bin:/bin", PYTHONPATH: "" },
    extensions: [BUNDLED],
  };
  await withEditor(given, async (editor) => {
    await editor.open("wave.c");
    await editor.typeBelow(144, "#pragma");
    assert.equal(await editor.ghost(), " omp parallel for reduction(+:sum)");
    assert.equal(editor.servers("/bundled/start.py server").length, 1);
    await editor.screenshot("bundled");
  });
});
