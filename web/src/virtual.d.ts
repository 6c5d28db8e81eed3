declare module 'virtual:routes' {
  /** Method and path by contract id; made by vite/routes-plugin.ts. */
  export const routes: Readonly<Record<string, readonly [method: string, path: string]>>
}
