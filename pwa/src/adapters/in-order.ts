export type InOrder = <Value>(work: () => Promise<Value>) => Promise<Value>

/** A queue of one lane: each piece of work begins when the one before has ended, well or badly. */
export function inOrder(): InOrder {
  let tail: Promise<unknown> = Promise.resolve()
  return (work) => {
    const mine = tail.then(work)
    tail = mine.catch(() => undefined)
    return mine
  }
}
