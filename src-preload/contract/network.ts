/** How requests reach the world: certificates, authorities of one's own, a proxy. */
import { z } from 'zod'
import { secretTextSchema } from './secret.ts'

/** `ignore` sends even where the certificate is not to be trusted, and says so everywhere. */
export const certificateCheckSchema = z.enum(['check', 'ignore'])
export type CertificateCheck = z.infer<typeof certificateCheckSchema>

/** A webhook's own choice, or the workspace's. */
export const webhookCertificatesSchema = z.enum(['workspace', 'check', 'ignore'])
export type WebhookCertificates = z.infer<typeof webhookCertificatesSchema>

export const networkSchema = z.object({
  certificates: certificateCheckSchema,
  /** Certificates of authorities, PEM, to trust besides the well-known ones. */
  extraCa: z.string().max(1024 * 1024),
  /** `http://proxy.example.com:3128`, without credentials; empty: none. Loopback is always direct. */
  proxyUrl: z.string().max(65_536),
  /** `user:password`; empty: none. */
  proxyCredentials: secretTextSchema,
  /** Hosts that are reached directly, comma-separated; `.example.com` stands for all below it. */
  noProxy: z.string().max(65_536),
})
export type Network = z.infer<typeof networkSchema>

export const DEFAULT_NETWORK: Network = {
  certificates: 'check',
  extraCa: '',
  proxyUrl: '',
  proxyCredentials: { kind: 'secret', text: '' },
  noProxy: '',
}

/**
 * How a webhook reaches the world where it does not as the workspace says. `own` goes through its own
 * proxy whatever the workspace reaches directly; loopback is always direct.
 */
export const webhookNetworkSchema = networkSchema
  .pick({ extraCa: true, proxyUrl: true, proxyCredentials: true })
  .extend({ proxy: z.enum(['workspace', 'direct', 'own']) })
export type WebhookNetwork = z.infer<typeof webhookNetworkSchema>

/** As the workspace says; `extraCa` comes on top of the workspace's. */
export const WORKSPACE_NETWORK: WebhookNetwork = {
  proxy: 'workspace',
  proxyUrl: '',
  proxyCredentials: { kind: 'secret', text: '' },
  extraCa: '',
}

/** An authority that the user added. */
export const authoritySchema = z.object({
  subject: z.string(),
  validToMs: z.number(),
  expired: z.boolean(),
})
export type Authority = z.infer<typeof authoritySchema>
