// The server's process, and why it ended.

import { spawn, type ChildProcess } from "node:child_process";
import type { Command } from "./candidates";

const KEPT = 4000;
const PATIENCE = 2000;

export class ServerProcess {
  readonly child: ChildProcess;
  private said = "";
  private readonly ended: Promise<string>;

  constructor(command: Command, args: readonly string[], cwd: string) {
    this.child = spawn(command.command, [...command.args, "server", ...args], { cwd });
    this.child.stderr?.on("data", (data: Buffer) => {
      this.said = (this.said + data.toString()).slice(-KEPT);
    });
    this.ended = new Promise((resolve) => {
      this.child.once("error", (error) => resolve(error.message));
      // Not "exit": what it said last comes after that.
      this.child.once("close", (code, signal) => resolve(this.reason(code, signal)));
    });
  }

  /** Why it ended, in one line; undefined where it has not. */
  async reasonOfEnd(): Promise<string | undefined> {
    const late = new Promise<undefined>((resolve) => {
      setTimeout(resolve, PATIENCE, undefined).unref();
    });
    return Promise.race([this.ended, late]);
  }

  private reason(code: number | null, signal: string | null): string {
    const last = this.said.trim().split("\n").at(-1);
    const how = signal === null ? `it ended with status ${code}` : `it was ended by ${signal}`;
    return last ? `${how}: ${last}` : how;
  }
}
