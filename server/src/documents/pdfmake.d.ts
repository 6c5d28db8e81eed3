/** What we use of pdfmake 0.3. Its published types drag in the browser's, which the server must not see. */
declare module 'pdfmake' {
  type Face = { normal: string; bold: string; italics: string; bolditalics: string }
  const pdfmake: {
    setFonts(fonts: Record<string, Face>): void
    setUrlAccessPolicy(policy: (url: string) => boolean): void
    setLocalAccessPolicy(policy: (path: string) => boolean): void
    createPdf(definition: object): { getBuffer(): Promise<Uint8Array> }
  }
  // biome-ignore lint/style/noDefaultExport: the library has one.
  export default pdfmake
}
