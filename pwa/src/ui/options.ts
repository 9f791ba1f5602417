import type { Icon } from './icons'

/** One of several a person may choose. */
export interface Option<Value extends string = string> {
  readonly value: Value
  readonly label: string
  readonly icon?: Icon
}

/** `chosen` with `value` in or out of it, in the order of choosing. */
export function toggled<Value extends string>(
  chosen: readonly Value[],
  value: Value,
): readonly Value[] {
  return chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]
}
