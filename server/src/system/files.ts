import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { files } from '@huming/db/schema/accounts'
import { claimLines, claims } from '@huming/db/schema/claims'
import { lotPapers } from '@huming/db/schema/papers'
import { lots } from '@huming/db/schema/stock'
import { can } from '@huming/shared/permissions'
import { eq, sql } from 'drizzle-orm'
import { readProof } from '../delivery/read-proof.ts'
import { allow, person } from '../kernel/allow.ts'
import type { BlobStore } from '../kernel/blob-store.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { Fault, found } from '../kernel/fault.ts'

/** Largest picture or PDF, bytes. */
export const fileBytesMax = 5 * 1024 * 1024

/** Media type by the first bytes; what a client claims is not believed. */
export function fileTypeOf(
  bytes: Buffer,
): 'image/jpeg' | 'image/png' | 'image/webp' | 'application/pdf' | null {
  if (bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'image/jpeg'
  if (bytes.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))) return 'image/png'
  if (bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP')
    return 'image/webp'
  if (bytes.toString('latin1', 0, 5) === '%PDF-') return 'application/pdf'
  return null
}

/** Stores a picture or PDF under the caller's id. The same bytes again: same answer; other bytes: `id_reused`. */
export async function uploadFile(
  ctx: Ctx,
  store: BlobStore,
  input: { id: string; bytes: Buffer; visibility: 'public' | 'own' },
): Promise<{ id: string; url: string }> {
  const { orgId, personId } = person(ctx)
  allow(ctx, 'file.upload', { orgId })
  const mediaType = fileTypeOf(input.bytes)
  // Public files are pictures of goods; papers are never public.
  if (!mediaType || (mediaType === 'application/pdf' && input.visibility === 'public'))
    throw new Fault('unsupported_media')
  const sha256 = createHash('sha256').update(input.bytes).digest('hex')
  const answer = { id: input.id, url: `/api/files/${input.id}` }
  const [known] = await ctx.db.select().from(files).where(eq(files.id, input.id))
  if (known) {
    if (known.orgId !== orgId) throw new Fault('not_found')
    if (known.sha256 !== sha256) throw new Fault('id_reused')
    return answer
  }
  // The bytes go first: a row without bytes would be a broken picture, bytes without a row are only a little space.
  await store.write(input.id, input.bytes)
  await ctx.db
    .insert(files)
    .values({
      id: input.id,
      orgId,
      mediaType,
      bytes: input.bytes.length,
      sha256,
      visibility: input.visibility,
      createdBy: personId,
      createdAt: ctx.now,
    })
    .onConflictDoNothing()
  return answer
}

/**
 * A file: public ones for everyone signed in, others for the owner, for whoever may read all organisations, and, where
 * it belongs to a paper of a lot or a line of a claim, for whoever may read that.
 */
export async function readFile(
  ctx: Ctx,
  store: BlobStore,
  id: string,
): Promise<{ mediaType: string; stream: Readable; isPublic: boolean }> {
  const [row] = await ctx.db.select().from(files).where(eq(files.id, id))
  const file = found(row)
  if (
    file.visibility !== 'public' &&
    !(await isOfReadableLot(ctx, id)) &&
    !(await isOfReadableClaim(ctx, id))
  )
    allow(ctx, 'org.read', { orgId: file.orgId })
  if (!(await store.has(id))) throw new Fault('not_found')
  return { mediaType: file.mediaType, stream: store.read(id), isPublic: file.visibility === 'public' }
}

/**
 * A picture of how a stop was proved. Whoever may read the run of the stop may see it, though the carrier owns it: the
 * hub that sent the truck, operations. A picture of another stop is `not_found`.
 */
export async function readProofPicture(
  ctx: Ctx,
  store: BlobStore,
  stopId: string,
  fileId: string,
): Promise<{ mediaType: string; stream: Readable }> {
  const { pictures } = await readProof(ctx, stopId)
  if (!pictures.some((one) => one.fileId === fileId)) throw new Fault('not_found')
  const [row] = await ctx.db.select().from(files).where(eq(files.id, fileId))
  const { mediaType } = found(row)
  if (!(await store.has(fileId))) throw new Fault('not_found')
  return { mediaType, stream: store.read(fileId) }
}

/** The dock reads the quarantine certificate of what it takes in. */
async function isOfReadableLot(ctx: Ctx, fileId: string): Promise<boolean> {
  const rows = await ctx.db
    .select({ orgId: lots.orgId, hubId: lots.hubId })
    .from(lotPapers)
    .innerJoin(lots, eq(lots.id, lotPapers.lotId))
    .where(eq(lotPapers.fileId, fileId))
    .limit(20)
  return rows.some((lot) => can(ctx.actor, 'lot.read', lot) === true)
}

/** The supplier sees the photos of what is claimed of its goods. */
async function isOfReadableClaim(ctx: Ctx, fileId: string): Promise<boolean> {
  const rows = await ctx.db
    .select({ orgId: claims.orgId, supplierOrgId: claimLines.supplierOrgId })
    .from(claimLines)
    .innerJoin(claims, eq(claims.id, claimLines.claimId))
    .where(sql`${claimLines.photoFileIds} @> ${JSON.stringify([fileId])}::jsonb`)
    .limit(20)
  return rows.some(
    ({ orgId, supplierOrgId }) =>
      can(ctx.actor, 'claim.read', { orgId }) === true ||
      can(ctx.actor, 'claim.read', { orgId: supplierOrgId }) === true,
  )
}
