/** Where things are, and what version this is. */
import { homedir } from 'node:os'
import { join } from 'node:path'

/** From package.json, put in by the build. */
export const VERSION =
  typeof __HOOKSTAGE_VERSION__ === 'string' ? __HOOKSTAGE_VERSION__ : '0.0.0-source'

/** The data folder when none is named: where each system keeps such things. */
export function defaultDataDir(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
  home: string = homedir(),
): string {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Hookstage')
  if (platform === 'win32')
    return join(env.APPDATA ?? join(home, 'AppData', 'Roaming'), 'Hookstage')
  return join(env.XDG_DATA_HOME || join(home, '.local', 'share'), 'hookstage')
}
