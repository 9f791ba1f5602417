import { expect, it } from 'vitest'
import { inOrder } from './in-order'

it('begins each piece of work when the one before has ended, even badly', async () => {
  const queue = inOrder()
  const log: string[] = []
  let open = () => {}
  const gate = new Promise<void>((resolve) => {
    open = resolve
  })
  const slow = queue(async () => {
    await gate
    log.push('slow')
  })
  const bad = queue(async () => {
    log.push('bad')
    throw new Error('bad')
  })
  const last = queue(async () => log.push('last'))
  expect(log).toEqual([])
  open()
  await slow
  await expect(bad).rejects.toThrow('bad')
  await last
  expect(log).toEqual(['slow', 'bad', 'last'])
})
