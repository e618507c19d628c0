/** One column, thumbs first; light and dark. */
export const style = `
:root { color-scheme: light dark; --ink: #1c2127; --soft: #5b6470; --paper: #fff; --ground: #f3f4f6; --line: #d0d5db; --accent: #0b63a5; --on: #fff; --good: #0b6b43; --busy: #8a5200; --bad: #9b2c1f }
@media (prefers-color-scheme: dark) { :root { --ink: #eceff2; --soft: #a3abb5; --paper: #1b1f24; --ground: #111418; --line: #3d444d; --accent: #7cc0ff; --on: #0d1a26; --good: #6fd0a2; --busy: #f0b866; --bad: #f0958a } }
* { box-sizing: border-box } [hidden] { display: none !important }
body { margin: 0; padding: 16px; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif }
main { max-width: 460px; margin: 0 auto; padding: 20px; background: var(--paper); border-radius: 12px }
.brand { margin: 0 0 12px; font-size: 14px; font-weight: 600; color: var(--soft) }
h1 { margin: 0 0 2px; font-size: 22px; line-height: 1.25 } h2 { margin: 22px 0 8px; font-size: 17px }
p { margin: 0 0 12px } .soft { color: var(--soft); font-size: 14px } .foot { margin: 20px 0 0 }
.pill { display: inline-block; margin: 8px 0 14px; padding: 3px 12px; border: 1px solid currentColor; border-radius: 99px; font-size: 14px; font-weight: 600 }
.good { color: var(--good) } .busy { color: var(--busy) } .bad, .problem { color: var(--bad) } .problem { margin-top: 14px; font-weight: 600 }
details { margin: 0 0 12px } summary { min-height: 44px; padding: 10px 0; color: var(--accent); font-size: 15px; font-weight: 600; cursor: pointer }
ul.price { margin: 0 0 12px; padding: 0; list-style: none } ul.price li { padding: 6px 0; border-bottom: 1px solid var(--line) } ul.price li:first-child { font-size: 18px; font-weight: 600 }
label { display: block; margin: 0 0 12px; font-size: 14px; font-weight: 600 }
input, select { display: block; width: 100%; min-height: 48px; margin-top: 4px; padding: 10px 12px; border: 1px solid var(--line); border-radius: 8px; background: var(--ground); color: inherit; font: inherit; font-size: 16px }
button { display: block; width: 100%; min-height: 52px; margin: 8px 0 0; padding: 12px; border: 0; border-radius: 8px; background: var(--accent); color: var(--on); font: inherit; font-size: 17px; font-weight: 600; cursor: pointer }
button.second { background: none; color: var(--accent); min-height: 44px; font-size: 15px } button.stop { background: var(--bad); color: var(--paper) } button:disabled { opacity: .55; cursor: default }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
.figures { display: grid; grid-template-columns: 1fr 1fr; gap: 8px; margin: 12px 0 } .figures div { padding: 12px; background: var(--ground); border-radius: 8px }
.figures b { display: block; font-size: 22px; font-variant-numeric: tabular-nums; overflow-wrap: anywhere } .figures span { color: var(--soft); font-size: 13px }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums } td { padding: 7px 0; border-bottom: 1px solid var(--line); vertical-align: top } td:last-child { text-align: right; white-space: nowrap } tr:last-child td { border: 0; font-weight: 700; font-size: 18px }
`
