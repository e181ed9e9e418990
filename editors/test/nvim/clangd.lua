-- abide beside clangd on one buffer: nothing is said twice, and one hover has
-- both. Environment: ABIDE, CLANGD, HEADER.
local hands = dofile(vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h') .. '/hands.lua')
local check, wait = hands.check, hands.wait

local function sources()
  local seen = {}
  for _, d in ipairs(vim.diagnostic.get(0)) do
    local key = (d.source or ''):lower()
    seen[key] = (seen[key] or 0) + 1
  end
  return seen
end

hands.run('nvim beside clangd', function()
  local buf, root = hands.open('sensor.h')
  vim.api.nvim_buf_set_lines(buf, 0, -1, false, vim.fn.readfile(vim.env.HEADER))
  vim.cmd('silent write')
  vim.bo[buf].filetype = 'c'
  for name, cmd in pairs({ abide = { vim.env.ABIDE, 'serve' }, clangd = { vim.env.CLANGD } }) do
    vim.lsp.start({ name = name, cmd = cmd, root_dir = root }, { bufnr = buf })
  end
  check('both attach', wait(function()
    local ready = vim.tbl_filter(function(client) return client.initialized end, vim.lsp.get_clients({ bufnr = buf }))
    return #ready == 2
  end))

  -- An error that only clangd tells, so that both have spoken.
  vim.api.nvim_buf_set_lines(buf, 16, 16, false, { 'int 5;' })
  check('both have spoken', wait(function() return (sources().abide or 0) >= 3 and (sources().clang or 0) >= 1 end), sources())
  local places, twice = {}, nil
  for _, d in ipairs(vim.diagnostic.get(buf)) do
    local place = d.lnum .. ':' .. d.col
    twice = twice or (places[place] and place)
    places[place] = true
    if d.lnum == 16 then check('a syntax error is told by clangd alone', d.source ~= 'abide', d) end
  end
  check('no place is blamed twice', not twice, twice)

  local text = hands.hover(12, 9)
  hands.quote(text)
  local _, tables = text:gsub('XXX 4 bytes hole', '')
  -- Until 0.11 Neovim shows the float of the server that answers last.
  local last = vim.fn.has('nvim-0.11') == 0
  check("hover has abide's table, once", tables == 1 or (last and tables == 0), text)
  check("and clangd's words", last or text:find('sensor_sample {}', 1, true) or text:find('### struct', 1, true) or text:find('Size: ', 1, true), text)
end)
