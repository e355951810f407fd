/**
 * The options of curl (`curl --help all`, up to 8.17) that make nothing of a request: those that only
 * say what becomes of the answer, and those that Hookstage does not follow, with the reason.
 */

/** Without a loss: what is shown, kept or noted down, and what is no more or less than is done anyway. */
export const IDLE_FLAGS: ReadonlySet<string> = new Set(
  words(`silent show-error verbose include remote-name remote-name-all fail fail-with-body fail-early
    no-buffer buffer disable junk-session-cookies progress-bar remote-header-name remote-time
    manual version parallel parallel-immediate list-only append use-ascii create-dirs
    no-progress-meter progress-meter styled-output trace-time trace-ids no-clobber clobber
    skip-existing raw http0.9 http1.1 tcp-nodelay tcp-fastopen no-keepalive keepalive no-sessionid
    sessionid disable-epsv epsv disable-eprt eprt show-headers suppress-connect-headers
    remove-on-error xattr metalink ignore-content-length disallow-username-in-url out-null
    dump-ca-embed false-start crlf`),
)
export const IDLE_VALUES: ReadonlySet<string> = new Set(
  words(`help output write-out dump-header stderr trace trace-ascii trace-config output-dir keepalive-time
    keepalive-cnt rate create-file-mode cookie-jar max-filesize limit-rate etag-save libcurl
    parallel-max parallel-max-host`),
)

const REDIRECTS = 'redirects are shown, never followed'
const TIMEOUT = 'the timeout is set for a webhook or in Settings'
const RETRIES = 'retries are set for a webhook'
const PROXY = 'the proxy is set in Settings → Network'
const AUTHORITIES = 'authorities are set in Settings → Network'
const CERTIFICATES = 'certificates are checked by their authorities'
const NO_CERTIFICATE = 'Hookstage sends no client certificate'
const HTTP_ONE = 'requests are sent as HTTP/1.1'
const HTTP_ONLY = 'only http and https are sent'
const NAMES = 'names are resolved by the system'
const WAY = 'the way is chosen by the system'
const TLS = 'how TLS is spoken is agreed on with the server'
const PASSWORDS = 'Hookstage reads no file of passwords'
const NEGOTIATE = 'Negotiate authentication needs an exchange of its own'
const CONNECTION = 'the connection is Hookstage’s to manage'

/** Those without a value. */
export const LOST_FLAGS: ReadonlyMap<string, string> = because([
  [REDIRECTS, 'location location-trusted follow post301 post302 post303'],
  ['certificates are checked; Settings → Network, or a webhook, can choose otherwise', 'insecure'],
  [PASSWORDS, 'netrc netrc-optional'],
  [HTTP_ONE, 'http1.0 http2 http2-prior-knowledge http3 http3-only'],
  ['the address is chosen by the system', 'ipv4 ipv6'],
  [RETRIES, 'retry-all-errors retry-connrefused'],
  [
    PROXY,
    `proxytunnel proxy-anyauth proxy-basic proxy-digest proxy-insecure proxy-negotiate proxy-ntlm
    proxy-ssl-allow-beast proxy-ssl-auto-client-cert proxy-tlsv1 proxy-http2 proxy-ca-native
    socks5-basic socks5-gssapi socks5-gssapi-nec`,
  ],
  [
    TLS,
    `tlsv1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 sslv2 sslv3 ssl ssl-reqd ssl-allow-beast
    ssl-auto-client-cert ssl-no-revoke ssl-revoke-best-effort tls-earlydata no-alpn alpn no-npn npn`,
  ],
  [CERTIFICATES, 'cert-status'],
  [AUTHORITIES, 'ca-native'],
  [NAMES, 'doh-cert-status doh-insecure'],
  [WAY, 'mptcp'],
  [CONNECTION, 'haproxy-protocol'],
  ['compression is not asked for on the way', 'tr-encoding'],
  ['quotes in the names of a form are written as %22', 'form-escape'],
  [
    HTTP_ONLY,
    `compressed-ssh ftp-create-dirs ftp-pasv ftp-pret ftp-skip-pasv-ip ftp-ssl ftp-ssl-reqd
    ftp-ssl-ccc ftp-ssl-control mail-rcpt-allowfails sasl-ir tftp-no-options`,
  ],
])

/** Those with a value. */
export const LOST_VALUES: ReadonlyMap<string, string> = because([
  [REDIRECTS, 'max-redirs proto-redir'],
  [TIMEOUT, 'max-time connect-timeout speed-time speed-limit'],
  [RETRIES, 'retry retry-delay retry-max-time'],
  [
    PROXY,
    `proxy proxy-user proxy-header preproxy proxy1.0 socks4 socks4a socks5 socks5-hostname
    socks5-gssapi-service proxy-cacert proxy-capath proxy-cert proxy-cert-type proxy-ciphers
    proxy-crlfile proxy-key proxy-key-type proxy-pass proxy-pinnedpubkey proxy-service-name
    proxy-tls13-ciphers proxy-tlsauthtype proxy-tlspassword proxy-tlsuser`,
  ],
  [`${PROXY}; loopback is always direct`, 'noproxy'],
  [AUTHORITIES, 'cacert capath'],
  [CERTIFICATES, 'pinnedpubkey crlfile'],
  [NO_CERTIFICATE, 'cert key pass cert-type key-type'],
  [
    TLS,
    `tls-max ciphers tls13-ciphers curves sigalgs ech ssl-sessions tlsauthtype tlspassword tlsuser
    engine egd-file random-file`,
  ],
  [NAMES, 'resolve connect-to doh-url dns-servers dns-interface dns-ipv4-addr dns-ipv6-addr'],
  [WAY, 'interface local-port ip-tos vlan-priority'],
  ['requests go over TCP', 'unix-socket abstract-unix-socket'],
  ['requests go where the URL says', 'alt-svc hsts'],
  ['the address is chosen by the system', 'happy-eyeballs-timeout-ms'],
  [CONNECTION, 'haproxy-clientip'],
  [PASSWORDS, 'netrc-file'],
  [NEGOTIATE, 'service-name delegation'],
  ['Hookstage reads no file of options', 'config'],
  ['Hookstage reads no file of ETags', 'etag-compare'],
  ['a request is sent whole', 'continue-at'],
  ['the header that it makes is not known here', 'time-cond'],
  ['the body is sent at once', 'expect100-timeout'],
  ['curl’s own variables are not known here', 'variable'],
  [
    HTTP_ONLY,
    `proto proto-default ftp-port quote telnet-option login-options ftp-account
    ftp-alternative-to-user ftp-method ftp-ssl-ccc-mode hostpubmd5 hostpubsha256 knownhosts krb krb4
    mail-auth mail-from mail-rcpt pubkey sasl-authzid tftp-blksize upload-flags ipfs-gateway`,
  ],
])

function words(text: string): string[] {
  return text.trim().split(/\s+/)
}

function because(reasons: readonly (readonly [why: string, names: string])[]): Map<string, string> {
  return new Map(
    reasons.flatMap(([why, names]) => words(names).map((name) => [name, why] as const)),
  )
}
