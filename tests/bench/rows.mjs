/** The findings both peers write: a fixed generator with long, varied Chinese text. */

const PLACES = ['1号罐区', '装卸台', '氨压缩机房', '中控室', '粉尘涉爆车间', '危废暂存间', '锅炉房', '配电间']
const THINGS = ['可燃气体报警器', '压力表', '安全阀', '紧急切断阀', '除尘风机', '防静电跨接', '应急照明', '围堰']
const FAULTS = ['被人为关闭', '超过检定有效期', '与现场图纸不一致', '没有接入控制系统', '损坏后未更换', '未按规定投用']
const CAUSES = ['未建立检查台账，责任没有落实到人', '检修后没有复位确认', '误报没有查明就自行停用', '培训走过场，操作人员不了解风险']
const MEASURES = ['立即恢复投用并查明原因', '限期送检，检定期间用便携式仪器替代', '完善制度，明确责任人，每班检查并签字']

/** A small repeatable generator (mulberry32). */
function random(seed) {
  let state = seed >>> 0
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit
  }
}

export function findings(count) {
  const below = random(20261)
  const pick = (words) => words[below(words.length)]
  return Array.from({ length: count }, (_, n) => ({
    problem: `${pick(PLACES)}${pick(THINGS)}（位号 ${below(90000) + 10000}）${pick(FAULTS)}，现场已连续 ${below(400)} 天未处理。`,
    place: `${pick(PLACES)}东侧 ${below(300)} 米`,
    cause: pick(CAUSES),
    measure: `${pick(MEASURES)}，第 ${n} 项。`,
    grade: below(10) === 0 ? 'major' : 'general',
  }))
}
