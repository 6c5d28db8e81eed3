import { newId } from '@huming/shared/ids'
import { addressOf, api } from './api.ts'

/** The address of an uploaded picture. */
export function fileAddress(id: string): string {
  return addressOf('files.read', { params: { id } })
}

/**
 * Uploads a picture as the raw body and gives its id. Sent again as it is when the network failed; a picture kept
 * for later brings the id it has already.
 */
export async function uploadFile(
  picture: Blob,
  visibility: 'public' | 'own' = 'own',
  id: string = newId(),
): Promise<string> {
  const input = { params: { id }, query: { visibility }, body: picture }
  await api('files.upload', input)
  return id
}
