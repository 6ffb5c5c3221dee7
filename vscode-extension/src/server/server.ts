// The life of the server: found, started, started again where it died, stopped.

import * as vscode from "vscode";
import { CloseAction, ErrorAction, type LanguageClient } from "vscode-languageclient/node";
import { settings } from "../settings";
import type { ModelStatus, State } from "../status/state";
import { languageClient, type ServerStatus } from "./client";
import { locate, NotFound, type Located } from "./locate";
import { ServerProcess } from "./process";
import { MOST, Restarts } from "./restarts";

export class Server implements vscode.Disposable {
  private client: LanguageClient | undefined;
  private running: ServerProcess | undefined;
  private located: Located | undefined;
  private restarts = new Restarts();
  /** What is asked for happens one after the other. */
  private queue: Promise<void> = Promise.resolve();
  private readonly changed = new vscode.EventEmitter<State>();
  private readonly failed = new vscode.EventEmitter<Error>();

  readonly onDidChangeState = this.changed.event;
  /** It does not run, and will not by itself. */
  readonly onDidFail = this.failed.event;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly log: vscode.LogOutputChannel,
    private readonly explain: (uri: string, line: number) => Promise<void>,
  ) {}

  get command(): Located | undefined {
    return this.located;
  }

  /** The client of a server that answers.  Throws where there is none. */
  get answering(): LanguageClient {
    if (this.client?.isRunning() !== true) {
      throw new Error("hpcls does not run; the status bar says why");
    }
    return this.client;
  }

  restart(): Promise<void> {
    void this.stop();
    this.queue = this.queue.then(() => this.startNow());
    return this.queue;
  }

  stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    // A server that died cannot be stopped, and need not be.
    this.queue = this.queue.then(() => client?.dispose().catch(() => undefined));
    return this.queue;
  }

  dispose(): void {
    this.changed.dispose();
    this.failed.dispose();
  }

  private async startNow(): Promise<void> {
    if (!settings().enable || settings().languages.length === 0) {
      this.changed.fire({ kind: "off", reason: settings().enable ? "no language is switched on" : "hpcls.enable" });
      return;
    }
    this.changed.fire({ kind: "loading", reason: "starting" });
    try {
      this.located = await locate(settings(), this.context);
      const { command, args, from, version } = this.located;
      this.log.info(`hpcls ${version} from ${from}: ${[command, ...args].join(" ")}`);
      this.restarts = new Restarts();
      await this.connect();
    } catch (error) {
      this.fail(error instanceof NotFound ? error : new Error(await this.reasonFor(error)));
    }
  }

  private async connect(): Promise<void> {
    const client = languageClient({
      log: this.log,
      explain: this.explain,
      isCurrent: () => client === this.client,
      process: async () => this.spawned(),
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => this.closed(client),
      },
    });
    this.client = client;
    client.onNotification("experimental/serverStatus", (status: ServerStatus) => this.show(client, status));
    await client.start();
    await this.show(client, { health: "ok", quiescent: true, message: "" });
  }

  private spawned(): ServerProcess {
    if (this.located === undefined) {
      throw new Error("no server has been found");
    }
    this.running = new ServerProcess(this.located, settings().args, this.context.extensionPath);
    return this.running;
  }

  private async closed(client: LanguageClient): Promise<{ action: CloseAction; handled: boolean; message?: string }> {
    const reason = (await this.running?.reasonOfEnd()) ?? "it closed the connection";
    if (client !== this.client) {
      return { action: CloseAction.DoNotRestart, handled: true };
    }
    if (this.restarts.allowed(Date.now())) {
      this.changed.fire({ kind: "loading", reason: `the server died (${reason}) and is started again` });
      return { action: CloseAction.Restart, handled: true, message: `The server died: ${reason}. It is started again.` };
    }
    this.fail(new Error(`the server died more than ${MOST} times in three minutes; the last time ${reason}`));
    return { action: CloseAction.DoNotRestart, handled: true, message: `The server died: ${reason}.` };
  }

  private async reasonFor(error: unknown): Promise<string> {
    const reason = await this.running?.reasonOfEnd();
    return `the server did not start: ${reason ?? String(error)}`;
  }

  private fail(error: Error): void {
    this.log.error(error.message);
    this.changed.fire({ kind: "error", reason: error.message });
    this.failed.fire(error);
  }

  private async show(client: LanguageClient, { quiescent, message }: ServerStatus): Promise<void> {
    if (!quiescent) {
      this.changed.fire({ kind: "loading", reason: "the model" });
      return;
    }
    const { models } = await client.sendRequest<{ models: ModelStatus[] }>("hpcls/status", {});
    if (client === this.client) {
      this.changed.fire({ kind: "ready", version: this.located?.version ?? "", models, faults: message });
    }
  }
}
