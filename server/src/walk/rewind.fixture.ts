import type { TestApp } from '../test-app.ts'

/**
 * Notes in which tables committed requests make, change or delete a row: asking costs the same however many rows
 * there are, which a sum over all of them does not.
 */
export async function watcher({ sql }: Pick<TestApp, 'sql'>) {
  const tables = await sql<{ name: string }[]>`
    select quote_ident(tablename) as name from pg_tables where schemaname = 'public' order by 1`
  const names = tables.map((table) => table.name)
  await sql.unsafe(`
    create schema pristine;
    create table pristine.touched (name text primary key);
    create function pristine.note() returns trigger language plpgsql as $$
      begin
        if tg_op = 'UPDATE' then
          if old::text = new::text then return null; end if;
        end if;
        insert into pristine.touched values (tg_table_name) on conflict do nothing;
        return null;
      end $$;
    ${names
      .map(
        (name) => `create trigger note after insert or update or delete on ${name}
          for each row execute function pristine.note();`,
      )
      .join('\n')}`)

  /** Tables written to since they were last forgotten. */
  async function changed(): Promise<string[]> {
    const rows = await sql<{ name: string }[]>`select name from pristine.touched order by 1`
    return rows.map((row) => row.name)
  }
  const forget = async (): Promise<void> => {
    await sql`delete from pristine.touched`
  }
  return { names, changed, forget }
}

/** Keeps a copy of every row as it is now, so that each request can be asked of the same world. */
export async function rewinder(t: Pick<TestApp, 'sql'>) {
  const { names, changed } = await watcher(t)
  await t.sql.unsafe(names.map((name) => `create table pristine.${name} as table ${name};`).join('\n'))

  async function rewind(): Promise<void> {
    const written = await changed()
    if (written.length === 0) return
    // One statement, for it is asked thousands of times.
    const back = written.map(
      (name) => `delete from ${name}; insert into ${name} select * from pristine.${name};`,
    )
    await t.sql.unsafe(`do $$ begin
      set local session_replication_role = replica;
      ${back.join('\n')}
      delete from pristine.touched;
    end $$`)
  }
  return { changed, rewind }
}
