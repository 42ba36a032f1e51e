#!/usr/bin/env node
// A program of its own, so that whoever checks the ledger need not trust the one that writes it.
await import('../dist/verifier/main.js');
