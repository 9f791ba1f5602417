/** The phone's two searches in a page: the library of law, and everything over a whole register. */

import type { Enterprise, PackValue } from '@contract/records'

import { searchEnterprises } from '../../pwa/src/features/enterprises/views'
import { libraryOf, searchCards, snippetOf } from '../../pwa/src/features/law/views'

interface Took {
  readonly worst: number
  readonly found: readonly number[]
}

/** Each query from the first letter on, as it is typed; `worst` in ms of one keystroke. */
function typed(queries: readonly string[], search: (query: string) => number): Took {
  let worst = 0
  const found = queries.map((query) => {
    let count = 0
    for (let end = 1; end <= query.length; end += 1) {
      const began = performance.now()
      count = search(query.slice(0, end))
      worst = Math.max(worst, performance.now() - began)
    }
    return count
  })
  return { worst, found }
}

const bench = {
  law(texts: readonly string[], queries: readonly string[], on: string): Took & { open: number } {
    const rows = texts.map((text, at): [string, PackValue] => {
      const title = (/^# (.*)/.exec(text)?.[1] ?? '法规') + (at > 0 ? ` ${at}` : '')
      const law = { id: `law${at}`, title, short: title, in_force: '2020-01-01', source: '' }
      const id = `law${at}@2020-01-01`
      return [id, { id, json: JSON.stringify({ law, text }), source: '', in_force: '2020-01-01' }]
    })
    const began = performance.now()
    const library = libraryOf(new Map(), new Map(rows))
    const open = performance.now() - began
    const took = typed(queries, (query) => {
      const cards = searchCards(library, [], query, on)
      cards.forEach((card) => snippetOf(card, query))
      return cards.length
    })
    return { ...took, open }
  },
  enterprises(rows: readonly Enterprise[], queries: readonly string[]): Took {
    return typed(queries, (query) => searchEnterprises(rows, query).length)
  },
}

Object.assign(window, { bench })
