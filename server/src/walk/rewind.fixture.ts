import type { TestApp } from '../test-app.ts'

/**
 * Keeps a copy of every row as it is now and notes which tables committed requests write to, so that each request
 * can be asked of the same world.
 */
export async function rewinder({ sql }: Pick<TestApp, 'sql'>) {
  const tables = await sql<{ name: string }[]>`
    select quote_ident(tablename) as name from pg_tables where schemaname = 'public' order by 1`
  await sql.unsafe(`
    create schema pristine;
    create table pristine.touched (name text primary key);
    create function pristine.note() returns trigger language plpgsql as $$
      begin insert into pristine.touched values (tg_table_name) on conflict do nothing; return null; end $$;
    ${tables
      .map(
        ({ name }) => `create table pristine.${name} as table ${name};
          create trigger note after insert or update or delete on ${name} for each row execute function pristine.note();`,
      )
      .join('\n')}`)

  /** Tables written to since the last rewind, but for those passed. */
  async function changed(...passed: string[]): Promise<string[]> {
    const rows = await sql<{ name: string }[]>`select name from pristine.touched order by 1`
    return rows.map((row) => row.name).filter((name) => !passed.includes(name))
  }

  async function rewind(): Promise<void> {
    const names = await changed()
    if (names.length === 0) return
    await sql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`
      for (const name of names)
        await tx.unsafe(`delete from ${name}; insert into ${name} select * from pristine.${name}`)
      await tx`delete from pristine.touched`
    })
  }
  return { changed, rewind }
}
