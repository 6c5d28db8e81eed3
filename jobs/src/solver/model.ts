/** What a planner is asked, in plain words. Times are whole seconds, money whole cost units (fen). */

export type Window = { from: number; to: number }

/** Goods for one stop in one temperature zone. */
export type ZoneLoad = { zone: string; kg: number; m3: number }

/** Hours in which vehicles without the named pass may not stop there (inner-city truck bans). */
export type Ban = { from: number; to: number; unlessSkill: string }

/** Size of a vehicle, or the largest size a site can take. */
export type Size = { lengthCm?: number; heightCm?: number; grossKg?: number }

export type Stop = {
  id: string
  /** Row of the travel matrix. */
  place: number
  loads: ZoneLoad[]
  /** Service must start inside one of these; several are allowed, sorted or not. */
  windows: Window[]
  serviceSeconds: number
  /** Soft promise: starting later costs `lateSecond` each second, still inside a window. */
  promisedBy?: number
  /** 0 is normal; each step makes leaving the stop out ten times dearer. */
  priority?: number
  /** Skills, permits and equipment the vehicle must have. */
  needs?: string[]
  largestVehicle?: Size
  bans?: Ban[]
  /** Classes of goods checked against `Problem.clashes` (raw seafood, allergens, odour). */
  goods?: string[]
  /** Only this vehicle may serve it. */
  onlyVehicle?: string
  /** Vehicle of the plan before; moving the stop elsewhere costs `weights.moved`. */
  formerVehicle?: string
}

/** One load space; `zones` may ride in it together. A zone's goods stay in one compartment. */
export type Compartment = { zones: string[]; kg: number; m3: number }

export type Vehicle = {
  id: string
  start: number
  /** `null`: the run ends at its last stop. */
  end: number | null
  shift: { from: number; to: number; overtimeFrom?: number; maxSeconds?: number }
  /** A rest of `seconds` is due before work since the last rest exceeds `afterWork`. */
  rest?: { afterWork: number; seconds: number }
  /** Alternative divisions of the load space (movable bulkhead, zone settings). */
  layouts: Compartment[][]
  maxKg?: number
  /** Stops of one trip at most. */
  maxStops?: number
  skills?: string[]
  size?: Size
  fixedCost: number
  /** Runs in one shift; after the first the vehicle comes back and loads again. */
  trips?: number
  reloadSeconds?: number
  /** First stops of the first trip, in order: already loaded, never touched. */
  locked?: string[]
}

export type Weights = {
  metre: number
  second: number
  lateSecond?: number
  overtimeSecond?: number
  idleSecond?: number
  moved?: number
  /** Cost of leaving a stop of priority 0 out; far above any detour. */
  unserved: number
}

export type Problem = {
  /** Number of places; matrices are row-major, from row to column. */
  places: number
  metres: Int32Array
  seconds: Int32Array
  stops: Stop[]
  vehicles: Vehicle[]
  weights: Weights
  /** Pairs of goods classes that may not share a trip. */
  clashes?: [string, string][]
  /** Pairs of stop ids that may not share a vehicle. */
  apart?: [string, string][]
  /** Pairs of stop ids that, when served, ride on the same vehicle. */
  together?: [string, string][]
}

export type Reason = 'capacity' | 'window' | 'zone' | 'permit' | 'shift' | 'pair' | 'fleet'

export type Visit = { stop: string; arrive: number; start: number; leave: number }

export type Trip = { depart: number; finish: number; visits: Visit[] }

export type PlannedRun = {
  vehicle: string
  trips: Trip[]
  /** Rests taken on the road (waiting long enough counts as rest and is not listed). */
  rests: { from: number; to: number }[]
  cost: number
}

export type RoutePlan = {
  runs: PlannedRun[]
  unserved: { stop: string; reason: Reason }[]
  cost: number
}
