/** Whose paper it is. */
export type Branding = {
  name: string
  /** `#rrggbb`. */
  accentColour: string
  address: string | null
  vatNumber: string | null
  footer: string | null
  logo: { png: Uint8Array; width: number; height: number } | null
}

export const defaultAccent = '#0b5f4a'

/** `accentOf`: a colour that can be drawn; anything else is the house's own. */
export function accentOf(colour: string | null | undefined): string {
  return colour && /^#[0-9a-f]{6}$/i.test(colour) ? colour : defaultAccent
}
