import { describe, expect, it } from 'vitest'
import { firstTheme, lookOf, nextTheme } from './appearance'

describe('the look', () => {
  it('goes round by one tap', () => {
    expect(['day', 'sun', 'night'].map((theme) => nextTheme(theme as 'day'))).toEqual([
      'sun',
      'night',
      'day',
    ])
  })

  it('is at first what the phone asks for, contrast before darkness', () => {
    expect(firstTheme({ contrast: true, dark: true })).toBe('sun')
    expect(firstTheme({ contrast: false, dark: true })).toBe('night')
    expect(firstTheme({ contrast: false, dark: false })).toBe('day')
  })

  it.each([
    [null, { theme: 'sun', size: 'standard' }],
    ['night huge', { theme: 'night', size: 'huge' }],
    ['night', { theme: 'night', size: 'standard' }],
    ['neon gigantic', { theme: 'sun', size: 'standard' }],
  ])('kept as %j', (kept, look) => {
    expect(lookOf(kept, 'sun')).toEqual(look)
  })
})
