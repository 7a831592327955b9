#!/usr/bin/env node
// Heed runs from its TypeScript source on every supported Node; tsx strips the types on the way in.
// `tsconfig: false` keeps a tsconfig.json in the caller's directory from changing how Heed is loaded.
import { register } from 'tsx/esm/api';

register({ tsconfig: false });
await import('../src/cli/main.ts');
