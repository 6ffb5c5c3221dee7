// A Visual Studio Code of its own for each test: fresh profile, fresh workspace, the built extension.

import { spawn, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, "../../..");
const INSTALLED = process.env.EDITORS;
const ENTRY = join(INSTALLED, "cs/node_modules/code-server/out/node/entry.js");
export const VSIX = join(ROOT, "vscode-extension/hpcls.vsix");
/** Carries hpcls itself. */
export const BUNDLED = join(ROOT, "vscode-extension/hpcls-bundled.vsix");
const { chromium } = createRequire(join(INSTALLED, "driver/"))("playwright-core");

export const OUT = join(HERE, "out");
export const PATIENCE = 90_000;
/** Letters are typed as fast as a person who types well. */
const KEY = 60;
/** How long what may come with the next opening of a menu or a hover is waited for, in milliseconds. */
export const GLIMPSE = 5000;

export function example(name) {
  return readFileSync(join(ROOT, "examples", name), "utf8");
}

/**
 * Opens `files` (name → text) in an editor with `settings`, hands it to `use`, and ends everything.
 * `given` may have besides: `trust`, false where the workspace is not trusted; `environment`, added to that of the editor;
 * `extensions`, what is installed, the built extension alone by default; `size` of the window.
 */
export async function withEditor(given, use) {
  const home = mkdtempSync(join(tmpdir(), "hpcls-vscode-"));
  const editor = await started(home, given);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: ["--no-sandbox", "--disable-gpu"],
  });
  try {
    const page = await browser.newPage({ viewport: given.size ?? { width: 1280, height: 800 } });
    page.setDefaultTimeout(PATIENCE);
    await page.goto(`http://127.0.0.1:${editor.port}/?folder=${editor.workspace}`);
    await page.waitForSelector(".monaco-workbench");
    await use(new Editor(page, editor));
  } catch (error) {
    await new Editor(browser.contexts()[0].pages()[0], editor).screenshot("failed");
    throw error;
  } finally {
    await browser.close();
    process.kill(-editor.process.pid, "SIGTERM");
    rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

async function started(home, { files, settings = {}, trust = true, environment = {}, extensions: vsix = [VSIX] }) {
  const [workspace, user, extensions] = ["workspace", "user", "extensions"].map((name) => join(home, name));
  mkdirSync(join(user, "User"), { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(workspace, name)), { recursive: true });
    writeFileSync(join(workspace, name), text);
  }
  const all = { ...QUIET, "hpcls.path": [process.env.HPCLS], ...settings };
  writeFileSync(join(user, "User/settings.json"), JSON.stringify(all));
  const folders = ["--extensions-dir", extensions, "--user-data-dir", user];
  const installed = vsix.flatMap((file) => ["--install-extension", file]);
  execFileSync(process.execPath, [ENTRY, ...folders, ...installed], { stdio: "ignore" });
  const port = await freePort();
  const options = ["--auth", "none", "--bind-addr", `127.0.0.1:${port}`, "--disable-telemetry", "--disable-update-check"];
  const unasked = trust ? ["--disable-workspace-trust"] : [];
  const process_ = spawn(
    process.execPath,
    [ENTRY, ...options, ...unasked, "--disable-getting-started-override", ...folders, workspace],
    { detached: true, stdio: "ignore", env: { ...process.env, ...environment } },
  );
  await answers(port);
  return { process: process_, port, workspace };
}

