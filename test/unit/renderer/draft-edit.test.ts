/** The webhook form's edits: what is secret, how headers move, what a problem's button does. */
import { expect, test } from 'vitest'
import {
  emptyDraft,
  type FieldProblem,
  type MessageFormat,
  type SecretId,
  type WebhookDraft,
} from '#contract'
import {
  fixedDraft,
  isSameDraft,
  isSecretName,
  movedHeader,
  newHeader,
  renamedHeader,
} from '../../../src-renderer/webhooks/draft-edit.ts'

const refuse = () => Promise.reject(new Error('nothing is to be revealed here'))
const toEndpoint = (text: string): WebhookDraft => ({
  ...emptyDraft(),
  endpoint: { kind: 'plain', text },
})

test('names that carry credentials are secret, others are not', () => {
  for (const name of [
    'Authorization',
    'proxy-authorization',
    'X-Api-Key',
    'Cookie',
    'X-Auth-Token',
  ])
    expect(isSecretName(name), name).toBe(true)
  for (const name of ['Accept', 'X-Author', 'User-Agent', 'X-Request-Id', ''])
    expect(isSecretName(name), name).toBe(false)
})

test('a value becomes secret when its header begins to be called so, and keeps its text', () => {
  const row = newHeader('Auth', { kind: 'plain', text: 'Bearer x' })
  expect(renamedHeader(row, 'Authorization').value).toEqual({ kind: 'secret', text: 'Bearer x' })
})

test('a value that was made plain by hand stays plain while its name is edited', () => {
  const row = newHeader('Authorization', { kind: 'plain', text: 'x' })
  expect(renamedHeader(row, 'authorization').value.kind).toBe('plain')
})

test('a header moves by one place and never beyond the ends', () => {
  const rows = ['a', 'b', 'c'].map((name) => newHeader(name))
  const names = (by: -1 | 1, at: number) =>
    movedHeader(rows, rows[at]?.rowId ?? '', by).map(({ name }) => name)
  expect(names(1, 0)).toEqual(['b', 'a', 'c'])
  expect(names(-1, 2)).toEqual(['a', 'c', 'b'])
  expect(names(-1, 0)).toEqual(['a', 'b', 'c'])
  expect(names(1, 2)).toEqual(['a', 'b', 'c'])
})

test('two forms are the same whatever the order of their members', () => {
  const draft = emptyDraft()
  const turned = Object.fromEntries(Object.entries(draft).toReversed()) as WebhookDraft
  expect(isSameDraft(draft, turned)).toBe(true)
  expect(isSameDraft(draft, { ...draft, name: 'x' })).toBe(false)
})

test('credentials in the URL become a Basic header, percent-encoding undone, and leave the URL', async () => {
  const problem = {
    field: 'endpoint',
    severity: 'error' as const,
    message: '',
    fix: { action: 'move_credentials_to_header' as const, label: '' },
  }
  const draft = toEndpoint('https://ada:p%40ss%C3%BC:x@example.com/in?a=b@c')
  const fixed = await fixedDraft(draft, problem, refuse)
  expect(fixed.endpoint).toEqual({ kind: 'plain', text: 'https://example.com/in?a=b@c' })
  const [header] = fixed.headers
  expect(header?.name).toBe('Authorization')
  const text = header?.value.kind === 'secret' ? header.value.text : ''
  expect(Buffer.from(text.replace('Basic ', ''), 'base64').toString()).toBe('ada:p@ssü:x')
})

test('a kept endpoint is revealed before its credentials are moved', async () => {
  const secretId = 's1' as SecretId
  const draft: WebhookDraft = {
    ...emptyDraft(),
    endpoint: { kind: 'kept', secretId, mask: '••••', readable: true },
  }
  const problem = {
    field: 'endpoint',
    severity: 'error' as const,
    message: '',
    fix: { action: 'move_credentials_to_header' as const, label: '' },
  }
  const fixed = await fixedDraft(draft, problem, (id) => {
    expect(id).toBe(secretId)
    return Promise.resolve('http://u:p@h/')
  })
  expect(fixed.endpoint).toEqual({ kind: 'plain', text: 'http://h/' })
})

test('a header that is not the user’s to set is removed, the others stay', async () => {
  const [bad, good] = [newHeader('Content-Length'), newHeader('X-A')]
  const draft = { ...emptyDraft(), headers: [bad, good] }
  const problem = {
    field: `headers.${bad.rowId}.name`,
    severity: 'error' as const,
    message: '',
    fix: { action: 'remove_header' as const, label: '' },
  }
  expect((await fixedDraft(draft, problem, refuse)).headers).toEqual([good])
})

test('trim takes the space off the field that it is about, and no other', async () => {
  const [one, two] = [newHeader(' X-A ', { kind: 'plain', text: ' 1 ' }), newHeader(' X-B ')]
  const draft = { ...toEndpoint(' http://h/ '), headers: [one, two] }
  const problem = (field: string) => ({
    field,
    severity: 'error' as const,
    message: '',
    fix: { action: 'trim' as const, label: '' },
  })
  const trimmed = await fixedDraft(draft, problem(`headers.${one.rowId}.name`), refuse)
  expect(trimmed.headers.map(({ name }) => name)).toEqual(['X-A', ' X-B '])
  expect(trimmed.headers[0]?.value).toEqual({ kind: 'plain', text: ' 1 ' })
  const endpoint = await fixedDraft(draft, problem('endpoint'), refuse)
  expect(endpoint.endpoint).toEqual({ kind: 'plain', text: 'http://h/' })
})

test('a message format is taken with the content type that goes with it', async () => {
  const form = { ...emptyDraft(), contentType: 'application/x-www-form-urlencoded' as const }
  const fixWith = (fix: FieldProblem['fix']) =>
    fixedDraft(form, { field: 'format', severity: 'warning', message: '', fix }, refuse)
  const use = (format: MessageFormat) => fixWith({ action: 'use_format', label: '', format })
  expect(await use('teams')).toEqual({ ...form, format: 'teams', contentType: 'application/json' })
  expect(await use('webex')).toMatchObject({ format: 'webex', contentType: 'application/json' })
  expect(await use('slack')).toEqual({ ...form, format: 'slack' })
  expect(await fixWith({ action: 'use_json', label: '' })).toEqual(emptyDraft())
})
