import { describe, expect, it } from 'vitest'

import { said, sentenceAt, UNGUIDED } from './guide'

describe('the guide of the first visit', () => {
  it('says its sentence at a screen once', () => {
    expect(sentenceAt('visit.home', UNGUIDED)).not.toBe('')
    const after = said(UNGUIDED, 'visit.home')
    expect(sentenceAt('visit.home', after)).toBe('')
    expect(sentenceAt('visit.check', after)).not.toBe('')
    expect(said(after, 'visit.home').seen).toEqual(['visit.home'])
  })

  it('is silent where it was turned off, and on screens it knows nothing of', () => {
    expect(sentenceAt('visit.home', { ...UNGUIDED, off: true })).toBe('')
    expect(sentenceAt('field.today', UNGUIDED)).toBe('')
  })
})
