import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { VitePWA } from "vite-plugin-pwa";
import { defineConfig } from "vitest/config";
import { compileMessages } from "./compile-messages.ts";

const server = process.env.SIRENBASE_URL ?? "http://127.0.0.1:5000";

export default defineConfig({
  plugins: [
    react(),
    tailwindcss(),
    compileMessages(),
    VitePWA({
      registerType: "prompt", // a new version waits until the partner has a hand free
      injectRegister: false,
      manifest: {
        name: "SirenBase",
        short_name: "SirenBase",
        description: "Inventory, milk count and display restocking of a coffee store",
        start_url: "/dashboard",
        display: "standalone",
        orientation: "portrait",
        background_color: "#e5e5e5",
        theme_color: "#0a0a0a",
        icons: [
          { src: "/icon.svg", sizes: "any", type: "image/svg+xml" },
          { src: "/icon-192.png", sizes: "192x192", type: "image/png" },
          { src: "/icon-512.png", sizes: "512x512", type: "image/png" },
          { src: "/icon-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
        ],
      },
      workbox: {
        globPatterns: ["**/*.{js,css,html,svg,png,woff2}"],
        navigateFallback: "/index.html",
        navigateFallbackDenylist: [/^\/api\//, /^\/(healthz|readyz|metrics)/],
        clientsClaim: true, // the very first page starts without reception too
        sourcemap: false,
      },
    }),
  ],
  build: {
    target: "es2022",
    sourcemap: false,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        // Few files: on a slow network each costs more by its round trip than by its bytes.
        codeSplitting: {
          groups: [
            { name: "libraries", test: /node_modules\/(?!uplot)/ },
            { name: "app", test: /src\/(api|queue|live|ui|frame|session|login|dashboard|i18n\/(en|index|time))/ },
          ],
        },
      },
    },
  },
  server: { proxy: { "/api": server, "/readyz": server } },
  test: { include: ["src/**/*.test.ts"], environment: "happy-dom", setupFiles: ["fake-indexeddb/auto"] },
});
