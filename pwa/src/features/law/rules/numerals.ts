/** Numbers as statutes print them: 十一, 一百零一, 一千二百六十. */

const DIGITS = '零一二三四五六七八九'
const UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 }
export const NUMERAL = '[零〇一二三四五六七八九十百千]{1,9}'
export const NUMBER = `([0-9]{1,4}|${NUMERAL})`

/** 1 to 9999 in Chinese numerals as statutes write them: 十一, 一百零一, 一千二百六十. */
export function numeral(number: number): string {
  let words = ''
  let gap = false
  for (const [unit, word] of [[1000, '千'], [100, '百'], [10, '十'], [1, '']] as const) {
    const digit = Math.floor(number / unit) % 10
    if (digit) words += (gap && words ? '零' : '') + DIGITS.charAt(digit) + word
    gap = digit === 0
  }
  return number >= 10 && number < 20 ? words.slice(1) : words
}

/** A number in digits or Chinese numerals; null for what no statute would print (三六). */
export function readNumber(text: string): number | null {
  if (/^[0-9]+$/.test(text)) return Number(text) || null
  const plain = text.replaceAll('〇', '零')
  let total = 0
  let digit = 0
  for (const character of plain) {
    const unit = UNITS[character]
    total += unit ? (digit || 1) * unit : 0
    digit = unit ? 0 : DIGITS.indexOf(character)
  }
  total += digit
  return total && numeral(total) === plain ? total : null
}

export function halfWidth(text: string): string {
  return text.replace(/[０-９（）．＃＠]/g, (wide) =>
    String.fromCharCode(wide.charCodeAt(0) - 0xfee0),
  )
}
