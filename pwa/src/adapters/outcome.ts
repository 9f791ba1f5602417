/** What an adapter gives back: the browser says no in many lawful ways, so a no is a value. */
export type Outcome<Value, Failure> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: Failure }

export const done = <Value>(value: Value): { ok: true; value: Value } => ({ ok: true, value })

export const failed = <Failure>(error: Failure): { ok: false; error: Failure } => ({
  ok: false,
  error,
})
