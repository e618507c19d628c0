import { jest } from '@jest/globals'

// Payload boots in 2 to 4 s, twice that where two test files share two cores.
jest.setTimeout(120_000)
