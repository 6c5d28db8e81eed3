import { newId } from '@huming/shared/ids'
import { ask, type Command, type World } from './world.fixture.ts'

/** Who has crates of the main warehouse's pool: itself, suppliers, buyers, drivers. */
function someParty(world: World): { kind: 'org' | 'driver'; id: string } {
  const { dice } = world
  if (dice.maybe(0.3)) return { kind: 'driver', id: dice.one(world.drivers).personId }
  return { kind: 'org', id: dice.one([...world.suppliers, ...world.buyers]).org.id }
}

export const crateCommands: Command[] = [
  {
    name: 'hand crates over',
    weight: 2,
    run: (world) =>
      ask(
        world,
        'crates.handOver',
        {
          params: { id: newId() },
          body: {
            hubId: world.main.id,
            party: someParty(world),
            direction: world.dice.one(['to_party', 'from_party'] as const),
            counts: [{ typeId: world.crateTypeId, count: world.dice.int(1, 12) }],
            reason: world.dice.maybe(0.3) ? '示例' : '',
          },
        },
        world.dice.one([world.main.lead, world.main.second]),
      ),
  },
  {
    name: 'correct crates',
    weight: 1,
    run: (world) =>
      ask(
        world,
        'crates.correct',
        {
          params: { id: newId() },
          body: {
            hubId: world.main.id,
            party: world.dice.maybe(0.7) ? { kind: 'hub' as const, id: world.main.id } : someParty(world),
            kind: world.dice.one(['bought', 'bought', 'found', 'lost', 'broken'] as const),
            counts: [{ typeId: world.crateTypeId, count: world.dice.int(1, 20) }],
            reason: '示例盘点',
          },
        },
        world.main.lead,
      ),
  },
]
