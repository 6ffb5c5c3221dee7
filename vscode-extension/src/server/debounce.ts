// Waiting for a pause in typing.

interface Token {
  readonly isCancellationRequested: boolean;
  onCancellationRequested(listener: () => void): { dispose(): void };
}

/** Whether `milliseconds` went by before `token` was cancelled. */
export function rested(milliseconds: number, token: Token): Promise<boolean> {
  if (token.isCancellationRequested) {
    return Promise.resolve(false);
  }
  return new Promise((resolve) => {
    const timer = setTimeout(() => end(true), milliseconds);
    const listening = token.onCancellationRequested(() => end(false));
    function end(hasRested: boolean): void {
      clearTimeout(timer);
      listening.dispose();
      resolve(hasRested);
    }
  });
}
