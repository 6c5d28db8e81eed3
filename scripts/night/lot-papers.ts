import { addDays, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { withLastDay } from '@huming/shared/paper-rules'
import { isCategoryId, lotPapers, statutoryPaper } from '@huming/shared/reference/categories'
import type { Client, Who } from './client.ts'
import { signature } from './door.ts'

/** Papers that the declaration of a lot does not issue by itself: meat comes with quarantine, tests and stamp. */
export async function enterLotPapers(
  client: Client,
  who: Who,
  lot: { readonly id: string; readonly quantity: number },
  category: string,
): Promise<void> {
  if (!isCategoryId(category) || statutoryPaper(category) !== null) return
  const today = serviceDayOf(new Date())
  for (const kind of lotPapers(category)[0] ?? []) {
    const fileId = newId()
    await client.upload(fileId, signature, who)
    await client.call(
      'lotPapers.write',
      {
        params: { id: newId() },
        body: {
          lotId: lot.id,
          kind,
          number: `示例-${kind}-${lot.id.slice(-6)}`,
          quantity: lot.quantity,
          issuedOn: today,
          validTo: withLastDay.includes(kind) ? addDays(today, 5) : null,
          fileId,
        },
      },
      who,
    )
  }
}
