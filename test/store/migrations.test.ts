/** Each step of the schema, with the rows of the version before it. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  AS_THE_REAL_ONE,
  emptyDraft,
  emptySigning,
  NO_RETRY,
  OK_SCRIPT,
  type ReceiverId,
  WORKSPACE_NETWORK,
} from '#contract'
import { createBulkEndStore } from '../../src-main/store/bulk-ends.ts'
import { createBulkItemStore } from '../../src-main/store/bulk-items.ts'
import { createBulkRunStore } from '../../src-main/store/bulk-runs.ts'
import { createCaptureStore } from '../../src-main/store/captures.ts'
import { createChannelRows } from '../../src-main/store/channel-rows.ts'
import { createConfirmedHostStore } from '../../src-main/store/confirmed-hosts.ts'
import { openDatabase } from '../../src-main/store/database.ts'
import { createDraftStore } from '../../src-main/store/drafts.ts'
import { createFixedRequests } from '../../src-main/store/fixed-requests.ts'
import { MIGRATIONS } from '../../src-main/store/migrations/index.ts'
import { createReceiverStore } from '../../src-main/store/receivers.ts'
import { createSecretStore } from '../../src-main/store/secrets.ts'
import { createWebhookStore } from '../../src-main/store/webhooks.ts'
import { createWriteBatch } from '../../src-main/store/write-batch.ts'
import { createWriteLink } from '../../src-main/store/write-link.ts'
import { tempFolder } from '../support/temp-folder.ts'

/** A database that was last used when the schema had so many steps, brought to the present. */
function upgraded(steps: number, rows: string) {
  const path = join(tempFolder(), 'a.sqlite')
  const { db: old } = openDatabase(path, 'then', MIGRATIONS.slice(0, steps))
  old.exec(rows)
  old.close()
  return openDatabase(path, 'now').db
}

describe('a database of version 1', () => {
  it('keeps what Echo was told to answer, and its deliveries', () => {
    const script = JSON.stringify({ ...OK_SCRIPT, atEnd: 'start_over' })
    const db = upgraded(
      1,
      `INSERT INTO receivers VALUES ('echo', '${script}');
       INSERT INTO webhook_versions (version, webhook_id, name, event, endpoint, origin, destination,
           content_type, form_encoding, form_field, json_style, headers, target, format, timeout_ms,
           certificates, signing, retry)
         VALUES (1, 'wh_1', '', 'poll.created', 'http://127.0.0.1/', 'http://127.0.0.1', 'http',
           'application/json', 'payload', 'payload', 'compact', '[]', '{}', 'raw', 15000,
           'workspace', '{}', '{}');
       INSERT INTO events VALUES (1, 'evt_1', 'poll.created', 'simulator', '{}', 5);
       INSERT INTO deliveries (id, event_seq, event, webhook_id, webhook_version, state, created_at_ms, replay_of)
         VALUES ('dlv_1', 1, 'poll.created', 'wh_1', 1, 'queued', 5, NULL);`,
    )
    expect(createReceiverStore(db).list()).toEqual([
      {
        id: 'echo',
        kind: 'plain',
        name: 'Echo',
        path: '/in/echo',
        port: null,
        isStarted: true,
        script: { ...OK_SCRIPT, atEnd: 'start_over' },
        forwardTo: { kind: 'plain', text: '' },
        rehearsal: AS_THE_REAL_ONE,
        urlSecretId: null,
      },
    ])
    expect(db.prepare('SELECT id, replay_kind FROM deliveries').all()).toEqual([
      { id: 'dlv_1', replay_kind: null },
    ])
    expect(db.prepare('SELECT count(*) AS n FROM captures').get()).toEqual({ n: 0 })
    db.close()
  })
})

describe('a database of version 2', () => {
  it('keeps webhooks, none of which has a template', () => {
    const db = upgraded(
      2,
      `INSERT INTO webhook_versions (version, webhook_id, name, event, endpoint, origin, destination,
           content_type, form_encoding, form_field, json_style, headers, target, format, timeout_ms,
           certificates, signing, retry)
         VALUES (1, 'wh_1', 'Old', 'poll.created', 'http://127.0.0.1/', 'http://127.0.0.1', 'http',
           'application/json', 'payload', 'payload', 'compact', '[]',
           '{"join":"all","conditions":[]}', 'raw', 15000, 'workspace',
           '${JSON.stringify(emptySigning())}', '${JSON.stringify(NO_RETRY)}');
       INSERT INTO webhooks VALUES ('wh_1', 1, 'active', 0, 5, 5, NULL);`,
    )
    expect(
      createWebhookStore(db)
        .list()
        .map(({ draft }) => draft),
    ).toMatchObject([{ name: 'Old', format: 'raw', template: '', network: WORKSPACE_NETWORK }])
    db.close()
  })
})

