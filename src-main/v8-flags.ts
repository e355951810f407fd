/**
 * What V8 is started with; package.json's scripts say the same to Node. At most so many MB for new
 * objects in each half: under load it would take 16 MB of each, and keep them, for no gain. And no
 * threads that help to collect them: of so few they take a sixth of what a delivery takes on the main
 * thread, and spare it nothing.
 */
export const V8_FLAGS = ['--max-semi-space-size=8', '--no-parallel-scavenge'] as const
