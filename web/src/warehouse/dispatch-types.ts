import type { Reply } from '../app/api.ts'

export type Board = Reply<'routes.readBoard'>
export type BoardRun = Board['runs'][number]
export type Tried = Reply<'routes.tryMove'>
export type Target = Tried['targets'][number]
export type Place = Target['places'][number]
export type Proposal = Reply<'routes.readProposal'>
export type ProposalBrief = Reply<'routes.listProposals'>['items'][number]
