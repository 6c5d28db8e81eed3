import { Worker } from 'node:worker_threads'
import type { PdfDoc } from './pdf-doc.ts'

type Waiting = { resolve: (bytes: Buffer) => void; reject: (error: Error) => void }

/** One thread lays out documents, so that a long packet never holds up an order. */
let thread: Worker | undefined
let nextTicket = 0
const waiting = new Map<number, Waiting>()

/** Lays out a document in Chinese or English as a PDF (A4 unless it says otherwise). */
export function writePdf(doc: PdfDoc): Promise<Buffer> {
  thread ??= startThread()
  const ticket = ++nextTicket
  return new Promise((resolve, reject) => {
    waiting.set(ticket, { resolve, reject })
    thread?.ref()
    thread?.postMessage({ ticket, doc })
  })
}

function startThread(): Worker {
  const worker = new Worker(new URL('pdf-thread.ts', import.meta.url))
  worker.on('message', ({ ticket, bytes, error }: { ticket: number; bytes?: Uint8Array; error?: string }) => {
    const asker = waiting.get(ticket)
    waiting.delete(ticket)
    // An idle thread must not keep a process alive that wants to end.
    if (waiting.size === 0) worker.unref()
    if (bytes) asker?.resolve(Buffer.from(bytes))
    else asker?.reject(new Error(`document not laid out: ${error}`))
  })
  worker.on('error', (error) => endOf(worker, error instanceof Error ? error : new Error(String(error))))
  worker.on('exit', () => endOf(worker, new Error('the document thread ended')))
  return worker
}

function endOf(worker: Worker, error: Error): void {
  if (thread !== worker) return
  thread = undefined
  for (const [ticket, asker] of waiting) {
    waiting.delete(ticket)
    asker.reject(error)
  }
}
