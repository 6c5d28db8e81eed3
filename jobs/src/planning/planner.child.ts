import { openDb } from '@huming/db/client'
import { quietLog } from '../relay.fixture.ts'
import { planProposal } from './plan-proposal.ts'

// A planning process to be killed.
const [databaseUrl, proposalId] = process.argv.slice(2) as [string, string]
const { db, sql } = openDb(databaseUrl)
await planProposal({ db, sql, log: quietLog }, proposalId)
