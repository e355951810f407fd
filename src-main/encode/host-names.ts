/** Which hosts are this machine, by their names alone. */

/** Whatever a proxy would make of it. @param hostname as a URL has it */
export function isLoopback(hostname: string): boolean {
  const host = bareHost(hostname)
  if (host === 'localhost' || host.endsWith('.localhost')) return true
  return /^127(\.\d{1,3}){3}$/.test(host) || host === '::1' || /^::ffff:7f[0-9a-f]{2}:/.test(host)
}

/** Without the brackets of an IPv6 address and the dot of a full name, lower case. */
export function bareHost(hostname: string): string {
  return hostname.replace(/^\[|\]$|\.$/g, '').toLowerCase()
}
