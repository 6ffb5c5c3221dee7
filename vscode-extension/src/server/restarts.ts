// A server that dies is started again, but not for ever.

export const MOST = 3;
const WITHIN = 3 * 60_000;

export class Restarts {
  private times: number[] = [];

  /** Whether a server that died at `now` (milliseconds) may be started again. */
  allowed(now: number): boolean {
    this.times = [...this.times.filter((time) => now - time < WITHIN), now];
    return this.times.length <= MOST;
  }
}
