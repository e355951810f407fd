/**
 * What V8 is started with; package.json's scripts say the same to Node. At most so many MB for new
 * objects in each half: under load it would take 16 MB of each, and keep them, for no gain. And no
 * threads that help to collect them: of so few they take a sixth of what a delivery takes on the main
 * thread, and spare it nothing. Old objects are collected when there are two and a half times as many as
 * were left; by itself V8 waits for up to four times as many, and keeps the room.
 */
export const V8_FLAGS = [
  '--max-semi-space-size=8',
  '--no-parallel-scavenge',
  '--heap-growing-percent=150',
] as const
