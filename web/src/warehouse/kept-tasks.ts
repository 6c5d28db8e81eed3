import { useEffect, useState } from 'react'
import { api, type Reply } from '../app/api.ts'
import { floorStore, useFloor } from './pick-outbox.ts'

type Task = Reply<'picking.listTasks'>['items'][number]
type KeptList = { at: number; tasks: Task[] }

/** A shift's list is kept no longer than the shift. */
const KEEP_MS = 12 * 3_600_000
const pagesMax = 5

/** Reads the open tasks of a wave onto the device while there is a network. */
async function readList(waveId: string): Promise<Task[]> {
  const tasks: Task[] = []
  let cursor: string | undefined
  for (let page = 0; page < pagesMax; page++) {
    const query = { status: 'open' as const, limit: 200, ...(cursor && { cursor }) }
    const { items, nextCursor } = await api('picking.listTasks', { params: { id: waveId }, query })
    tasks.push(...items)
    if (!nextCursor) break
    cursor = nextCursor
  }
  return tasks
}

/** The wave's open tasks as this device knows them: what waits to be sent counts as done. */
export function useKeptTasks(waveId: string): Task[] {
  const [tasks, setTasks] = useState<Task[]>([])
  const { waiting } = useFloor()
  useEffect(() => {
    let here = true
    const key = `tasks ${waveId}`
    const show = (list: Task[]) => here && setTasks(list)
    void (async () => {
      const kept = await floorStore.read<KeptList>('kept', key)
      if (kept && kept.at > Date.now() - KEEP_MS) show(kept.tasks)
      const fresh = await readList(waveId).catch(() => null)
      if (!fresh) return
      show(fresh)
      await floorStore.write('kept', key, { at: Date.now(), tasks: fresh })
    })()
    return () => {
      here = false
    }
  }, [waveId])
  const done = new Set(waiting.map((act) => act.input.params.id))
  return tasks.filter((task) => !done.has(task.id))
}
