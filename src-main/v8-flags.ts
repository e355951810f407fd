/**
 * What V8 is started with: at most so many MB for new objects in each half. Under load it would take 16
 * MB of each, and keep them, for no gain; package.json's scripts say the same to Node.
 */
export const V8_FLAGS = '--max-semi-space-size=4'