const QUIET = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "chat.disableAIFeatures": true,
  "editor.minimap.enabled": false,
  "editor.cursorBlinking": "solid",
  "git.enabled": false,
  "files.autoSave": "afterDelay",
  "files.autoSaveDelay": 500,
  "hpcls.showNotifications": "onError",
};

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function answers(port) {
  for (let tries = 0; tries < 150; tries++) {
    try {
      await fetch(`http://127.0.0.1:${port}/healthz`);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  throw new Error("code-server does not answer");
}

export class Editor {
  constructor(page, { process, workspace }) {
    this.page = page;
    this.process = process;
    this.workspace = workspace;
  }

  /** Opens a file of the explorer and waits until the status bar says that hpcls is in `state`. */
  async open(name, state = "ready") {
    await this.page.locator(`.monaco-list-row[aria-label^="${name}"]`).first().dblclick();
    await this.page.waitForSelector(`.tab[aria-label^="${name}"]`);
    await this.status(state);
  }

  status(state) {
    return this.page.waitForSelector(`.statusbar-item[id="hpcls.hpcls.hpcls"] [aria-label*="hpcls: ${state}"]`);
  }

  async goTo(line, end = true) {
    await this.page.keyboard.press("Control+g");
    await this.page.waitForSelector(".quick-input-widget input:focus");
    await this.page.keyboard.type(String(line), { delay: 10 });
    await this.page.keyboard.press("Enter");
    await this.page.waitForSelector(".monaco-editor.focused"); // a key before that is lost
    if (end) {
      await this.page.keyboard.press("End");
    }
  }

  /** A new line below `line` (1-based), where `text` is typed. */
  async typeBelow(line, text) {
    await this.goTo(line);
    await this.page.keyboard.press("Enter");
    await this.type(text);
  }

  /**
   * Opens the light bulb's menu, once more where it stays shut or has no `row` yet, and hands over that row.
   *
   * VS Code asks anew for the light bulb 250 ms after the cursor has moved or diagnostics have changed, and 500 ms later takes
   * back what Ctrl+. has asked (CodeActionModel, setState): an answer after that, as on a busy machine, opens no menu.
   */
  async lightBulb(row) {
    const found = this.page.locator(".action-widget .monaco-list-row").filter({ hasText: row }).first();
    await this.again(async () => {
      await this.press("Escape");
      await this.press("Control+.");
      await found.waitFor({ timeout: GLIMPSE });
    });
    return found;
  }

  /** Does `attempt`, which waits `GLIMPSE` for what it looks for, again and again until it finds that. */
  async again(attempt) {
    const end = Date.now() + PATIENCE;
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        if (Date.now() > end) {
          throw error;
        }
      }
    }
  }

  /** Opens the menu of completions and reads it: each entry's name. */
  async completions() {
    await this.press("Control+Space");
    await this.page.locator(".suggest-widget.visible .monaco-list-row").first().waitFor();
    return asTyped(await this.page.locator(".suggest-widget .label-name").allTextContents()).map((name) => name.trim()); // clangd indents
  }

  type(text) {
    return this.page.keyboard.type(text, { delay: KEY });
  }

  press(keys) {
    return this.page.keyboard.press(keys);
  }

  /** Runs a command by its title in the palette. */
  async command(title) {
    await this.press("F1");
    await this.page.waitForSelector(".quick-input-widget input:focus");
    await this.page.keyboard.type(title, { delay: 5 });
    await this.page.locator(`.quick-input-list .monaco-list-row[aria-label^="${title}"]`).first().click();
  }

  /** The ghost text, once there is some. */
  async ghost() {
    await this.page.waitForSelector('[class*="ghost-text"]');
    return shown(await this.page.locator('[class*="ghost-text-decoration"]').allTextContents());
  }

  async hasGhost() {
    return (await this.page.locator('[class*="ghost-text"]').count()) > 0;
  }

  /** Waits until a line that is seen reads `text`. */
  async line(text) {
    await this.page.locator(".view-line").filter({ hasText: asPattern(text) }).first().waitFor();
  }

  async noLine(text) {
    await this.page.locator(".view-line").filter({ hasText: asPattern(text) }).first().waitFor({ state: "detached" });
  }

  /** Waits until the text of a file, which is saved by itself, is as `isRight` wants it; that text. */
  async file(name, isRight) {
    const path = join(this.workspace, name);
    for (let tries = 0; tries < PATIENCE / 200; tries++) {
      const text = readFileSync(path, "utf8");
      if (isRight(text)) {
        return text;
      }
      await this.page.waitForTimeout(200);
    }
    throw new Error(`${name} stays as it is:\n${readFileSync(path, "utf8")}`);
  }

  /** The page within the page that a webview draws on. */
  report() {
    return this.page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
  }

  /** The processes of the server that this editor has started with `command`; it leads a session of its own. */
  servers(command = `${process.env.HPCLS} server`) {
    const lines = execFileSync("ps", ["-eo", "sid=,pid=,args="], { encoding: "utf8" }).split("\n");
    const processes = lines.map((line) => line.trim().split(/\s+/));
    const own = processes.filter(([session, , ...args]) => Number(session) === this.process.pid && args.join(" ").includes(command));
    return own.map(([, pid]) => Number(pid));
  }

  async screenshot(name) {
    mkdirSync(OUT, { recursive: true });
    await this.page.screenshot({ path: join(OUT, `${name}.png`) });
  }

  /** Changes the user's settings as if by hand. */
  async set(name, value) {
    const path = join(this.workspace, "../user/User/settings.json");
    writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, "utf8")), [name]: value }));
  }
}

/** Text as it is compared: Monaco shows a space as U+00A0. */
function shown(texts) {
  return asTyped(texts).join("");
}

function asTyped(texts) {
  return texts.map((text) => text.replaceAll("\u00a0", " "));
}

function asPattern(text) {
  return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll(" ", "[\\s\\u00a0]+"));
}
