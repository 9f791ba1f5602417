/** What one change may hold, in bytes of its text (CS3): a longer one is never written. */
export { MAX_BODY_BYTES } from '@sync'
