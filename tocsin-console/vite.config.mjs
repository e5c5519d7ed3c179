import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compressed } from './build/compressed.mjs';

export default defineConfig({
  plugins: [react(), compressed()],
  build: {
    outDir: 'target/classes/dev/tocsin/console',
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000, // the frame of the design system is one piece
  },
  server: { fs: { allow: ['..'] } }, // a test reads the server's list of attributes
  test: { environment: 'jsdom', include: ['src/**/*.test.{ts,tsx}'] },
});
