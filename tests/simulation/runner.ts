/** Runs histories, counts, and makes a failing one as short as it can be. */

import type { MergeTable } from '../../sync/client/src/index'
import type { Keys } from '../../sync/client/tests/keys'
import { judge } from './oracle'
import { quieten } from './quiet'
import { Server, ServerEnded } from './server'
import type { Step } from './steps'
import { World } from './world'

export interface History {
  readonly name: string
  readonly seed: number
  readonly steps: readonly Step[]
}

/** Histories that run one after another; a server that died is replaced. */
interface Lane {
  server: Server
}

export interface Totals {
  histories: number
  steps: number
  changesets: number
  accepted: number
  quarantined: number
  forks: number
  passed: number
  failed: number
}

export class Runner {
  readonly totals: Totals = {
    histories: 0,
    steps: 0,
    changesets: 0,
    accepted: 0,
    quarantined: 0,
    forks: 0,
    passed: 0,
    failed: 0,
  }

  constructor(
    private readonly root: string,
    private readonly table: MergeTable,
    private readonly keys: readonly Keys[],
  ) {}

  /** Run histories one after another until none is left, on a server of their own. */
  async work(waiting: History[]): Promise<void> {
    const lane = { server: new Server(this.root) }
    await lane.server.told('reset')
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      await this.run(lane, next)
    }
    lane.server.stop()
  }

  /** Run one history; a failing one is shortened and printed. */
  private async run(lane: Lane, { name, seed, steps }: History): Promise<void> {
    this.totals.histories += 1
    this.totals.steps += steps.length
    const failure = await this.fails(lane, seed, steps)
    if (failure === null) {
      this.totals.passed += 1
      return
    }
    this.totals.failed += 1
    console.log(`${name}: ${failure.stack ?? failure.message}`)
    const shortest = await this.shortened(lane, seed, steps)
    console.log(`shortest history: ${JSON.stringify({ name, seed, steps: shortest })}`)
  }

  private async fails(lane: Lane, seed: number, steps: readonly Step[]): Promise<Error | null> {
    try {
      const world = await World.begin(lane.server, this.table, this.keys, seed)
      for (const step of steps) await world.take(step)
      const reports = await quieten(world)
      const { accepted, quarantined } = await judge(world, reports)
      this.totals.accepted += accepted
      this.totals.quarantined += quarantined
      this.totals.changesets += accepted + quarantined
      this.totals.forks += world.forks
      return null
    } catch (error) {
      if (error instanceof ServerEnded) lane.server = new Server(this.root)
      return error instanceof Error ? error : new Error(String(error))
    }
  }

  /** Drop step after step for as long as the history still fails. */
  private async shortened(
    lane: Lane,
    seed: number,
    steps: readonly Step[],
  ): Promise<readonly Step[]> {
    for (const [index] of steps.entries()) {
      const fewer = steps.filter((_, at) => at !== index)
      if ((await this.fails(lane, seed, fewer)) !== null) {
        return this.shortened(lane, seed, fewer)
      }
    }
    return steps
  }
}
