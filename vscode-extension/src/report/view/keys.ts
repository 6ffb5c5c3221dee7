// How the view tells loops apart.

export function keyOf(uri: string, line: number): string {
  return `${uri}:${line}`;
}
