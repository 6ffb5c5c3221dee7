// What the server says about a file (hpcls/loops), and what the report and its view say to each other.

export type Verdict = "independent" | "dependent" | "unknown";

export interface Loop {
  readonly line: number;
  readonly column: number;
  readonly end_line: number;
  /** Its first line. */
  readonly text: string;
  readonly function: string | null;
  readonly form: string;
  readonly depth: number;
  readonly verdict: Verdict;
  readonly evidence: string | null;
  readonly reasons: readonly { readonly line: number; readonly message: string }[];
  readonly assumptions: readonly string[];
  readonly scalars: readonly { readonly name: string; readonly role: string; readonly line: number; readonly reason: string }[];
  readonly remedy: string | null;
  readonly directive: string | null;
  readonly silence: string | null;
}

export interface TextEdit {
  readonly range: { readonly start: Position; readonly end: Position };
  readonly newText: string;
}

interface Position {
  readonly line: number;
  readonly character: number;
}

/** Where a suggestion is, and which it is. */
export interface Key {
  readonly code: string;
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

export interface Suggestion extends Key {
  readonly kind: "openmp" | "mpi";
  readonly evidence: "proved" | "plausible";
  readonly confidence: number;
  readonly message: string;
  readonly assumptions: readonly string[];
  readonly edits: readonly TextEdit[];
}

export interface FileEntry {
  readonly version: number | null;
  readonly lines: number;
  readonly loops: readonly Loop[];
  readonly suggestions: readonly Suggestion[];
  readonly errors: readonly { readonly line: number; readonly message: string }[];
}

export interface FileReport extends FileEntry {
  readonly uri: string;
  /** As it is shown. */
  readonly name: string;
}

/** A loop and those around it (hpcls/nest). */
export interface Nest {
  readonly version: number | null;
  /** The loops that distances and directions count: "over (i, j)". */
  readonly over: string;
  readonly dependences: readonly { readonly kind: "flow" | "anti" | "output"; readonly words: string; readonly lines: readonly number[] }[];
  readonly left_out: string | null;
  readonly remedies: readonly string[];
  /** Its iterations, where they can be drawn. */
  readonly svg: string | null;
}

export interface AppliedItem {
  readonly id: number;
  readonly uri: string;
  readonly title: string;
  readonly line: number;
}

export interface Pick {
  readonly uri: string;
  readonly keys: readonly Key[];
}

export type ToView =
  | { readonly kind: "begin"; readonly title: string; readonly total: number }
  | { readonly kind: "file"; readonly file: FileReport }
  | { readonly kind: "nest"; readonly uri: string; readonly line: number; readonly nest: Nest }
  | { readonly kind: "applied"; readonly items: readonly AppliedItem[] }
  | { readonly kind: "focus"; readonly uri: string; readonly line: number }
  | { readonly kind: "failed"; readonly reason: string };

export type FromView =
  | { readonly kind: "ready" }
  | { readonly kind: "go"; readonly uri: string; readonly line: number }
  | { readonly kind: "nest"; readonly uri: string; readonly line: number; readonly column: number }
  | { readonly kind: "apply"; readonly picks: readonly Pick[]; readonly preview: boolean }
  | { readonly kind: "rollBack"; readonly ids: readonly number[] };
