import { withPayload } from '@payloadcms/next/withPayload'

// Addresses of the live channel and of map tiles are settings of the running process, these headers are of the build.
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob: https:",
  "font-src 'self' data:",
  "connect-src 'self' ws: wss: https:",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const securityHeaders = [
  { key: 'Content-Security-Policy', value: contentSecurityPolicy },
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=(self)' },
]

/** @type {import('next').NextConfig} */
const nextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  // types and lint have their own commands; the build of a fresh clone must not wait for them
  typescript: { ignoreBuildErrors: true },
  // minified error names would hide which error Payload threw
  experimental: { serverMinification: false },
  // payload outside the bundle: bundled, pages and REST routes have a class ValidationError each, and a form that fails
  // is answered without its fields (seen after /admin had been opened before the first REST call)
  serverExternalPackages: ['pino', 'pg', 'payload', 'pdfmake'],
  headers: async () => [
    { source: '/:path*', headers: securityHeaders },
    { source: '/api/:path*', headers: [{ key: 'Cache-Control', value: 'no-store' }] },
    // a reset link must not travel in a Referer
    { source: '/admin/reset/:path*', headers: [{ key: 'Referrer-Policy', value: 'no-referrer' }] },
  ],
}

export default withPayload(nextConfig, { devBundleServerPackages: false })
