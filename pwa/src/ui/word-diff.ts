/** Where two versions of a text differ, word by word. */

export interface Piece {
  readonly text: string
  readonly differs: boolean
}

/** `text` in pieces, those marked that `other` has not in the same place. */
export function differences(text: string, other: string): readonly Piece[] {
  const words = wordsOf(text)
  const kept = commonPlaces(words, wordsOf(other))
  return joined(words.map((word, index) => ({ text: word, differs: !kept.has(index) })))
}

/** Words, with each number or date kept whole: 9月28日 is one thing to an officer. */
function wordsOf(text: string): readonly string[] {
  const pieces = text.split(/((?:\d+年)?\d+月\d+日|\d+(?:[.:,]\d+)*)/)
  const segmenter = new Intl.Segmenter('zh-CN', { granularity: 'word' })
  return pieces.flatMap((piece, index) =>
    index % 2 === 1 ? [piece] : [...segmenter.segment(piece)].map(({ segment }) => segment),
  )
}

/** Indices in `a` of a longest common subsequence with `b`. */
function commonPlaces(a: readonly string[], b: readonly string[]): ReadonlySet<number> {
  const lengths = commonLengths(a, b)
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0
  const kept = new Set<number>()
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) {
      kept.add(i)
      i += 1
      j += 1
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1
    else j += 1
  }
  return kept
}

/** `[i][j]`: how many words `a` from i and `b` from j have in common, in order. */
function commonLengths(a: readonly string[], b: readonly string[]): readonly number[][] {
  const row = (): number[] => new Array<number>(b.length + 1).fill(0)
  const lengths = Array.from({ length: a.length + 1 }, row)
  for (let i = a.length - 1; i >= 0; i -= 1) {
    const here = lengths[i] ?? []
    const below = lengths[i + 1] ?? []
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const same = a[i] === b[j]
      here[j] = same ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, here[j + 1] ?? 0)
    }
  }
  return lengths
}

function joined(pieces: readonly Piece[]): readonly Piece[] {
  const runs: Piece[] = []
  for (const piece of pieces) {
    const last = runs.at(-1)
    if (last?.differs === piece.differs) {
      runs[runs.length - 1] = { text: last.text + piece.text, differs: piece.differs }
    } else runs.push(piece)
  }
  return runs
}
