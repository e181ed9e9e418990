---@brief
---
--- abide: byte layouts, padding holes and pointers of ioctl payloads, for every Linux ABI at once.
---
--- With this folder's parent on 'runtimepath', `vim.lsp.enable('abide')` starts it (Neovim 0.11 and later); the plugin
--- beside it does so by itself. It runs beside clangd.

-- Where `make install` puts it, for a PATH that does not lead there.
local installed = vim.fn.expand('~/.local/bin/abide')

---@type vim.lsp.Config
return {
  cmd = { vim.fn.executable('abide') == 0 and vim.fn.executable(installed) == 1 and installed or 'abide', 'serve' },
  filetypes = { 'c', 'cpp' },
  root_markers = { '.abide.toml', 'compile_commands.json', 'compile_flags.txt', 'Kconfig', '.git' },
  settings = {
    abide = vim.empty_dict(), -- docs/configuration.md lists the keys; what is not set here, a project's .abide.toml decides
  },
}
