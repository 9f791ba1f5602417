/** 整改与复查 (S0-5b). Days are Asia/Shanghai. */

/** What a recheck finds of one item: 改好了, 改了一部分, 没改好. */
export type ItemResult = 'fixed' | 'partly' | 'not_fixed'

export type Outcome = 'passed' | 'partly' | 'failed'

/** One item of an order: its number, its finding, its last day. */
export interface Demand {
  readonly number: number
  readonly finding: string
  readonly due: string
}

/** Items of one day, as the order says them: 第1、3项于…前整改完毕. */
export interface DueGroup {
  readonly due: string
  readonly numbers: readonly number[]
}

export interface Answer {
  readonly finding: string
  readonly result: ItemResult
}

/** What the section must do next; `clock` is the rule that counts its days, empty if none. */
export interface Duty {
  readonly act: 'new_order' | 'transfer'
  readonly findings: readonly string[]
  readonly clock: string
  readonly source: string
}
