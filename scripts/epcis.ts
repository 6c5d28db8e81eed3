import { readFileSync } from 'node:fs'
import { unpack } from '@huming/server/tracing/epcis-document'
import { eventHash, preHash } from '@huming/server/tracing/event-hash'
import { isObject, namespacesOf } from '@huming/server/tracing/json-tree'
import { flawsOf } from '@huming/server/tracing/validate'

/**
 * `pnpm epcis check FILE…` tells whether EPCIS documents are valid and where they are not; `pnpm epcis hash FILE…`
 * prints the hash id of each event by CBV 2.0 and 2.1, with `--text` the text that is hashed. Exits 1 on a fault.
 */
const [what, ...rest] = process.argv.slice(2)
const unreadable = Symbol('unreadable')
const files = rest.filter((one) => !one.startsWith('--'))
if ((what !== 'check' && what !== 'hash') || files.length === 0) {
  console.error('Usage: pnpm epcis check FILE…, or pnpm epcis hash [--text] FILE…')
  process.exit(2)
}

for (const file of files) {
  const document = read(file)
  if (document === unreadable) process.exitCode = 1
  else if (what === 'check') check(file, document)
  else if (isObject(document)) hash(file, document)
}

/** The document of a file; of one that is missing or no JSON it says so, and the other files go on. */
function read(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    console.error(`✗ ${file}\n    ${error instanceof Error ? error.message : String(error)}`)
    return unreadable
  }
}

function check(file: string, document: unknown): void {
  const flaws = flawsOf(document)
  console.log(`${flaws.length === 0 ? '✓' : '✗'} ${file}`)
  for (const { pointer, reason } of flaws) console.log(`    ${pointer || '/'}: ${reason}`)
  if (flaws.length > 0) process.exitCode = 1
}

function hash(file: string, document: Parameters<typeof unpack>[0]): void {
  const { events, contexts } = unpack(document)
  console.log(file)
  for (const { event } of events) {
    const own = [...contexts, event['@context']]
    console.log(`  ${eventHash(event, own)}\n  ${eventHash(event, own, 'CBV2.1')}`)
    if (rest.includes('--text')) console.log(`  ${preHash(event, namespacesOf(...own))}`)
  }
}
