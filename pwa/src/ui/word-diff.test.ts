import { describe, expect, it } from 'vitest'
import { type Piece, differences } from './word-diff'

const marked = (pieces: readonly Piece[]): string[] =>
  pieces.filter((piece) => piece.differs).map((piece) => piece.text)

describe('two versions', () => {
  it('differ in the date as a whole', () => {
    const mine = '限期整改，9月28日（周一）前改完'
    expect(marked(differences(mine, '限期整改，9月21日（周一）前改完'))).toEqual(['9月28日'])
  })

  it('differ by words, not by characters', () => {
    const mine = '立即恢复报警；更换传感器；停用先办审批。'
    const theirs = '立即恢复报警；查明误报原因并检定；停用先办审批。'
    expect(marked(differences(mine, theirs))).toEqual(['更换传感器'])
    expect(marked(differences(theirs, mine))).toEqual(['查明误报原因并检定'])
  })

  it('that are equal show nothing', () => {
    expect(differences('恢复报警', '恢复报警')).toEqual([{ text: '恢复报警', differs: false }])
  })

  it('with nothing in common differ throughout', () => {
    expect(differences('恢复报警', '')).toEqual([{ text: '恢复报警', differs: true }])
  })

  it.each(['', '一', '9月28日前，恢复 GT-204 报警；4.5 米。'])('lose no character of %j', (text) => {
    const pieces = differences(text, '9月21日，恢复报警 GT-205。')
    expect(pieces.map((piece) => piece.text).join('')).toBe(text)
  })
})
