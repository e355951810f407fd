/** The page's policy forbids eval: zod must not compile its schemas. Imported before any of them. */
import { z } from 'zod'

z.config({ jitless: true })
