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
