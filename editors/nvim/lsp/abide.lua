---@brief
---
--- abide: byte layouts, padding holes and pointers of ioctl payloads, for every Linux ABI at once.
---
--- Put this folder's parent on 'runtimepath' and call `vim.lsp.enable('abide')` (Neovim 0.11 and later).
--- It runs beside clangd.

---@type vim.lsp.Config
return {
  cmd = { 'abide', 'serve' },
  filetypes = { 'c', 'cpp' },
  root_markers = { '.abide.toml', 'compile_commands.json', 'compile_flags.txt', 'Kconfig', '.git' },
  settings = {
    abide = {
      abis = { 'default' },
      scope = 'payload',
    },
  },
}
