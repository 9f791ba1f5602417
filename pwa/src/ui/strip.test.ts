import { describe, expect, it } from 'vitest'
import { type StripFacts, stripOf, stripWords } from './strip'

const ALL_TRUE: StripFacts = {
  roomMinutes: 40,
  conflicts: 1,
  waiting: 2,
  unsent: 23,
  sending: { done: 4, of: 23 },
  network: 'there',
  at: '12:20',
}

describe('the strip', () => {
  it('says the most urgent first, in the order of the paper', () => {
    const calmer: Partial<StripFacts>[] = [
      {},
      { roomMinutes: undefined },
      { conflicts: 0 },
      { waiting: 0 },
      { network: 'none' },
      { network: 'expired' },
      { network: 'there', sending: undefined, unsent: 0 },
    ]
    let facts = ALL_TRUE
    const kinds = calmer.map((change) => stripOf((facts = { ...facts, ...change })).kind)
    expect(kinds).toEqual(['storage', 'conflicts', 'waiting', 'sending', 'offline', 'expired', 'server'])
  })

  it('never claims that all is on the server while something is unsent', () => {
    const facts: StripFacts = {
      ...ALL_TRUE,
      roomMinutes: undefined,
      conflicts: 0,
      waiting: 0,
      sending: undefined,
    }
    expect(stripOf(facts)).toEqual({ kind: 'unsent', count: 23 })
    expect(stripOf({ ...facts, network: 'expired', unsent: 0 }).kind).toBe('expired')
    expect(stripOf({ ...facts, network: 'no_server' })).toEqual({ kind: 'unreachable', unsent: 23 })
  })

  it('speaks calmly without a network', () => {
    const strip = { kind: 'offline', unsent: 23 } as const
    expect(stripWords(strip)).toEqual({ main: '没有网络，可以照常工作', aside: '本机待传 23 项' })
    expect(stripWords(strip, true)).toEqual({ main: '没有网络，全部存在本机', aside: '待传 23 项' })
    expect(stripWords({ ...strip, unsent: 0 })).toEqual({ main: '没有网络，可以照常工作' })
  })
})
