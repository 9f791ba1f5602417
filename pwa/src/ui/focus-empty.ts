/** Where a tap on what lacks leads: the first field within that is still empty. */
export function focusEmpty(within: HTMLElement | null): void {
  const fields = [...(within?.querySelectorAll<HTMLInputElement>('input, textarea') ?? [])]
  const empty = fields.find(({ value }) => value.trim() === '')
  const field = empty ?? fields[0]
  field?.focus()
}
