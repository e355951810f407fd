/**
 * Hands the page a MessagePort to the core. Only the window's main frame at our origin gets one, one
 * at a time; it is closed when the page goes.
 */
import { RPCHandler } from '@orpc/server/message-port'
import { type BrowserWindow, ipcMain, MessageChannelMain, type MessagePortMain } from 'electron'
import type { AppRouter } from '../rpc/router.ts'

const CONNECT_CHANNEL = 'hookstage:connect'

/** @param origin the only one that is served, such as `app://hookstage` */
export function servePort(window: BrowserWindow, origin: string, router: AppRouter): void {
  const handler = new RPCHandler(router)
  const { webContents } = window
  let live: MessagePortMain | null = null

  const drop = () => {
    live?.close()
    live = null
  }
  ipcMain.on(CONNECT_CHANNEL, (event) => {
    const { senderFrame } = event
    if (window.isDestroyed() || !senderFrame || senderFrame !== webContents.mainFrame) return
    if (!senderFrame.url.startsWith(`${origin}/`)) return
    drop()
    const { port1, port2 } = new MessageChannelMain()
    live = port1
    handler.upgrade(port1)
    port1.start()
    senderFrame.postMessage(CONNECT_CHANNEL, null, [port2])
  })
  webContents.on('did-start-navigation', (details) => {
    if (details.isMainFrame && !details.isSameDocument) drop()
  })
  webContents.on('render-process-gone', drop)
  window.on('closed', drop)
}
