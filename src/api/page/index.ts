import { script } from './script'
import { style } from './style'

const text = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Charge here</title>
<style>${style}</style>
</head>
<body>
<main>
<p class="brand" id="brand">&nbsp;</p>
<div id="page" aria-live="polite"><p class="soft">Looking for the charger…</p></div>
<p class="problem" id="problem" role="alert" hidden></p>
<p class="soft foot" id="foot"></p>
</main>
<noscript><p>This page needs JavaScript. You can charge with a card at the charger.</p></noscript>
<script>${script}</script>
</body>
</html>`

/**
 * `chargePage`: the page behind a charger's code, and the reference client of the API: all it shows, it asks of
 * `/api/app/v1`, and nothing is put into it here.
 */
export function chargePage(): Response {
  return new Response(text, {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      'X-Robots-Tag': 'noindex',
    },
  })
}
