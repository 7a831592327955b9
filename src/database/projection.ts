/** A statement of the projections, with its values; rebuilt from the log, never evidence by itself. */
export interface Projection {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}
