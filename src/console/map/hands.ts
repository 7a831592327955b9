/** Whose hands a map is in, and what it is to show once they let go of it. */
export class Hands {
  #isMoved = false;
  #settledFor: string | undefined = undefined;
  #offered: string | null = null;
  readonly #listeners = new Set<() => void>();

  /** Somebody moved the map by hand: it stays there until they ask for something. */
  readonly moved = (): void => {
    this.#isMoved = true;
  };

  isMoved(): boolean {
    return this.#isMoved;
  }

  /** Settles for an incident, once, whether the map goes there; false where that was settled before. */
  settle(incident: string): boolean {
    const isNew = this.#settledFor !== incident;
    this.#settledFor = incident;
    return isNew;
  }

  /** Somebody asked for this: the map is let go of, and nothing else is offered. */
  asked(incident: string): void {
    this.#isMoved = false;
    this.#settledFor = incident;
    this.offer(null);
  }

  /** What is offered, because it was chosen while the map was held; null: nothing. */
  readonly offered = (): string | null => this.#offered;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly offer = (incident: string | null): void => {
    this.#offered = incident;
    for (const one of this.#listeners) one();
  };
}
