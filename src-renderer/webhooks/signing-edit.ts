/** Edits of a webhook's signing, as pure functions: another secret, the change from one to the next. */
import { ROTATING_SCHEMES, type SecretText, type Signing } from '#contract'

export function hasSecret(secret: SecretText): boolean {
  return secret.kind === 'kept' || secret.text !== ''
}

/** Whether the present secret can go on signing beside a new one. */
export function canRotate({ scheme, secret, secondSecret }: Signing): boolean {
  if (scheme === 'none' || !ROTATING_SCHEMES.includes(scheme)) return false
  return hasSecret(secret) && !hasSecret(secondSecret)
}

/** The new secret signs first; the one there was goes on signing as the second. */
export function rotated(signing: Signing, fresh: SecretText): Signing {
  return { ...signing, secret: fresh, secondSecret: signing.secret }
}

/** Takes `fresh` back, unless something else was typed since. */
export function withoutFresh(now: Signing, before: Signing, fresh: SecretText): Signing {
  if (now.secret.kind !== fresh.kind || JSON.stringify(now.secret) !== JSON.stringify(fresh)) {
    return now
  }
  return { ...now, secret: before.secret, secondSecret: before.secondSecret }
}
