/** Set by the build from package.json. */
declare const __HOOKSTAGE_VERSION__: string
