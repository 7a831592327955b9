/** How long one stage took, on the clock and on the processors, and the most memory the process had held by its end. */
export interface Stage {
  readonly stage: string;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakBytes: number;
}

/** Told of every stage as it begins, and how much of the whole is done. */
export type Told = (stage: string, share: number) => void;

/** The stages of a run with the share of its time that each takes, as measured on a million records. */
const shares: Readonly<Record<string, number>> = {
  reading: 0.04,
  normalising: 0.22,
  blocking: 0.16,
  learning: 0.18,
  comparing: 0.24,
  grouping: 0.05,
  writing: 0.11,
};

/** Runs stages one after another and keeps what each took. */
export class Stages {
  readonly #done: Stage[] = [];
  readonly #told: Told;
  #share = 0;

  constructor(told: Told) {
    this.#told = told;
  }

  async run<T>(stage: string, work: () => Promise<T>): Promise<T> {
    this.#told(stage, this.#share);
    const [began, cpu] = [performance.now(), process.cpuUsage()];
    const result = await work();
    const { user, system } = process.cpuUsage(cpu);
    this.#done.push({
      stage,
      seconds: (performance.now() - began) / 1_000,
      cpuSeconds: (user + system) / 1_000_000,
      peakBytes: process.resourceUsage().maxRSS * 1_024,
    });
    this.#share = Math.min(1, this.#share + (shares[stage] ?? 0));
    return result;
  }

  end(): readonly Stage[] {
    this.#told('done', 1);
    return this.#done;
  }
}
