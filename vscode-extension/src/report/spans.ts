// What was applied, followed through later changes of the text, so that it can be taken back.

/** A change of a text: `length` characters from `offset` became `text`. */
export interface Change {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/** What stands from `start` to `end` was `old`. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly old: string;
}

/** Where `span` is after `change`; undefined where the change touched it. */
export function shifted(span: Span, change: Change): Span | undefined {
  if (change.offset >= span.end) {
    return span;
  }
  if (change.offset + change.length > span.start) {
    return undefined;
  }
  const by = change.text.length - change.length;
  return { ...span, start: span.start + by, end: span.end + by };
}

/** What `changes` made of `before`, each made in the text that the one before it left. */
export function recorded(before: string, changes: readonly Change[]): Span[] {
  let text = before;
  let spans: Span[] = [];
  for (const change of changes) {
    const { offset, length } = change;
    spans = spans.flatMap((span) => shifted(span, change) ?? []);
    spans.push({ start: offset, end: offset + change.text.length, old: text.slice(offset, offset + length) });
    text = text.slice(0, offset) + change.text + text.slice(offset + length);
  }
  return spans;
}
