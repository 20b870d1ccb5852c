/* Of several runs of one job only the latest may write: neither the answer, the failure nor a timer of an earlier
   run changes the page. */

export class Latest {
  #run = 0;
  #timers = [];

  /** Ends the run: its answer, its failure and its timers are dropped. */
  stop() {
    this.#run++;
    this.#timers.splice(0).forEach((timer) => clearTimeout(timer));
  }

  /** Calls `act` after so many milliseconds, unless the run has ended. */
  later(act, delay) {
    this.#timers.push(setTimeout(act, delay));
  }

  /** Ends the run before and awaits `ask()`, which writes nothing; then `write(answer)` or `fail(error)` ends this run. */
  async start(ask, write, fail) {
    this.stop();
    const run = this.#run;
    let end;
    try {
      const answer = await ask();
      end = () => write(answer);
    } catch (error) {
      end = () => fail(error);
    }
    if (run !== this.#run) return;
    this.stop();
    end();
  }
}
