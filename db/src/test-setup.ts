import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { type Cluster, startCluster } from './cluster.ts'
import { isAlive } from './cluster-folder.ts'
import { ensureTemplate } from './test-template.ts'

const FOLDER = /^huming-test-(\d+)-/

/** The projects of one run share one server. */
const shared = globalThis as { humingTestServer?: Promise<Server>; humingTestUsers?: number }

interface Server {
  url: string
  template: string
  stop(): Promise<void>
}

/** Called by vitest before the tests: one PostgreSQL for the whole run, or the one at TEST_CLUSTER_URL. */
export async function setup(project: TestProject): Promise<void> {
  shared.humingTestServer ??= start()
  shared.humingTestUsers = (shared.humingTestUsers ?? 0) + 1
  const { url, template } = await shared.humingTestServer
  project.provide('testCluster', { url, template })
}

/** Called by vitest after the tests. */
export async function teardown(): Promise<void> {
  shared.humingTestUsers = (shared.humingTestUsers ?? 1) - 1
  if (shared.humingTestUsers > 0) return
  await (await shared.humingTestServer)?.stop()
  shared.humingTestServer = undefined
}

async function start(): Promise<Server> {
  const standing = process.env.TEST_CLUSTER_URL
  if (standing) return { url: standing, template: await ensureTemplate(standing), stop: async () => {} }
  const cluster = await startTestCluster()
  try {
    return { ...cluster, template: await ensureTemplate(cluster.url) }
  } catch (error) {
    await cluster.stop()
    throw error
  }
}

/** A fast, throw-away PostgreSQL in the folder for temporary files. */
export async function startTestCluster(options: { port?: number; password?: string } = {}): Promise<Cluster> {
  sweep()
  const folder = mkdtempSync(join(tmpdir(), `huming-test-${process.pid}-`))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    const dataDir = join(folder, 'pg')
    const cluster = await startCluster({ ...options, dataDir, durable: false, maxConnections: 300 })
    return { ...cluster, stop: () => cluster.stop().finally(remove) }
  } catch (error) {
    remove()
    throw error
  }
}

/** Folders of runs that were killed; their servers ended by themselves. */
function sweep(): void {
  for (const name of readdirSync(tmpdir())) {
    const owner = FOLDER.exec(name)?.[1]
    if (owner && !isAlive(Number(owner))) rmSync(join(tmpdir(), name), { recursive: true, force: true })
  }
}
