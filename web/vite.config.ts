import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compressPlugin } from './vite/compress-plugin.ts'
import { consolesPlugin } from './vite/consoles-plugin.ts'
import { routesPlugin } from './vite/routes-plugin.ts'
import { workerPlugin } from './vite/worker-plugin.ts'

const server = `http://127.0.0.1:${process.env['PORT'] ?? '3000'}`

export default defineConfig({
  root: import.meta.dirname,
  publicDir: join(import.meta.dirname, 'public'),
  plugins: [react(), routesPlugin(), consolesPlugin(), workerPlugin(), compressPlugin()],
  server: { proxy: { '/api': server, '/trace': server } },
  build: {
    target: ['chrome111', 'safari16.4', 'firefox114'],
    manifest: true,
    // A strict content security policy has no room for data: scripts and styles.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
})
