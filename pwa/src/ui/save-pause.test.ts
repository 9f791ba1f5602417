import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { PAUSE_MS, savePause } from './save-pause'

describe('a field', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('saves once, after the last key of a run', () => {
    const save = vi.fn()
    const pause = savePause(save)
    for (const value of ['报', '报警', '报警器']) {
      pause.typed(value)
      vi.advanceTimersByTime(PAUSE_MS - 1)
    }
    expect(save).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(save.mock.calls).toEqual([['报警器']])
  })

  it('saves at once when left, and not again', () => {
    const save = vi.fn()
    const pause = savePause(save)
    pause.typed('报警器')
    pause.flush()
    vi.advanceTimersByTime(10 * PAUSE_MS)
    pause.flush()
    expect(save.mock.calls).toEqual([['报警器']])
  })

  it('left untouched saves nothing', () => {
    const save = vi.fn()
    savePause(save).flush()
    expect(save).not.toHaveBeenCalled()
  })
})
