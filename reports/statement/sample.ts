import type { StatementProps } from './document'

/** A month as the bench and the tests draw it: 30 days, 8 chargers, corrections and two tax rates. Numbers of no network. */
export function sampleStatement(chargers = 8): StatementProps {
  const days = Array.from({ length: 30 }, (_, index) => {
    const sessions = 8 + ((index * 7) % 11)
    return {
      day: `2026-11-${String(index + 1).padStart(2, '0')}`,
      sessions,
      energyWh: index === 11 ? 0 : sessions * 18_437 + ((index * 3) % 5) * 9_001,
      amountMinor: sessions * 912,
      taxMinor: sessions * 152,
    }
  })
  const sessionsOf = (index: number) => 52 - ((index * 3) % 50)
  const rows = Array.from({ length: chargers }, (_, index) => ({
    name:
      index === 2
        ? 'Ladestation Größe Žižkov, parking deck −2 beside the lift'
        : `Bay ${index + 1}`,
    site: 'Kings Cross Car Park',
    currency: 'GBP',
    sessions: sessionsOf(index),
    energyWh: sessionsOf(index) * 18_437,
    amountMinor: sessionsOf(index) * 912,
    taxMinor: sessionsOf(index) * 152,
  }))
  const own = {
    sessions: rows.reduce((sum, row) => sum + row.sessions, 0),
    energyWh: rows.reduce((sum, row) => sum + row.energyWh, 0),
    amountMinor: rows.reduce((sum, row) => sum + row.amountMinor, 0),
    taxMinor: rows.reduce((sum, row) => sum + row.taxMinor, 0),
  }
  return {
    branding: {
      name: 'CITA EV Ltd',
      accentColour: '#0b5f4a',
      address: '12 Copper Row\nLondon SE1 2LH',
      vatNumber: 'GB 123 4567 89',
      footer: 'Questions: accounts@cita.example · 020 7946 0000',
      logo: null,
    },
    fingerprint: '9f2c6a51d0e84b7f3a1c58e0b2d94f7716c03aa5be1f4d2890c7e65b3f1a8d42',
    verifyUrl: 'https://cpms.example.com/verify/9f2c6a51d0e84b7f3a1c58e0b2d94f77',
    figures: {
      number: 'S-000042',
      publicId: 'sample',
      subject: 'Kings Cross Car Park',
      subjectAddress: 'York Way, London N1C 4AH',
      recipient: 'Copper Estates',
      siteCount: 1,
      frequency: 'monthly',
      fromDay: '2026-11-01',
      toDay: '2026-11-30',
      zone: 'Europe/London',
      closedAt: '2026-12-01T06:00:12Z',
      heldBack: 2,
      before: {
        ...own,
        sessions: 301,
        energyWh: 5_912_044,
        amountMinor: 288_004,
        taxMinor: 48_001,
        words: 'October 2026',
        currency: 'GBP',
      },
      sums: {
        energyWh: own.energyWh + 12_345,
        sessions: own.sessions + 1,
        amounts: [
          {
            ...own,
            amountMinor: own.amountMinor + 443,
            taxMinor: own.taxMinor + 74,
            currency: 'GBP',
            correctionMinor: 443,
          },
        ],
        chargers: rows,
        days,
        corrections: [
          {
            kind: 'late',
            charger: 'Bay 4',
            startedAt: '2026-10-30T17:02:00Z',
            energyWh: 12_345,
            amountMinor: 643,
            taxMinor: 107,
            currency: 'GBP',
          },
          {
            kind: 'change',
            charger: 'Bay 1',
            startedAt: '2026-10-12T08:40:00Z',
            energyWh: 0,
            amountMinor: -200,
            taxMinor: -33,
            currency: 'GBP',
          },
        ],
        correctionCount: 2,
        taxRates: [
          {
            basisPoints: 2000,
            amountMinor: own.amountMinor,
            taxMinor: own.taxMinor,
            currency: 'GBP',
          },
        ],
      },
    },
  }
}
