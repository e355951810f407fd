/**
 * The application's menu: what the system's own shortcuts hang on (copy and paste on a Mac, zoom,
 * full screen, quit) and nothing else. Everything of ours is in the page and its palette.
 */
import { Menu, type MenuItemConstructorOptions } from 'electron'

/** @param isPackaged whether this is the shipped app, which has no developer tools */
export function setMenu(platform: NodeJS.Platform, isPackaged: boolean): void {
  const first: MenuItemConstructorOptions =
    platform === 'darwin' ? { role: 'appMenu' } : { label: 'File', submenu: [{ role: 'quit' }] }
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      first,
      { role: 'editMenu' },
      {
        label: 'View',
        submenu: [
          { role: 'resetZoom' },
          { role: 'zoomIn' },
          { role: 'zoomOut' },
          { type: 'separator' },
          { role: 'togglefullscreen' },
          ...(isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
        ],
      },
      { role: 'windowMenu' },
    ]),
  )
}
