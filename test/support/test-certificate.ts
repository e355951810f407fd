/**
 * Makes X.509 certificates on the spot (RFC 5280, just enough of it), so that tests need no openssl
 * and no file that expires. P-256 keys.
 */
import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { isIP } from 'node:net'

export interface TestCertificate {
  readonly keyPem: string
  readonly certPem: string
  readonly commonName: string
}

/** @param options.signedBy an authority; without it the certificate is self-signed */
export function makeCertificate(options: {
  commonName?: string
  /** Host names and IPv4 addresses that it is good for. */
  names?: readonly string[]
  notBefore?: Date
  notAfter?: Date
  signedBy?: TestCertificate
}): TestCertificate {
  const commonName = options.commonName ?? 'Hookstage test'
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const signer: KeyObject = options.signedBy
    ? createPrivateKey(options.signedBy.keyPem)
    : keys.privateKey
  const body = sequence(
    explicit(0, integer(2)),
    integer(Date.now()),
    ECDSA_WITH_SHA256,
    name(options.signedBy?.commonName ?? commonName),
    sequence(
      time(options.notBefore ?? new Date('2020-01-01T00:00:00Z')),
      time(options.notAfter ?? new Date('2100-01-01T00:00:00Z')),
    ),
    name(commonName),
    keys.publicKey.export({ type: 'spki', format: 'der' }),
    explicit(3, sequence(...extensions(options.names))),
  )
  const signature = sign('sha256', body, signer)
  const der = sequence(body, ECDSA_WITH_SHA256, tagged(0x03, Buffer.from([0]), signature))
  return {
    keyPem: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certPem: `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`,
    commonName,
  }
}

function extensions(names: readonly string[] | undefined): Buffer[] {
  // Without names it is an authority.
  if (!names) return [extension(OID_BASIC_CONSTRAINTS, sequence(tagged(0x01, Buffer.from([0xff]))))]
  const alternatives = names.map((name) =>
    isIP(name) === 4
      ? tagged(0x87, Buffer.from(name.split('.').map(Number)))
      : tagged(0x82, Buffer.from(name, 'latin1')),
  )
  return [extension(OID_ALTERNATIVE_NAMES, sequence(...alternatives))]
}

const extension = (oid: Buffer, value: Buffer) => sequence(oid, tagged(0x04, value))
const sequence = (...parts: Buffer[]) => tagged(0x30, ...parts)
const explicit = (number: number, part: Buffer) => tagged(0xa0 + number, part)

const ECDSA_WITH_SHA256 = sequence(
  tagged(0x06, Buffer.from([0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02])),
)
const OID_BASIC_CONSTRAINTS = tagged(0x06, Buffer.from([0x55, 0x1d, 0x13]))
const OID_ALTERNATIVE_NAMES = tagged(0x06, Buffer.from([0x55, 0x1d, 0x11]))
const OID_COMMON_NAME = tagged(0x06, Buffer.from([0x55, 0x04, 0x03]))

function name(commonName: string): Buffer {
  const pair = sequence(OID_COMMON_NAME, tagged(0x0c, Buffer.from(commonName)))
  return sequence(tagged(0x31, pair))
}

function integer(value: number): Buffer {
  const hex = value.toString(16)
  return tagged(0x02, Buffer.from(hex.length % 2 === 0 ? `00${hex}` : `0${hex}`, 'hex'))
}

/** GeneralizedTime is allowed from 2050 on; UTCTime is required before. */
function time(date: Date): Buffer {
  const digits = date.toISOString().replace(/[-:T]/g, '').slice(0, 14)
  return date.getUTCFullYear() >= 2050
    ? tagged(0x18, Buffer.from(`${digits}Z`))
    : tagged(0x17, Buffer.from(`${digits.slice(2)}Z`))
}

function tagged(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  return Buffer.concat([Buffer.from([tag]), length(content.length), content])
}

function length(bytes: number): Buffer {
  if (bytes < 0x80) return Buffer.from([bytes])
  const hex = bytes.toString(16)
  const encoded = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')
  return Buffer.concat([Buffer.from([0x80 + encoded.length]), encoded])
}
