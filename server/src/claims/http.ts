import type { On } from '../kernel/routes.ts'
import { readChoices } from './choices.ts'
import { answerContest, contestClaim } from './contest.ts'
import { creditNoteFile, listCreditNotes } from './credit-notes.ts'
import { decideClaim } from './decide-claim.ts'
import { exportClaims } from './export-claims.ts'
import { listQuality } from './quality.ts'
import { listClaims, readClaim } from './read-claim.ts'
import { sendClaim } from './send-claim.ts'
import { withdrawClaim } from './withdraw-claim.ts'
import { listClaimRules, writeClaimRule } from './write-rule.ts'

export function claimRoutes(on: On): void {
  on('claims.choices', (ctx, { params }) => readChoices(ctx, params.id))
  on('claims.send', (ctx, { params, body }) => sendClaim(ctx, params.id, body))
  on('claims.list', (ctx, { query }) => listClaims(ctx, query))
  on('claims.read', (ctx, { params }) => readClaim(ctx, params.id))
  on('claims.withdraw', (ctx, { params }) => withdrawClaim(ctx, params.id))
  on('claims.decide', (ctx, { params, body }) => decideClaim(ctx, params.id, body))
  on('claims.contest', (ctx, { params, body }) => contestClaim(ctx, params.id, body))
  on('claims.answerContest', (ctx, { params, body }) => answerContest(ctx, params.id, body))
  on('claims.export', (ctx, input, door) => exportClaims(ctx, input, door))
  on('claims.creditNotes', (ctx, { query }) => listCreditNotes(ctx, query))
  on('claims.creditNoteFile', (ctx, { params }, door) => creditNoteFile(ctx, params.id, door))
  on('claims.quality', (ctx, { query }) => listQuality(ctx, query))
  on('claims.rules', (ctx, { query }) => listClaimRules(ctx, query))
  on('claims.writeRule', (ctx, { params, body }) => writeClaimRule(ctx, params.id, body))
}
