/** Loaded before every process of the night's own product. */
import { clockSetting, followClock } from './clock.ts'

const file = process.env[clockSetting]
if (file) followClock(file)
