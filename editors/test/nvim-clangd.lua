-- abide beside clangd on one buffer: nothing is said twice, and one hover has
-- both. Run: ABIDE=… CLANGD=… HEADER=… nvim --headless --clean -u NONE -i NONE -n -l nvim-clangd.lua
local failed = 0
local function check(name, ok, detail)
  io.stdout:write((ok and 'ok   ' or 'FAIL ') .. name .. ((not ok and detail ~= nil) and (' ' .. vim.inspect(detail)) or '') .. '\n')
  if not ok then failed = failed + 1 end
end
local function wait(condition) return vim.wait(15000, condition, 20) end

local root = vim.fn.tempname()
vim.fn.mkdir(root, 'p')
vim.uv.fs_copyfile(vim.env.HEADER, root .. '/sensor.h')
vim.o.swapfile = false
vim.cmd('edit ' .. root .. '/sensor.h')
local buf = vim.api.nvim_get_current_buf()
vim.bo[buf].filetype = 'c'
for name, cmd in pairs({ abide = { vim.env.ABIDE, 'serve' }, clangd = { vim.env.CLANGD } }) do
  vim.lsp.start({ name = name, cmd = cmd, root_dir = root }, { bufnr = buf })
end
check('both attach', wait(function()
  local ready = 0
  for _, client in ipairs(vim.lsp.get_clients({ bufnr = buf })) do
    if client.initialized then ready = ready + 1 end
  end
  return ready == 2
end))

-- An error that only clangd tells, so that both have spoken.
vim.api.nvim_buf_set_lines(buf, 16, 16, false, { 'int 5;' })
local function sources()
  local seen = {}
  for _, d in ipairs(vim.diagnostic.get(buf)) do
    local key = (d.source or ''):lower()
    seen[key] = (seen[key] or 0) + 1
  end
  return seen
end
check('both have spoken', wait(function() return (sources().abide or 0) >= 3 and (sources().clang or 0) >= 1 end), sources())

local places, twice = {}, nil
for _, d in ipairs(vim.diagnostic.get(buf)) do
  local place = d.lnum .. ':' .. d.col
  twice = twice or (places[place] and place)
  places[place] = true
  if d.lnum == 16 then check('a syntax error is told by clangd alone', d.source ~= 'abide', d) end
end
check('no place is blamed twice', not twice, twice)

vim.api.nvim_win_set_cursor(0, { 12, 9 })
vim.lsp.buf.hover()
local text
wait(function()
  for _, win in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(win).relative ~= '' then
      text = table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(win), 0, -1, false), '\n')
    end
  end
  return text ~= nil
end)
text = text or ''
io.stdout:write('     | ' .. text:gsub('\n', '\n     | ') .. '\n')
local _, tables = text:gsub('XXX 4 bytes hole', '')
check("hover has abide's table, once", tables == 1 or (vim.fn.has('nvim-0.11') == 0 and tables == 0), text)
-- Until 0.11 Neovim shows the float of the server that answers last.
check("and clangd's words", vim.fn.has('nvim-0.11') == 0 or text:find('sensor_sample {}', 1, true) or text:find('### struct', 1, true) or text:find('Size: ', 1, true), text)

io.stdout:write(failed == 0 and 'beside clangd: all passed\n' or ('beside clangd: ' .. failed .. ' failed\n'))
vim.cmd(failed == 0 and 'qa!' or 'cquit 1')
