import { zip } from 'fflate'

/** Packs files into one archive; two of one name are numbered, never lost. Names may be Chinese. */
export function zipOf(files: readonly { name: string; bytes: Buffer }[]): Promise<Buffer> {
  const entries: Record<string, Uint8Array> = {}
  for (const { name, bytes } of files) entries[freeName(entries, name)] = bytes
  return new Promise((resolve, reject) => {
    // Pictures and PDFs are packed already.
    zip(entries, { level: 1 }, (error, packed) => (error ? reject(error) : resolve(Buffer.from(packed))))
  })
}

function freeName(taken: Record<string, unknown>, wished: string): string {
  const name = wished.replaceAll(/[\\:*?"<>|\r\n]/g, '-')
  const dot = name.lastIndexOf('.')
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, '']
  let free = name
  for (let i = 2; free in taken; i++) free = `${stem} (${i})${ending}`
  return free
}
