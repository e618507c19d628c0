import { isTimezone } from './timezone'

test.each(['Europe/London', 'UTC', 'America/Argentina/Buenos_Aires'])(
  '%s is a time zone',
  (name) => {
    expect(isTimezone(name)).toBe(true)
  },
)

test.each(['', 'London', 'GMT+1', '+01:00', 'Europe/Nowhere', 'Europe/London; drop'])(
  '%j is none',
  (name) => {
    expect(isTimezone(name)).toBe(false)
  },
)
