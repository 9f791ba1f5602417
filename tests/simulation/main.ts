/**
 * Simulate inspectors and a server that both meet every mishap, and judge what is left.
 *
 *   tsx tests/simulation/main.ts --histories 500 --seed 1 --steps 14
 *
 * The same seed gives the same histories. A history that fails is printed with its seed and made
 * as short as dropping steps allows; put it into seeds.json under a name, it is then run first.
 */

import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { MergeTable } from '../../sync/client/src/index'
import { newKeys } from '../../sync/client/tests/keys'
import { Runner } from './runner'
import type { History, Totals } from './runner'
import { historyOf } from './steps'

const ROOT = new URL('../../', import.meta.url)
const KEYS = 4
/** A phone waits while its server works, and the other way round: two of each fill two cores. */
const SERVERS = 2

function read<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(path, ROOT), 'utf8')) as T
}

function histories(first: number, count: number, steps: number): readonly History[] {
  const named = read<readonly History[]>('tests/simulation/seeds.json')
  const random = Array.from({ length: count }, (_, index) => {
    const seed = first + index
    return { name: `seed ${seed}`, seed, steps: historyOf(seed, steps) }
  })
  return [...named, ...random]
}

function print(totals: Totals): void {
  const { histories, steps, changesets, accepted, quarantined, forks, passed, failed } = totals
  console.log(
    `histories ${histories}, steps ${steps}, changesets ${changesets}, accepted ${accepted}, ` +
      `quarantined ${quarantined}, forks ${forks}`,
  )
  console.log(`${passed} passed, ${failed} failed`)
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      histories: { type: 'string', default: '500' },
      seed: { type: 'string', default: '1' },
      steps: { type: 'string', default: '14' },
    },
  })
  const waiting = [
    ...histories(Number(values.seed), Number(values.histories), Number(values.steps)),
  ].reverse()
  const keys = await Promise.all(Array.from({ length: KEYS }, newKeys))
  const table = read<MergeTable>('sync/contract/merge.json')
  const runner = new Runner(ROOT.pathname, table, keys)
  await Promise.all(Array.from({ length: SERVERS }, () => runner.work(waiting)))
  print(runner.totals)
  process.exitCode = runner.totals.failed > 0 ? 1 : 0
}

void main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
