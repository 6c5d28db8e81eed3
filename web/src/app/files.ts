import { newId } from '@huming/shared/ids'
import { addressOf, api } from './api.ts'

/** The address of an uploaded picture. */
export function fileAddress(id: string): string {
  return addressOf('files.read', { params: { id } })
}

/** Uploads a picture as the raw body and gives its id. Sent again as it is when the network failed. */
export async function uploadFile(picture: Blob, visibility: 'public' | 'own' = 'own'): Promise<string> {
  const id = newId()
  const input = { params: { id }, query: { visibility }, body: picture }
  await api('files.upload', input)
  return id
}
