/** The page's entry. The order matters: schemas are made without eval, styles carry the nonce. */
import './bridge/jitless.ts'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import '@mantine/spotlight/styles.css'
import './ui/global.css'
import { setNonce } from 'get-nonce'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { connectBridge } from './bridge/index.ts'
import { startState } from './state/start.ts'
import { pageNonce } from './ui/page-nonce.ts'

setNonce(pageNonce())
startState(connectBridge())

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}
