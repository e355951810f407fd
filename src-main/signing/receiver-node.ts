/**
 * A receiver in Node that verifies one scheme: a program that runs as pasted, needs nothing but
 * Node, answers 200 to a right signature and 401 to any other.
 */
import { hasTimestamp, type SchemeSpec, TOLERANCE_S } from './scheme.ts'

/** @param publicKey of an ed25519 key, when it is known */
export function nodeReceiver(spec: SchemeSpec, publicKey: string | null): string {
  return [
    ...opening(spec, publicKey),
    ...validation(spec),
    ...comparison(spec),
    ...SERVER,
    '',
  ].join('\n')
}

function opening(spec: SchemeSpec, publicKey: string | null): string[] {
  const isHmac = spec.keyForm !== 'ed25519'
  const variable = isHmac ? 'WEBHOOK_SECRET' : 'WEBHOOK_PUBLIC_KEY'
  return [
    '// Answers 200 to a request whose signature is right, and 401 to any other.',
    `// Save it as receiver.mjs, then: ${variable}='${publicKey ?? '…'}' node receiver.mjs`,
    `import { ${isHmac ? 'createHmac, timingSafeEqual' : 'createPublicKey, verify'} } from "node:crypto"`,
    'import { createServer } from "node:http"',
    '',
    `const secret = process.env.${variable}`,
    `if (!secret) throw new Error("Set ${variable} first.")`,
    ...keyLines(spec),
    '',
  ]
}

function keyLines({ keyForm }: SchemeSpec): string[] {
  switch (keyForm) {
    case 'text':
      return ['const key = secret']
    case 'base64':
      return ['const key = Buffer.from(secret, "base64")']
    case 'whsec':
      return ['const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64")']
    case 'ed25519':
      return [
        'const x = Buffer.from(secret.replace(/^whpk_/, ""), "base64").toString("base64url")',
        'const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" })',
      ]
  }
}

function validation(spec: SchemeSpec): string[] {
  const before = spec.before
    .map(({ label, text }) => (label === '' ? text : `\${${label}}`))
    .join('')
  const isHmac = spec.keyForm !== 'ed25519'
  return [
    '// body: the bytes as they arrived, before anything parses them',
    'function isValid(headers, body) {',
    ...readLines(spec),
    ...(hasTimestamp(spec)
      ? [`  if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) <= ${TOLERANCE_S})) return false`]
      : []),
    before === ''
      ? '  const signed = body'
      : `  const signed = Buffer.concat([Buffer.from(\`${before}\`), body])`,
    ...(isHmac
      ? [
          `  const digest = createHmac("${spec.hash}", key).update(signed).digest("${spec.encoding}")`,
          `  return signatures.some((signature) => isSame(signature, ${JSON.stringify(spec.prefix)} + digest))`,
        ]
      : ['  return signatures.some((signature) => isSignature(signature, signed))']),
    '}',
    '',
  ]
}

function readLines(spec: SchemeSpec): string[] {
  const header = (name: string) => `headers[${JSON.stringify(name.toLowerCase())}] ?? ""`
  const { id, timestamp, signature } = spec.headers
  if (spec.layout === 'stripe') {
    return [
      `  const parts = (${header(signature)}).split(",").map((part) => part.split("="))`,
      '  const timestamp = parts.find(([name]) => name === "t")?.[1] ?? ""',
      '  const signatures = parts.filter(([name]) => name === "v1").map(([, value]) => value ?? "")',
    ]
  }
  return [
    ...(id === null ? [] : [`  const id = ${header(id)}`]),
    ...(timestamp === null ? [] : [`  const timestamp = ${header(timestamp)}`]),
    spec.headers.signature === 'webhook-signature'
      ? `  const signatures = (${header(signature)}).split(" ")`
      : `  const signatures = [${header(signature)}]`,
  ]
}

function comparison(spec: SchemeSpec): string[] {
  if (spec.keyForm === 'ed25519') {
    return [
      'function isSignature(text, signed) {',
      `  const prefix = ${JSON.stringify(spec.prefix)}`,
      '  const signature = Buffer.from(text.slice(prefix.length), "base64")',
      '  return text.startsWith(prefix) && verify(null, signed, key, signature)',
      '}',
      '',
    ]
  }
  return [
    '// takes the same time wherever the texts differ',
    'function isSame(a, b) {',
    '  const [left, right] = [Buffer.from(a), Buffer.from(b)]',
    '  return left.length === right.length && timingSafeEqual(left, right)',
    '}',
    '',
  ]
}

const SERVER = [
  'const server = createServer((request, response) => {',
  '  const chunks = []',
  '  request.on("data", (chunk) => chunks.push(chunk))',
  '  request.on("end", () => {',
  '    const valid = isValid(request.headers, Buffer.concat(chunks))',
  '    response.writeHead(valid ? 200 : 401).end(valid ? "ok\\n" : "wrong signature\\n")',
  '  })',
  '})',
  'server.listen(Number(process.env.PORT ?? 8000), "127.0.0.1", () => {',
  '  console.log("Listening on http://127.0.0.1:" + server.address().port)',
  '})',
]