describe('a database of version 4', () => {
  it('keeps captures, none of which was imported', async () => {
    const db = upgraded(
      4,
      `INSERT INTO captures (id, receiver_id, received_at_ms, body_bytes, is_chunked)
         VALUES ('cap_1', 'echo', 5, 2, 0);
       INSERT INTO capture_requests VALUES (1, X'47', X'4142');`,
    )
    const store = createCaptureStore(db, createWriteBatch(createWriteLink(db)))
    const { items } = await store.page({}, undefined, 10)
    expect(items).toMatchObject([{ id: 'cap_1', receiverId: 'echo', imported: null }])
    db.close()
  })
})

describe('a database of version 5', () => {
  it('takes hosts that were sent to before as confirmed, and no others', () => {
    const version = (number: number, origin: string) => `
      INSERT INTO webhook_versions (version, webhook_id, name, event, endpoint, origin, destination,
          content_type, form_encoding, form_field, json_style, headers, target, format, timeout_ms,
          certificates, signing, retry)
        VALUES (${number}, 'wh_${number}', '', 'poll.created', '${origin}/', '${origin}', 'http',
          'application/json', 'payload', 'payload', 'compact', '[]', '{}', 'raw', 15000,
          'workspace', '{}', '{}');`
    const delivery = (number: number, attempts: number) => `
      INSERT INTO deliveries (id, event_seq, event, webhook_id, webhook_version, state, attempts, created_at_ms)
        VALUES ('dlv_${number}', 1, 'poll.created', 'wh_${number}', ${number}, 'queued', ${attempts}, 5);`
    const origins = [
      'https://hooks.slack.com',
      'http://10.0.0.7:8080',
      'https://[2001:db8::1]:8443',
      'http://127.0.0.1:4781',
      'http://[::1]:9',
      'http://localhost:3000',
      'https://never.example',
    ]
    const db = upgraded(
      5,
      [
        "INSERT INTO events VALUES (1, 'evt_1', 'poll.created', 'simulator', '{}', 5);",
        ...origins.map((origin, index) => version(index + 1, origin)),
        ...origins.map((origin, index) => delivery(index + 1, /never/.test(origin) ? 0 : 1)),
        `INSERT INTO capture_forwards
           VALUES (1, 'https://partner.example:444', NULL, 'ok', '', x'', x'', x'');`,
      ].join(''),
    )
    expect(createConfirmedHostStore(db).list()).toEqual(
      ['10.0.0.7', '[2001:db8::1]', 'hooks.slack.com', 'partner.example'].map((host) => ({
        host,
        confirmedAtMs: null,
      })),
    )
    db.close()
  })
})

describe('a database of version 7', () => {
  it('keeps webhooks and unsaved forms, which go as the workspace says', () => {
    const { network: _network, ...old } = emptyDraft()
    const db = upgraded(
      7,
      `INSERT INTO webhook_versions (version, webhook_id, name, event, endpoint, origin, destination,
           content_type, form_encoding, form_field, json_style, headers, target, format, timeout_ms,
           certificates, signing, retry)
         VALUES (1, 'wh_1', 'Old', 'poll.created', 'http://127.0.0.1/', 'http://127.0.0.1', 'http',
           'application/json', 'payload', 'payload', 'compact', '[]',
           '{"join":"all","conditions":[]}', 'raw', 15000, 'ignore',
           '${JSON.stringify(emptySigning())}', '${JSON.stringify(NO_RETRY)}');
       INSERT INTO webhooks VALUES ('wh_1', 1, 'active', 0, 5, 5, NULL);
       INSERT INTO drafts VALUES ('new', '${JSON.stringify(old)}', 5);`,
    )
    const [webhook] = createWebhookStore(db).list()
    expect(webhook?.draft).toMatchObject({ certificates: 'ignore', network: WORKSPACE_NETWORK })
    expect(createDraftStore(db).list()[0]?.draft.network).toEqual(WORKSPACE_NETWORK)
    db.close()
  })
})

describe('a database of version 6', () => {
  it('keeps its secrets, and has no bulk replays', () => {
    const db = upgraded(
      6,
      `INSERT INTO secrets VALUES ('sec_1', 'signing', 'key-file', x'00', '••', 5);
       INSERT INTO webhook_versions (version, webhook_id, name, event, endpoint, endpoint_secret_id,
           origin, destination, content_type, form_encoding, form_field, json_style, headers, target,
           format, timeout_ms, certificates, signing, retry, used)
         VALUES (1, 'wh_1', '', 'poll.created', 'http://127.0.0.1/••', 'sec_1', 'http://127.0.0.1',
           'http', 'application/json', 'payload', 'payload', 'compact', '[]', '{}', 'raw', 15000,
           'workspace', '{}', '{}', 1);`,
    )
    expect(createBulkRunStore(db).all()).toEqual([])
    expect(createSecretStore(db).inUse()).toEqual(['sec_1'])
    db.close()
  })
})

