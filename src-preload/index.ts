/**
 * Electron's preload: on the page's request it has the main process send a MessagePort to the core
 * and hands it on. No logic, and nothing else of Electron reaches the page.
 */
import { contextBridge, ipcRenderer } from 'electron'

const CONNECT_CHANNEL = 'hookstage:connect'
const PORT_MESSAGE = 'hookstage-port'

ipcRenderer.on(CONNECT_CHANNEL, ({ ports }) => {
  window.postMessage(PORT_MESSAGE, location.origin, [...ports])
})

contextBridge.exposeInMainWorld('hookstage', {
  connect: () => {
    ipcRenderer.send(CONNECT_CHANNEL)
  },
})
