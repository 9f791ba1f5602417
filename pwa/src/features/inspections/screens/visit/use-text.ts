/** The text of a field while it is written: it follows the record, but never over words unsaved. */

import { ref, type Ref, watch } from 'vue'

export function useText(recorded: () => string): Ref<string> {
  const text = ref(recorded())
  let known = text.value
  watch(recorded, (now) => {
    if (text.value === known) text.value = now
    known = now
  })
  return text
}