describe('a database of version 8', () => {
  it('keeps its receivers, which rehearse nothing, and its captures without a verdict', () => {
    const db = upgraded(
      8,
      `INSERT INTO receivers (id, name, path, is_started, script, forward_to, created_at_ms)
         VALUES ('rcv_1', 'Partner', '/in/partner', 1, '${JSON.stringify(OK_SCRIPT)}', '', 5);
       INSERT INTO captures (seq, id, receiver_id, received_at_ms, body_bytes, is_chunked)
         VALUES (1, 'cap_1', 'rcv_1', 5, 0, 0);
       INSERT INTO capture_requests VALUES (1, X'', X'');`,
    )
    expect(createReceiverStore(db).list()).toMatchObject([
      { name: 'Partner', kind: 'plain', rehearsal: AS_THE_REAL_ONE, urlSecretId: null },
    ])
    const channel = createChannelRows(db).page('rcv_1' as ReceiverId, undefined, 10)
    expect(channel).toEqual({ items: [], nextCursor: null })
    db.close()
  })
})

describe('a database of version 9', () => {
  it('sends the replays that it had queued to the paths of their endpoints, as URLs', () => {
    const db = upgraded(9, `INSERT INTO fixed_requests VALUES (7, 'PUT', '[]', X'4142', 'null');`)
    const requests = createFixedRequests(db, createWriteBatch(createWriteLink(db)))
    expect(requests.get(7)).toMatchObject({ method: 'PUT', sign: null, isPathExact: false })
    db.close()
  })
})

describe('a database of version 10', () => {
  it('keeps how the items of its bulk replays stand, and which deliveries were made of them', () => {
    const item = (
      position: number,
      state: string,
      delivery: number | null,
      code: string | null,
    ) => `
      INSERT INTO bulk_items (run_seq, position, state, reason, source_id, source_seq, recorded_at_ms,
          owner_id, origin, place, same_as, event, body_bytes, is_payload, original_code, delivery_seq,
          delivery_id, code, http_status)
        VALUES (3, ${position}, '${state}', 'Why ${position}.', 'cap_${position}', ${position}, 5, 'echo',
          '', '', 'evt_${position}', '', 2, 0, 'ok', ${delivery}, ${delivery && `'dlv_${delivery}'`},
          ${code && `'${code}'`}, ${code && 200});`
    const delivery = (seq: number, state: string) => `
      INSERT INTO deliveries (seq, id, event_seq, event, webhook_id, webhook_version, state, created_at_ms)
        VALUES (${seq}, 'dlv_${seq}', 1, '', 'wh_1', 1, '${state}', 5);`
    const db = upgraded(
      10,
      [
        `INSERT INTO webhook_versions (version, webhook_id, name, event, endpoint, origin, destination,
            content_type, form_encoding, form_field, json_style, headers, target, format, timeout_ms,
            certificates, signing, retry)
          VALUES (1, 'wh_1', '', 'poll.created', 'http://127.0.0.1/', 'http://127.0.0.1', 'http',
            'application/json', 'payload', 'payload', 'compact', '[]', '{}', 'raw', 15000,
            'workspace', '{}', '{}');
         INSERT INTO events VALUES (1, 'evt_1', '', 'replay', '', 5);`,
        delivery(7, 'delivered'),
        delivery(8, 'queued'),
        item(0, 'same', 7, 'ok'),
        item(1, 'made', 8, null),
        item(2, 'pending', null, null),
        item(3, 'excluded', null, null),
        item(4, 'made', 9, null),
        item(5, 'interrupted', 7, 'interrupted'),
        // Once interrupted, and renewed.
        item(6, 'pending', 7, null),
      ].join(''),
    )
    const items = createBulkItemStore(db).page(3, null, -1, 10)
    expect(
      items.map(({ state, deliveryId, code, httpStatus }) => [state, deliveryId, code, httpStatus]),
    ).toEqual([
      ['same', 'dlv_7', 'ok', 200],
      ['made', 'dlv_8', null, null],
      ['pending', null, null, null],
      ['excluded', null, null, null],
      ['interrupted', 'dlv_9', 'interrupted', null],
      ['interrupted', 'dlv_7', 'interrupted', 200],
      ['pending', null, null, null],
    ])
    expect(items.map(({ reason }) => reason)).toEqual([
      'Why 0.',
      '',
      '',
      'Why 3.',
      'Its delivery is no longer in the history.',
      'Why 5.',
      '',
    ])
    const { pending, counts } = createBulkItemStore(db)
    expect(pending(3, 'recorded', null, 10)).toMatchObject({
      due: [{ position: 2 }, { position: 6 }],
    })
    expect(counts(3)).toEqual({
      total: 7,
      states: { same: 1, made: 1, pending: 2, excluded: 1, interrupted: 2 },
      codes: { ok: 1, interrupted: 2 },
    })
    const ends = createBulkEndStore(db, createWriteBatch(createWriteLink(db)))
    expect(ends.allMade(3, -1, 10)).toMatchObject([{ position: 1, deliverySeq: 8, isQueued: true }])
    db.close()
  })
})
