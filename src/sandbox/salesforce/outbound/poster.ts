/** What a receiver said. */
export interface PostAnswer {
  /** Undefined where there was no answer in time. */
  readonly status: number | undefined;
  readonly text: string;
}

interface PosterOptions {
  /** Real milliseconds: the receiver works in real time, whatever clock the org goes by. */
  readonly timeoutMs: number;
  /** Ends every attempt when the sandbox closes. */
  readonly signal: AbortSignal;
}

const MOST_AT_ONCE = 10;

/** Posts to receivers, ten at a time. One that is down, slow or sends elsewhere is an answer too. */
export class Poster {
  readonly #options: PosterOptions;
  readonly #waiting: (() => void)[] = [];
  #underWay = 0;

  constructor(options: PosterOptions) {
    this.#options = options;
  }

  /** @param body asked for when its turn has come */
  async post(url: string, headers: Readonly<Record<string, string>>, body: () => string): Promise<PostAnswer> {
    if (this.#underWay < MOST_AT_ONCE) this.#underWay++;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await this.#send(url, headers, body());
    } finally {
      const next = this.#waiting.shift();
      // Whoever waited takes the place over.
      if (next === undefined) this.#underWay--;
      else next();
    }
  }

  async #send(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<PostAnswer> {
    const tooLate = new AbortController();
    const timer = setTimeout(() => tooLate.abort(), this.#options.timeoutMs);
    try {
      const signal = AbortSignal.any([tooLate.signal, this.#options.signal]);
      const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
      return { status: answer.status, text: await answer.text() };
    } catch {
      return { status: undefined, text: '' };
    } finally {
      clearTimeout(timer);
    }
  }
}
