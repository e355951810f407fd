/**
 * Addresses that nothing is ever sent to: link-local ones and those of cloud metadata services, which
 * hand credentials to whoever asks from inside. Names are judged by what they resolve to, at the moment
 * of connecting, and exactly what was judged is connected to.
 */
import { type LookupAddress, type LookupOptions, lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

export class ForbiddenAddress extends Error {
  readonly address: string
  constructor(address: string) {
    super(`${address} is not connected to`)
    this.address = address
  }
}

const FORBIDDEN = new BlockList()
// Link-local (RFC 3927, RFC 4291); AWS, Azure, Google Cloud, Oracle and others serve metadata there.
FORBIDDEN.addSubnet('169.254.0.0', 16, 'ipv4')
FORBIDDEN.addSubnet('fe80::', 10, 'ipv6')
// Instance metadata over IPv6, and its neighbours: docs.aws.amazon.com, "Access instance metadata".
FORBIDDEN.addSubnet('fd00:ec2::', 32, 'ipv6')
// cloud.google.com, "About VM metadata"; docs.oracle.com, "Instance Metadata Service Endpoints".
FORBIDDEN.addAddress('fd20:ce::254', 'ipv6')
FORBIDDEN.addAddress('fd00:c1::a9fe:a9fe', 'ipv6')
// Instance metadata of Alibaba Cloud: alibabacloud.com/help, "Instance metadata".
FORBIDDEN.addAddress('100.100.100.200', 'ipv4')
// Instance metadata of Oracle Cloud Classic: docs.oracle.com, "Retrieving instance metadata".
FORBIDDEN.addAddress('192.0.0.192', 'ipv4')
// The platform's own address inside Azure: learn.microsoft.com, "What is IP address 168.63.129.16".
FORBIDDEN.addAddress('168.63.129.16', 'ipv4')
// The same behind NAT64 (RFC 6052).
FORBIDDEN.addSubnet('64:ff9b::a9fe:0', 112, 'ipv6')
FORBIDDEN.addAddress('64:ff9b::6464:64c8', 'ipv6')
FORBIDDEN.addAddress('64:ff9b::c000:c0', 'ipv6')
FORBIDDEN.addAddress('64:ff9b::a83f:8110', 'ipv6')
// The same behind 6to4 (RFC 3056).
FORBIDDEN.addSubnet('2002:a9fe::', 32, 'ipv6')

/** By name as well: behind a proxy it is the proxy that looks names up. */
const FORBIDDEN_NAME =
  /^(metadata\.google\.internal|metadata\.goog|instance-data\.ec2\.internal)\.?$/i

/** Whether a host is such an address, or a name known for one. @param host brackets and zone may stand around it */
export function isForbidden(host: string): boolean {
  const address = host.replace(/^\[|\]$/g, '').replace(/%.*$/, '')
  const family = isIP(address)
  if (family === 0) return FORBIDDEN_NAME.test(address)
  return FORBIDDEN.check(address, family === 4 ? 'ipv4' : 'ipv6')
}

type Answer = (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => void
type Resolve = (hostname: string, options: LookupOptions & { all: true }, answer: Answer) => void

/** A look-up that fails with ForbiddenAddress when any of the addresses of a name is one. */
export function checkedLookup(resolve: Resolve = lookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      const forbidden = error ? undefined : found.find(({ address }) => isForbidden(address))
      const [first] = found ?? []
      const fault = error ?? (forbidden ? new ForbiddenAddress(forbidden.address) : null)
      if (fault || !first) callback(fault ?? new Error('no address'), '', 4)
      else if (options.all) callback(null, found)
      else callback(null, first.address, first.family)
    })
  }
}
