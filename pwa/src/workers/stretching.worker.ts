/** Tries one PIN, off the page's thread. */
import { argon2 } from '../adapters/argon2'
import { serve } from '../adapters/blob-calls'
import type { StretchingCalls } from '../adapters/stretching'

serve<StretchingCalls>({ stretch: ({ pin, salt, cost }) => argon2(pin, salt, cost) })
