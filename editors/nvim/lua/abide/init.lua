-- What abide has beyond the protocol, for Neovim 0.10 and later.
local M = {}

local function client()
  local found = vim.lsp.get_clients({ name = 'abide', bufnr = 0 })[1]
  if not found then vim.notify('abide is not attached to this buffer: see :checkhealth vim.lsp', vim.log.levels.ERROR) end
  return found
end

-- Neovim 0.11 made the client's functions methods.
local function request(c, method, params, handler)
  if vim.fn.has('nvim-0.11') == 1 then return c:request(method, params, handler, 0) end
  return c.request(method, params, handler, 0)
end

local function place(bits)
  return bits % 8 == 0 and tostring(bits / 8) or ('%d:%d'):format(math.floor(bits / 8), bits % 8)
end

local function amount(member)
  if member.flexible then return '[]' end
  return member.bitSize % 8 == 0 and tostring(member.bitSize / 8) or (member.bitSize .. ' bits')
end

-- One layout as lines: members and holes in the order of their bytes.
local function draw(one)
  local rows = {}
  for order, member in ipairs(one.members) do
    rows[#rows + 1] = {
      member.bitOffset,
      order,
      ('%s%8s %8s  %s%s'):format(member.differs and '>' or ' ', place(member.bitOffset), amount(member), ('  '):rep(member.depth or 0), member.path),
    }
  end
  for _, hole in ipairs(one.holes) do
    local what = hole.tail and 'padding' or 'hole'
    rows[#rows + 1] = {
      hole.bitOffset,
      0,
      ('%s%8s %8s  /* %s */'):format(hole.differs and '>' or ' ', place(hole.bitOffset), amount(hole), what),
    }
  end
  table.sort(rows, function(a, b)
    if a[1] ~= b[1] then return a[1] < b[1] end
    return a[2] < b[2]
  end)
  local lines = {
    table.concat(one.abis, ', '),
    ('   offset     size  %d bytes, align %d'):format(one.size, one.align),
  }
  for _, row in ipairs(rows) do
    lines[#lines + 1] = row[3]
  end
  return lines
end

--- Shows the layout of the record under the cursor in a float.
function M.layout()
  local c = client()
  if not c then return end
  local params = vim.lsp.util.make_position_params(0, c.offset_encoding)
  request(c, 'abide/layout', params, function(err, record)
    if err then return vim.notify('abide: ' .. err.message, vim.log.levels.ERROR) end
    if not record then return vim.notify('abide: there is no struct or union under the cursor') end
    local lines = { record.name .. (record.reason and (', payload of ' .. record.reason) or '') }
    for _, one in ipairs(record.layouts) do
      lines[#lines + 1] = ''
      vim.list_extend(lines, draw(one))
    end
    for _, unknown in ipairs(record.unknown or {}) do
      vim.list_extend(lines, { '', table.concat(unknown.abis, ', '), ' ' .. unknown.error })
    end
    if record.notDefined then vim.list_extend(lines, { '', table.concat(record.notDefined, ', '), ' not defined there' }) end
    vim.lsp.util.open_floating_preview(lines, '', { border = 'rounded', focus_id = 'abide', title = ' layout ' })
  end)
end

-- The server's table of ABIs.
local function known(c, handler)
  request(c, 'workspace/executeCommand', { command = 'abide.server.abis', arguments = {} }, function(err, answer)
    if err then return vim.notify('abide: ' .. err.message, vim.log.levels.ERROR) end
    handler(answer.abis)
  end)
end

--- Shows the ABIs that are compared, or, given names, compares those from now on.
--- @param names string[]
function M.abis(names)
  local c = client()
  if not c then return end
  if #names > 0 then
    c.settings = vim.tbl_deep_extend('force', c.settings or {}, { abide = {} })
    c.settings.abide.abis = names
    local changed = { settings = c.settings }
    if vim.fn.has('nvim-0.11') == 1 then
      c:notify('workspace/didChangeConfiguration', changed)
    else
      c.notify('workspace/didChangeConfiguration', changed)
    end
    return
  end
  known(c, function(abis)
    local selected = {}
    for _, abi in ipairs(abis) do
      if abi.selected then selected[#selected + 1] = abi.name end
    end
    vim.notify('abide compares ' .. table.concat(selected, ', '))
  end)
end

--- Completes the name of an ABI.
--- @param lead string
function M.complete(lead)
  local c = vim.lsp.get_clients({ name = 'abide', bufnr = 0 })[1]
  if not c then return {} end
  local names
  known(c, function(abis) names = vim.tbl_map(function(abi) return abi.name end, abis) end)
  vim.wait(1000, function() return names ~= nil end, 10)
  return vim.tbl_filter(function(name) return vim.startswith(name, lead) end, vim.list_extend({ 'default', 'all' }, names or {}))
end

return M
