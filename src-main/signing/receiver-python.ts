/**
 * A receiver in Python that verifies one scheme: a program that runs as pasted on Python 3.9 or
 * later. Only ed25519 needs a package, because the standard library has no such signature.
 */
import { hasTimestamp, type SchemeSpec, TOLERANCE_S } from './scheme.ts'

/** @param publicKey of an ed25519 key, when it is known */
export function pythonReceiver(spec: SchemeSpec, publicKey: string | null): string {
  return [...opening(spec, publicKey), ...validation(spec), ...SERVER, ''].join('\n')
}

function opening(spec: SchemeSpec, publicKey: string | null): string[] {
  const isHmac = spec.keyForm !== 'ed25519'
  const variable = isHmac ? 'WEBHOOK_SECRET' : 'WEBHOOK_PUBLIC_KEY'
  return [
    '# Answers 200 to a request whose signature is right, and 401 to any other.',
    `# Save it as receiver.py, then: ${variable}='${publicKey ?? '…'}' python3 receiver.py`,
    ...(isHmac ? [] : ['# It needs a package: pip install cryptography']),
    ...modules(spec).map((name) => `import ${name}`),
    'from http.server import BaseHTTPRequestHandler, HTTPServer',
    ...(isHmac
      ? []
      : [
          '',
          'from cryptography.exceptions import InvalidSignature',
          'from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey',
        ]),
    '',
    `secret = os.environ["${variable}"]`,
    `key = ${keyExpression(spec)}`,
    '',
    '',
  ]
}

function modules(spec: SchemeSpec): string[] {
  const isHmac = spec.keyForm !== 'ed25519'
  const usesBase64 = spec.keyForm !== 'text' || spec.encoding === 'base64'
  return [
    ...(usesBase64 ? ['base64'] : []),
    ...(isHmac ? ['hashlib', 'hmac'] : []),
    'os',
    ...(hasTimestamp(spec) ? ['time'] : []),
  ]
}

function keyExpression({ keyForm }: SchemeSpec): string {
  switch (keyForm) {
    case 'text':
      return 'secret.encode()'
    case 'base64':
      return 'base64.b64decode(secret)'
    case 'whsec':
      return 'base64.b64decode(secret.removeprefix("whsec_"))'
    case 'ed25519':
      return 'Ed25519PublicKey.from_public_bytes(base64.b64decode(secret.removeprefix("whpk_")))'
  }
}

function validation(spec: SchemeSpec): string[] {
  const before = spec.before
    .map(({ label, text }) => (label === '' ? text : `{${VARIABLES[label]}}`))
    .join('')
  return [
    '# body: the bytes as they arrived, before anything parses them',
    'def is_valid(headers, body):',
    ...readLines(spec),
    ...(hasTimestamp(spec)
      ? [
          `    if not timestamp.isdigit() or abs(time.time() - int(timestamp)) > ${TOLERANCE_S}:`,
          '        return False',
        ]
      : []),
    before === '' ? '    signed = body' : `    signed = f"${before}".encode() + body`,
    ...(spec.keyForm === 'ed25519' ? signatureCheck(spec) : digestCheck(spec)),
    '',
    '',
  ]
}

const VARIABLES = { id: 'message_id', timestamp: 'timestamp' } as const

function readLines(spec: SchemeSpec): string[] {
  const header = (name: string) => `headers.get(${JSON.stringify(name)}, "")`
  const { id, timestamp, signature } = spec.headers
  if (spec.layout === 'stripe') {
    return [
      `    parts = [part.partition("=") for part in ${header(signature)}.split(",")]`,
      '    timestamp = next((value for name, _, value in parts if name == "t"), "")',
      '    signatures = [value for name, _, value in parts if name == "v1"]',
    ]
  }
  return [
    ...(id === null ? [] : [`    ${VARIABLES.id} = ${header(id)}`]),
    ...(timestamp === null ? [] : [`    timestamp = ${header(timestamp)}`]),
    signature === 'webhook-signature'
      ? `    signatures = ${header(signature)}.split(" ")`
      : `    signatures = [${header(signature)}]`,
  ]
}

function digestCheck({ hash, encoding, prefix }: SchemeSpec): string[] {
  const digest = `hmac.new(key, signed, hashlib.${hash})`
  return [
    encoding === 'hex'
      ? `    digest = ${digest}.hexdigest()`
      : `    digest = base64.b64encode(${digest}.digest()).decode()`,
    `    expected = (${JSON.stringify(prefix)} + digest).encode()`,
    '    # takes the same time wherever the texts differ',
    '    return any(hmac.compare_digest(text.encode(), expected) for text in signatures)',
  ]
}

function signatureCheck({ prefix }: SchemeSpec): string[] {
  return [
    '    for text in signatures:',
    `        if not text.startswith(${JSON.stringify(prefix)}):`,
    '            continue',
    '        try:',
    `            key.verify(base64.b64decode(text[${prefix.length}:]), signed)`,
    '            return True',
    '        except (InvalidSignature, ValueError):',
    '            pass',
    '    return False',
  ]
}

const SERVER = [
  'class Receiver(BaseHTTPRequestHandler):',
  '    def do_POST(self):',
  '        body = self.rfile.read(int(self.headers.get("content-length", 0)))',
  '        valid = is_valid(self.headers, body)',
  '        self.send_response(200 if valid else 401)',
  '        self.end_headers()',
  '        self.wfile.write(b"ok\\n" if valid else b"wrong signature\\n")',
  '',
  '',
  'server = HTTPServer(("127.0.0.1", int(os.environ.get("PORT", 8000))), Receiver)',
  'print(f"Listening on http://127.0.0.1:{server.server_port}", flush=True)',
  'server.serve_forever()',
]
