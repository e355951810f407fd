/** Kinds of endpoints of one destination that answer differently, told by the URL alone. */

/** An incoming webhook, not one that starts a workflow of Slack's: those do not answer `ok`. */
export function isSlackMessagePath(path: string): boolean {
  return !/^\/+(workflows|triggers)\//.test(path)
}

/** An Office 365 connector, or a rehearsal of one; every other URL of Teams is a flow's. */
export function isConnectorPath(path: string): boolean {
  return /\/IncomingWebhook\//i.test(path)
}

/** @param origin `https://tenant.webhook.office.com` */
export function isRetiredConnector(origin: string): boolean {
  return /(\/|\.)(webhook\.office\.com|outlook\.office(365)?\.com)(:\d+)?$/i.test(origin)
}

/** Maybe one of those that were switched off; the national clouds' were not. */
export function isOldFlow(origin: string): boolean {
  return /\.logic\.azure\.com(:\d+)?$/i.test(origin)
}
