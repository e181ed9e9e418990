-- Starts abide for C files (unless vim.g.abide_enable is false), and brings
-- :AbideLayout and :AbideABIs. Neovim 0.10 and later.
if vim.g.loaded_abide then return end
vim.g.loaded_abide = true

vim.api.nvim_create_user_command('AbideLayout', function() require('abide').layout() end, {
  desc = 'abide: the layout of the record under the cursor, on every ABI',
})

vim.api.nvim_create_user_command('AbideABIs', function(command) require('abide').abis(command.fargs) end, {
  nargs = '*',
  complete = function(lead) return require('abide').complete(lead) end,
  desc = 'abide: show the ABIs that are compared, or choose others',
})

if vim.g.abide_enable == false then return end
if vim.lsp.enable then
  vim.lsp.enable('abide')
else -- Neovim 0.10
  local config = dofile(vim.api.nvim_get_runtime_file('lsp/abide.lua', false)[1])
  vim.api.nvim_create_autocmd('FileType', {
    pattern = config.filetypes,
    callback = function(event)
      vim.lsp.start({
        name = 'abide',
        cmd = config.cmd,
        root_dir = vim.fs.root(event.buf, config.root_markers),
        settings = config.settings,
      })
    end,
  })
end
