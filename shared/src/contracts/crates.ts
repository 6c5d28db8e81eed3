import { z } from 'zod'
import { contract } from '../contract.ts'
import { fenField, idField, instantField, pageOf, pageQuery, serviceDayField, textField } from '../fields.ts'

/** Who can have crates of a hub's pool. */
export const cratePartyKinds = ['hub', 'org', 'driver'] as const

/**
 * Why crates changed hands. `receive`, `send_back`: supplier ↔ hub at the dock; `load`, `unload`: hub ↔ driver;
 * `deliver`, `take_back`: driver ↔ buyer; `hand_over`, `hand_in`: hub ↔ anybody over the counter. The rest come from or
 * go to the world outside: `opening`, `bought`, `found`, `lost`, `broken`.
 */
export const crateMoveKinds = [
  'opening',
  'bought',
  'receive',
  'send_back',
  'load',
  'unload',
  'deliver',
  'take_back',
  'hand_over',
  'hand_in',
  'found',
  'lost',
  'broken',
] as const

/** Why crates leave or join the pool, by hand. */
export const crateCorrections = ['lost', 'broken', 'found', 'bought'] as const

/** Crates by type, each type once. */
export const crateCounts = z
  .array(z.object({ typeId: idField, count: z.int().min(1).max(5000) }))
  .max(20)
  .refine((counts) => new Set(counts.map((one) => one.typeId)).size === counts.length, {
    message: 'type_twice',
  })

const partyField = z.object({ kind: z.enum(cratePartyKinds), id: idField })

export const crateTypeShape = z.object({
  id: idField,
  code: z.string(),
  name: z.string(),
  nameEn: z.string(),
  tareGrams: z.int(),
  depositFen: z.int(),
  closedAt: instantField.nullable(),
  isSample: z.boolean(),
})

const countsShape = z.array(z.object({ typeId: idField, count: z.int() }))
const partyShape = z.object({
  kind: z.enum(cratePartyKinds),
  id: idField,
  name: z.string(),
  /** What it has now, types with none left out. */
  counts: countsShape,
  total: z.int(),
  /** Deposit that its crates stand for, in fen. */
  depositFen: z.int(),
  lastAt: instantField.nullable(),
})
const bookedShape = z.object({
  id: idField,
  /** Both sides as they stand after it; crates nobody had on the books came from `found`. */
  hub: partyShape,
  party: partyShape,
  found: countsShape,
})

export const crateContracts = {
  'crates.types': contract({
    method: 'GET',
    path: '/api/crate-types',
    access: 'crate.read',
    summary: 'Kinds of returnable crates with tare and deposit',
    reply: z.object({ items: z.array(crateTypeShape) }),
  }),
  'crates.writeType': contract({
    method: 'PUT',
    path: '/api/crate-types/:id',
    access: 'crateType.write',
    summary: 'Write a kind of crate: its tare in grams and its deposit in fen',
    params: z.object({ id: idField }),
    body: z.object({
      code: textField(20, 1),
      name: textField(40, 1),
      nameEn: textField(60).default(''),
      tareGrams: z.int().min(1).max(100_000),
      depositFen: fenField.max(1_000_000),
      closed: z.boolean().default(false),
    }),
    reply: crateTypeShape,
    problems: ['crate_code_taken'],
  }),
  'crates.balances': contract({
    method: 'GET',
    path: '/api/hubs/:hubId/crates',
    access: 'crate.read',
    summary:
      'Who has how many crates of a hub’s pool, the most first; with a search also those who have none',
    params: z.object({ hubId: idField }),
    query: z.object({
      ...pageQuery,
      kind: z.enum(['org', 'driver']).optional(),
      search: textField(40).optional(),
    }),
    reply: pageOf(partyShape).extend({ hub: partyShape, outside: z.int() }),
  }),
  'crates.mine': contract({
    method: 'GET',
    path: '/api/my-crates',
    access: 'crate.read',
    summary: 'The crates that the own organisation (a driver: oneself) has of each hub',
    reply: z.object({ items: z.array(partyShape.extend({ hubId: idField, hub: z.string() })) }),
  }),
  'crates.statement': contract({
    method: 'GET',
    path: '/api/hubs/:hubId/crate-moves',
    access: 'crate.read',
    summary: 'A party’s crates of a hub move by move, newest first, with what it had after each',
    params: z.object({ hubId: idField }),
    query: z.object({
      ...pageQuery,
      partyId: idField,
      from: serviceDayField.optional(),
      to: serviceDayField.optional(),
    }),
    reply: pageOf(
      z.object({
        id: idField,
        at: instantField,
        kind: z.enum(crateMoveKinds),
        typeId: idField,
        /** Above 0: came to the party; below: went from it. */
        change: z.int(),
        balance: z.int(),
        /** The other side; null is the world outside. */
        other: z.object({ kind: z.enum(cratePartyKinds), id: idField, name: z.string() }).nullable(),
        /** Number of the consignment, order or run that it belongs to, where there is one. */
        about: z.string(),
        reason: z.string(),
        person: z.string(),
      }),
    ),
  }),
  'crates.handOver': contract({
    method: 'PUT',
    path: '/api/crate-hand-overs/:id',
    access: 'crate.write',
    summary: 'Crates pass between the hub and a party over the counter, counted by type',
    params: z.object({ id: idField }),
    body: z.object({
      hubId: idField,
      party: partyField,
      direction: z.enum(['to_party', 'from_party']),
      counts: crateCounts.min(1),
      /** Needed when more pass than the giving side has on the books: where they come from. */
      reason: textField(200).default(''),
    }),
    reply: bookedShape,
    problems: ['crates_short', 'crate_type_closed', 'id_reused'],
  }),
  'crates.correct': contract({
    method: 'PUT',
    path: '/api/crate-corrections/:id',
    access: 'crate.writeOff',
    summary: 'Crates of a party (or of the hub) are lost, broken, found or bought, with the reason',
    params: z.object({ id: idField }),
    body: z.object({
      hubId: idField,
      party: partyField,
      kind: z.enum(crateCorrections),
      counts: crateCounts.min(1),
      reason: textField(200, 2),
    }),
    reply: bookedShape,
    problems: ['crates_short', 'crate_type_closed', 'id_reused'],
  }),
} as const
