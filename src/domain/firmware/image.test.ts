import { imageProblem } from './image'

const bytes = (text: string) => new TextEncoder().encode(text)
const binary = Uint8Array.from({ length: 600 }, (_, i) => (i * 31) % 256)
const zip = Uint8Array.from([0x50, 0x4b, 3, 4, ...binary])

test.each([
  ['twin22-v2.bin', binary],
  ['image.zip', zip],
  ['image.tar.gz', Uint8Array.from([0x1f, 0x8b, ...binary])],
  ['boot.hex', bytes(':10010000214601360121470136007EFE09D2190140\n')],
  ['boot.S19', bytes('S00F000068656C6C6F202020202000003C\n')],
  ['update.swu', binary],
])('%s may be firmware', (name, head) => {
  expect(imageProblem(name, head)).toBeNull()
})

test.each([
  ['page.html', bytes('<html>')],
  ['logo.svg', bytes('<svg xmlns="http://www.w3.org/2000/svg">')],
  ['feed.xml', bytes('<?xml version="1.0"?>')],
  ['page.xhtml', bytes('<html>')],
  ['app.js', bytes('alert(1)')],
  ['shell.php', bytes('<?php system($_GET[0]);')],
  ['photo.png.html', bytes('<html>')],
  ['photo.png', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, ...binary])],
  ['CON', binary],
  ['noextension', binary],
  ['', binary],
])('SEC-35 %s is refused by its name', (name, head) => {
  expect(imageProblem(name, head)).toMatch(/not taken for firmware/)
})

test.each([
  ['page.bin', bytes('<html><script>alert(1)</script>')],
  ['page.bin', bytes('\ufeff \n\t<!doctype html>')],
  [
    'polyglot.bin',
    Uint8Array.from([0x89, 0x50, 0x4e, 0x47, ...bytes('<script>alert(1)</script>')]),
  ],
  ['photo.bin', Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, ...binary])],
  ['doc.bin', bytes('%PDF-1.7')],
  ['run.bin', bytes('#!/bin/sh\nrm -rf /')],
  ['app.bin', bytes('fetch("/api/users").then(console.log)')],
  ['bomb.zip', binary],
  ['image.tar.gz', zip],
  ['boot.hex', binary],
])('SEC-35 %s is refused by what is in it', (name, head) => {
  expect(imageProblem(name, head)).toMatch(/\.$/)
})
