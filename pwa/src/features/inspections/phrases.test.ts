import { describe, expect, it } from 'vitest'

import type { Store } from '@/store/types'

import { keepPhrases, keptPhrases } from './phrases'

function shelf(): Store {
  const kept = new Map<string, unknown>()
  const store: Pick<Store, 'keep' | 'kept'> = {
    keep: async (name, value) => void kept.set(name, value),
    kept: async (name) => kept.get(name),
  }
  return store as Store
}

describe('the officer’s own phrases', () => {
  it('are kept by field, each once, the newest first', async () => {
    const store = shelf()
    await keepPhrases(store, '产生原因', ['值班缺位', ' 值班缺位 ', '巡检走过场', ''])
    expect(await keptPhrases(store, '产生原因')).toEqual(['值班缺位', '巡检走过场'])
    expect(await keptPhrases(store, '整改措施建议')).toEqual([])
  })

  it('are never more than can be looked through', async () => {
    const many = Array.from({ length: 50 }, (_, at) => `第${at}句`)
    expect(await keepPhrases(shelf(), '产生原因', many)).toHaveLength(30)
  })
})
