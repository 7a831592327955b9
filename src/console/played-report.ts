/** What Heed reports of a founding case as the service played it; instants are ISO 8601. */
export interface PlayedReport {
  readonly title: string;
  readonly harm: string | null;
  readonly harmAt: string | null;
  /** When Heed first demanded another course than the one that was taken. */
  readonly firstTurn: { readonly at: string; readonly why: string } | null;
  readonly acts: readonly {
    readonly at: string;
    readonly by: string;
    readonly command: string;
    readonly outcome: 'done' | 'refused' | 'skipped';
    readonly note: string | null;
    readonly says: string | null;
  }[];
  readonly duties: readonly {
    readonly safeguard: string;
    readonly owner: string;
    readonly raisedAt: string;
    readonly metAt: string | null;
    readonly why: readonly string[];
    readonly spoke: readonly { readonly at: string; readonly level: string; readonly why: string }[];
    readonly rungs: readonly { readonly told: string; readonly at: string }[];
  }[];
}
