// Which programs may be hpcls, in the order in which they are tried.

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  /** Who chose it, as users know it. */
  readonly from: string;
}

export interface Choices {
  readonly path: readonly string[];
  readonly interpreter: readonly string[];
  readonly importStrategy: "fromEnvironment" | "useBundled";
  /** The interpreter that the Python extension has chosen, if the workspace is trusted. */
  readonly chosenInterpreter: string | undefined;
  /** The program that runs what the extension carries, if it carries anything. */
  readonly bundled: string | undefined;
  readonly isWindows: boolean;
}

/** What the user has named is run or is an error; nothing takes its place. */
export function candidates(choices: Choices): Command[] {
  const systemPython = choices.isWindows ? "python" : "python3";
  const interpreters = choices.interpreter.map((path) => asModule(path, "hpcls.interpreter"));
  const [python] = [...choices.interpreter, choices.chosenInterpreter ?? systemPython];
  const bundled = choices.bundled ? [{ command: python ?? systemPython, args: [choices.bundled], from: "this extension" }] : [];
  if (choices.importStrategy === "useBundled") {
    return bundled;
  }
  const named = [...choices.path.map((command) => ({ command, args: [], from: "hpcls.path" })), ...interpreters];
  if (named.length > 0) {
    return named;
  }
  const chosen = choices.chosenInterpreter ? [asModule(choices.chosenInterpreter, "the Python extension")] : [];
  return [...chosen, { command: "hpcls", args: [], from: "the PATH" }, ...bundled];
}

function asModule(interpreter: string, from: string): Command {
  return { command: interpreter, args: ["-m", "hpcls"], from };
}
