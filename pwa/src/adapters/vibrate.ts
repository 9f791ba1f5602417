/** `pattern`: ms on, off, on …  False where the phone cannot or may not; iOS never can. */
export function vibrate(pattern: readonly number[]): boolean {
  return navigator.vibrate?.([...pattern]) ?? false
}
