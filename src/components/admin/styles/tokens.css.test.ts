import { readFileSync } from 'node:fs'

/** PANEL: status colours are defined once, in both themes, with a contrast of 4.5:1 or more between text and tint. */

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
const themes = {
  light: variablesOf(':root'),
  dark: { ...variablesOf(':root'), ...variablesOf("html[data-theme='dark']") },
}

function variablesOf(selector: string): Record<string, string> {
  const start = css.indexOf(`${selector} {`)
  const block = css.slice(start, css.indexOf('}', start))
  return Object.fromEntries(
    [...block.matchAll(/--cpms-([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name, value]) => [
      name!,
      value!,
    ]),
  )
}

function luminance(hex: string): number {
  const channels = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
  const [r, g, b] = channels.map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light! + 0.05) / (dark! + 0.05)
}

describe.each(Object.entries(themes))('in the %s theme', (_, variables) => {
  test.each(['green', 'blue', 'violet', 'amber', 'red', 'grey'])('%s is readable', (tone) => {
    const [text, tint] = [variables[`${tone}-text`], variables[`${tone}-tint`]]
    expect(text).toBeDefined()
    expect(tint).toBeDefined()
    expect(contrast(text!, tint!)).toBeGreaterThanOrEqual(4.5)
  })
})
