import { describe, expect, it } from 'vitest'
import { bytesPerHour, minutesLeft } from './storage'

describe('room for recording', () => {
  it('is 14.7 MB for an hour of sound', () => {
    expect(bytesPerHour(32_000)).toBe(14_688_000)
  })

  it('is told in whole minutes, never rounded up', () => {
    expect(minutesLeft(bytesPerHour(32_000), 32_000)).toBe(60)
    expect(minutesLeft(bytesPerHour(32_000) - 1, 32_000)).toBe(59)
    expect(minutesLeft(0, 32_000)).toBe(0)
  })
})
