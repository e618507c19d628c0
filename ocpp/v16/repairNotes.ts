/** What was repaired, for the log: `meterValue[0].sampledValue[2].value put right`. A megabyte of oddities is cut. */
export type Notes = { list: string[]; add(member: string, what: string): void }

const notesMax = 20

export function notes(): Notes {
  const list: string[] = []
  return {
    list,
    add(member, what) {
      if (list.length < notesMax) list.push(`${printable(member)} ${what}`)
      else if (list.length === notesMax) list.push('and more')
    },
  }
}

const looksLikeDate = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/i

/** A text that is no date is kept, `domain/deviceTime` decides; the log says so. */
export function sayTime(value: unknown, member: string, said: Notes): void {
  if (value === undefined) said.add(member, 'is missing')
  else if (typeof value !== 'string' || !looksLikeDate.test(value)) said.add(member, 'is no date')
}

function printable(member: string): string {
  return member.slice(0, 80).replace(/[^\x20-\x7e]/g, '?')
}
