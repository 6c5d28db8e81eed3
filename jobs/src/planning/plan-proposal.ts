import { setTimeout as sleep } from 'node:timers/promises'
import { type ProposalResult, planProposals } from '@huming/db/schema/planning'
import { type Base, systemCtx } from '@huming/server/kernel/ctx'
import { Fault } from '@huming/server/kernel/fault'
import { adoptProposal } from '@huming/server/routes/adopt-proposal'
import { costPartsOf, sumOfParts } from '@huming/server/routes/cost-parts'
import { type Around, onlyAdds, readAround } from '@huming/server/routes/plan-around'
import type { ProposalRow } from '@huming/server/routes/proposal-rows'
import { readProblem } from '@huming/server/routes/read-problem'
import { usualWeights } from '@huming/server/routes/read-rules'
import { eq } from 'drizzle-orm'
import { beat, type Claim, claim, end } from './proposal-state.ts'
import { searchPlan } from './search-plan.ts'

const beatMs = 1000
const neverClosing = new AbortController().signal

/**
 * Plans one proposal to its end. Safe to run twice and anywhere: only one process holds it, one that went silent is
 * taken over, a cancelled one is dropped. What the product asked itself it also takes into force (`settle`). When
 * `closing` ends it early the proposal waits again and this throws, so that the job comes back.
 */
export async function planProposal(
  base: Base,
  id: string,
  closing: AbortSignal = neverClosing,
): Promise<void> {
  for (;;) {
    const claimed = await claim(base, id, new Date())
    if (claimed) return planClaimed(base, claimed, closing)
    const [row] = await base.db.select().from(planProposals).where(eq(planProposals.id, id))
    if (row?.status === 'done') return settle(base, row)
    if (row?.status !== 'running') return
    if (closing.aborted) throw new Error('closing')
    await sleep(beatMs)
  }
}

async function planClaimed(base: Base, claimed: Claim, closing: AbortSignal): Promise<void> {
  const gone = new AbortController()
  let progress: ProposalRow['progress'] = null
  let beating: Promise<unknown> = Promise.resolve()
  const heart = setInterval(() => {
    beating = beat(base, claimed, progress).then(
      (alive) => alive || gone.abort(),
      (error: unknown) => base.log.warn({ err: error, proposalId: claimed.id }, 'no sign of life written'),
    )
  }, beatMs)
  try {
    const signal = AbortSignal.any([gone.signal, closing])
    const found = await plan(base, claimed, signal, (told) => {
      progress = told
    })
    if (closing.aborted) {
      await end(base, claimed, { status: 'asked', startedAt: null })
      throw new Error('closing')
    }
    if (gone.signal.aborted) return
    await end(base, claimed, { ...found, doneAt: new Date() })
  } finally {
    clearInterval(heart)
    await beating
  }
  const [row] = await base.db.select().from(planProposals).where(eq(planProposals.id, claimed.id))
  if (row?.status === 'done') await settle(base, row)
}

type Found =
  | { status: 'failed'; failure: string }
  | {
      status: 'done'
      result: ProposalResult
      costFen: number
      costParts: Record<string, number>
      matrixSource: string
    }

async function plan(
  base: Base,
  claimed: Claim,
  signal: AbortSignal,
  onProgress: (progress: NonNullable<ProposalRow['progress']>) => void,
): Promise<Found> {
  const { waveId, hubId, day, keep, seconds, seed } = claimed
  const wave = { id: waveId, hubId, day }
  const around = await readAround(base.db, waveId, keep)
  const { problem } = await readProblem(systemCtx(base, 'planner'), wave, { around, signal })
  const weights = problem.weights ?? usualWeights
  const result = named(
    await searchPlan(base, { night: problem, weights, around, seconds, seed, signal, onProgress }),
    around,
  )
  const kept = new Set([...around.places].filter(([, place]) => place.kept).map(([orderId]) => orderId))
  const bound = new Set(problem.orders.filter((order) => order.onlyVehicleId).map((order) => order.orderId))
  const lost = result.unassigned.some(({ orderId }) => kept.has(orderId) && bound.has(orderId))
  if (lost) return { status: 'failed', failure: 'kept_unserved' }
  const costParts = costPartsOf(problem, weights, result)
  return {
    status: 'done',
    result,
    costFen: sumOfParts(costParts),
    costParts,
    matrixSource: problem.travel.source,
  }
}

/** Runs by the id they have in the plan in force. */
function named(result: ProposalResult, around: Around): ProposalResult {
  const runOf = new Map([...around.places.values()].map(({ vehicleId, runId }) => [vehicleId, runId]))
  return { ...result, runs: result.runs.map((run) => ({ ...run, runId: runOf.get(run.vehicleId) ?? null })) }
}

/**
 * What the product asked itself it takes into force: the first plan as long as nobody touched the draft, a change at
 * night when it only adds to runs. All else waits for the dispatcher.
 */
async function settle(base: Base, proposal: ProposalRow): Promise<void> {
  if (proposal.askedBy !== null || !proposal.result || proposal.kind === 'again') return
  if (proposal.kind === 'night') {
    const around = await readAround(base.db, proposal.waveId, proposal.keep)
    if (!onlyAdds(around, proposal.result.runs)) return
  }
  try {
    await adoptProposal(systemCtx(base, 'planner'), proposal.id)
  } catch (error) {
    if (!(error instanceof Fault) || (error.code !== 'proposal_outdated' && error.code !== 'wrong_state'))
      throw error
    base.log.info({ proposalId: proposal.id, code: error.code }, 'proposal left to the dispatcher')
  }
}
