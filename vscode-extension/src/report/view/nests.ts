// The nests of loops that are unfolded: asked for when somebody looks, forgotten when the text has changed.

import type { FileReport, FromView, Loop, Nest } from "../protocol";
import { keyOf } from "./keys";

export class Nests {
  private readonly known = new Map<string, Nest>();

  constructor(private readonly post: (message: FromView) => void) {}

  of(uri: string, line: number): Nest | undefined {
    return this.known.get(keyOf(uri, line));
  }

  ask(uri: string, { line, column }: Loop): void {
    if (!this.known.has(keyOf(uri, line))) {
      this.post({ kind: "nest", uri, line, column });
    }
  }

  /** Keeps an answer about the text that the report shows. */
  take(file: FileReport | undefined, line: number, nest: Nest): void {
    if (file?.version === nest.version) {
      this.known.set(keyOf(file.uri, line), nest);
    }
  }

  forget(file: FileReport | undefined): void {
    file?.loops.forEach(({ line }) => this.known.delete(keyOf(file.uri, line)));
  }
}
