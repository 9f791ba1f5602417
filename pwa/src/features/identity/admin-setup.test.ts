import { describe, expect, test } from 'vitest'

import { type SetupDraft, setupLack, setupWarning } from './admin-setup'

const OFFICE = { name: '办公室', kind: 'administration', sectors: [] }
const CHEMICALS = { name: '危化科', kind: 'supervision', sectors: ['hazardous_chemicals'] }
const FULL: SetupDraft = {
  pack: 'changji',
  sections: [OFFICE, CHEMICALS],
  administrator: '马晓东',
  login: 'guanli',
  password: '梧桐树下三点半开会吧',
}

describe('首次设置 says what lacks', () => {
  test.each<[Partial<SetupDraft>, string | undefined]>([
    [{}, undefined],
    [{ pack: '' }, '先选用哪个地区的规则'],
    [{ sections: [OFFICE, { ...CHEMICALS, name: ' ' }] }, '科室 2 还没有名称'],
    [{ sections: [OFFICE, { ...CHEMICALS, sectors: [] }] }, '危化科还没选监管的行业'],
    [{ administrator: '' }, '还没填管理员姓名'],
    [{ login: ' ' }, '还没填管理员账号'],
    [{ password: '' }, '还没设密码'],
  ])('%o', (over, lack) => expect(setupLack({ ...FULL, ...over })).toBe(lack))

  test('a bureau of one office is warned, not refused', () => {
    expect(setupLack({ ...FULL, sections: [OFFICE] })).toBeUndefined()
    expect(setupWarning([OFFICE])).toContain('还不能做方案')
    expect(setupWarning([OFFICE, CHEMICALS])).toBe('')
  })
})
