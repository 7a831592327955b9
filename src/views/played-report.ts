/** One line of what was really done, and what Heed made of it. */
export interface ReportedAct {
  readonly at: string;
  readonly by: string;
  readonly command: string;
  readonly outcome: 'done' | 'refused' | 'skipped';
  readonly note: string | null;
  readonly says: string | null;
  readonly dependsOn: string | null;
  readonly isAssumed: boolean;
}

/** One duty that spoke. Instants are ISO with Z; `metAt` is null while it is open. */
export interface ReportedDuty {
  readonly safeguard: string;
  readonly about: string;
  readonly owner: string;
  readonly level: 'prompt' | 'alarm';
  readonly raisedAt: string;
  readonly dueAt: string;
  readonly metAt: string | null;
  readonly why: readonly string[];
  readonly asks: readonly string[];
  /** Every time it spoke, with its level and its reason then. */
  readonly spoke: readonly { readonly at: string; readonly level: 'prompt' | 'alarm'; readonly why: string }[];
  readonly rungs: readonly {
    readonly to: string;
    readonly told: string;
    readonly at: string;
    readonly late: boolean;
  }[];
}

/** What everybody is shown of a case as it was played: on the console, in a debrief, in its report. */
export interface PlayedReport {
  readonly title: string;
  readonly harmAt: string | null;
  readonly harm: string | null;
  readonly acts: readonly ReportedAct[];
  readonly duties: readonly ReportedDuty[];
  /** When Heed first demanded another course than the one that was taken. */
  readonly firstTurn: {
    readonly at: string;
    readonly safeguard: string;
    readonly why: string;
    readonly minutesBeforeHarm: { readonly least: number; readonly most: number };
  } | null;
}
