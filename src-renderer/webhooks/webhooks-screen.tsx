/** The webhooks, and the form of the one that is chosen. */
export function WebhooksScreen({ chosen }: { readonly chosen: string | null }) {
  return <p>{chosen}</p>
}
