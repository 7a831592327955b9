import { randomUUID } from 'node:crypto';
import type { Progress } from './bundle.ts';

/** Bundles that are made at once for all rooms of a service; the rest of the machine is the rooms'. */
const atOnceMost = 2;
/** Bundles that wait to be fetched, and for how long. */
const keptMost = 6;
const keptBytesMost = 256 * 1024 * 1024;
const keptMs = 15 * 60_000;

/** One bundle on its way, for the person who asked for it and nobody else. */
export interface Job {
  readonly id: string;
  readonly room: string;
  readonly staff: string;
  readonly incident: string;
  progress: Progress | { readonly stage: 'ready' | 'failed'; readonly done: number; readonly of: number };
  bundle: Buffer | null;
  fault: string | null;
  /** Of one that is ready or has failed: until when it is kept. */
  endsAt: number | null;
}

/** The bundles that are being made and those that wait to be fetched; in memory alone, and gone with the service. */
export class Jobs {
  readonly #now: () => number;
  readonly #jobs = new Map<string, Job>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Begins a bundle; null where as many are being made as there may be. `make` is told how to say how far it is. */
  begin(
    whose: Pick<Job, 'room' | 'staff' | 'incident'>,
    make: (told: (progress: Progress) => void) => Promise<Buffer>,
    failed: (error: unknown) => string,
  ): Job | null {
    this.#sweep();
    if ([...this.#jobs.values()].filter((one) => one.endsAt === null).length >= atOnceMost) return null;
    const job: Job = {
      ...whose,
      id: randomUUID(),
      progress: { stage: 'reading', done: 0, of: 1 },
      bundle: null,
      fault: null,
      endsAt: null,
    };
    this.#jobs.set(job.id, job);
    make((progress) => {
      job.progress = progress;
    }).then(
      (bundle) => this.#end(job, { stage: 'ready', bundle, fault: null }),
      (error: unknown) => this.#end(job, { stage: 'failed', bundle: null, fault: failed(error) }),
    );
    return job;
  }

  /** A bundle by its id, for whoever began it. */
  of(id: string, whose: Pick<Job, 'room' | 'staff'>): Job | null {
    this.#sweep();
    const job = this.#jobs.get(id);
    return job !== undefined && job.room === whose.room && job.staff === whose.staff ? job : null;
  }

  #end(
    job: Job,
    { stage, bundle, fault }: { readonly stage: 'ready' | 'failed' } & Pick<Job, 'bundle' | 'fault'>,
  ): void {
    job.progress = { stage, done: 1, of: 1 };
    job.bundle = bundle;
    job.fault = fault;
    job.endsAt = this.#now() + keptMs;
    setTimeout(() => this.#jobs.delete(job.id), keptMs).unref();
    this.#sweep();
  }

  /** What nobody fetched in time goes, and the oldest where too much is kept. */
  #sweep(): void {
    const ended = [...this.#jobs.values()].filter((one) => one.endsAt !== null);
    let bytes = ended.reduce((sum, one) => sum + (one.bundle?.length ?? 0), 0);
    let count = ended.length;
    for (const one of ended) {
      const isOver = (one.endsAt ?? 0) <= this.#now();
      if (!isOver && count <= keptMost && bytes <= keptBytesMost) continue;
      this.#jobs.delete(one.id);
      count -= 1;
      bytes -= one.bundle?.length ?? 0;
    }
  }
}
