-- Neovim as a user runs it, headless: an unsaved buffer with the two classic
-- records, diagnostics, the hover float, both fixes, and characters typed in
-- every place. Environment: ABIDE.
local hands = dofile(vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h') .. '/hands.lua')
local say, check, wait, hover = hands.say, hands.check, hands.wait, hands.hover

local source = {
  '#include <linux/ioctl.h>',
  '#include <linux/types.h>',
  '',
  'struct sensor {',
  '\t__u32 id; /* which */',
  '\t__u64 stamp;',
  '\t__s32 value;',
  '};',
  '',
  'struct transfer {',
  '\t__u32 size;',
  '\tvoid *data; /* where */',
  '};',
  '',
  "#define SENSOR_GET _IOR('M', 0, struct sensor)",
  "#define SENSOR_PUT _IOW('M', 1, struct transfer)",
}

local function rules(buf)
  local seen = {}
  for _, d in ipairs(vim.diagnostic.get(buf)) do seen[#seen + 1] = d.code .. ':' .. (d.lnum + 1) end
  table.sort(seen)
  return table.concat(seen, ' ')
end

-- Applies the preferred action on the first diagnostic of a rule, until none is left.
local function cure(buf, rule)
  for _ = 1, 6 do
    local found
    for _, d in ipairs(vim.diagnostic.get(buf)) do
      if d.code == rule then found = found or d end
    end
    if not found then return true end
    local before = vim.api.nvim_buf_get_changedtick(buf)
    vim.api.nvim_win_set_cursor(0, { found.lnum + 1, found.col })
    local title
    vim.lsp.buf.code_action({
      apply = true,
      filter = function(action)
        if title or not action.isPreferred then return false end
        title = action.title
        return true
      end,
    })
    if not wait(function() return vim.api.nvim_buf_get_changedtick(buf) ~= before end, 5000) then return false end
    say('    ', title)
    local tick = vim.api.nvim_buf_get_changedtick(buf)
    wait(function()
      for _, d in ipairs(vim.diagnostic.get(buf)) do
        if d.code == rule and d.lnum == found.lnum and d.message == found.message then return false end
      end
      return tick == vim.api.nvim_buf_get_changedtick(buf)
    end, 5000)
  end
  return false
end

local function start(buf, root)
  local plugin = vim.fn.fnamemodify(hands.here, ':h:h') .. '/nvim'
  vim.opt.runtimepath:prepend(plugin)
  vim.bo[buf].filetype = 'c'
  if vim.lsp.enable then
    vim.lsp.config('abide', { cmd = { vim.env.ABIDE, 'serve' } })
    vim.lsp.enable('abide')
    return 'vim.lsp.enable'
  end
  local config = dofile(plugin .. '/lsp/abide.lua')
  vim.lsp.start({ name = 'abide', cmd = { vim.env.ABIDE, 'serve' }, root_dir = root, settings = config.settings })
  return 'vim.lsp.start'
end

hands.run('nvim', function()
  local version = vim.version()
  say(('Neovim %d.%d.%d'):format(version.major, version.minor, version.patch))
  local buf, root = hands.open('sensor.h')
  vim.bo[buf].expandtab = false
  vim.api.nvim_buf_set_lines(buf, 0, -1, false, source)
  local how = start(buf, root)

  local client
  wait(function()
    client = vim.lsp.get_clients({ bufnr = buf })[1]
    return client and client.initialized
  end)
  check('attached through ' .. how, client and client.name == 'abide')
  check('the file is not on disk', vim.fn.filereadable(root .. '/sensor.h') == 0)

  wait(function() return #vim.diagnostic.get(buf) >= 3 end)
  local seen = rules(buf)
  check('padding hole', seen:find('padding%-hole') ~= nil, seen)
  check('tail padding', seen:find('tail%-padding') ~= nil, seen)
  check('pointer', seen:find('pointer%-field:12') ~= nil, seen)
  for _, d in ipairs(vim.diagnostic.get(buf)) do
    if d.source ~= 'abide' then check('source is abide', false, d.source) end
  end

  local text = hover(4, 8)
  check('hover on the record', text:find('stamp') ~= nil and text:find('i386') ~= nil and text:find('hole') ~= nil, text)
  hands.quote(text)
  text = hover(15, 10)
  check('hover on the command', text:find('SENSOR_GET') ~= nil and text:find('0x') ~= nil, text)
  hands.quote(text)

  vim.lsp.inlay_hint.enable(true, { bufnr = buf })
  check('inlay hints', wait(function() return #vim.lsp.inlay_hint.get({ bufnr = buf }) > 0 end, 5000))
  if vim.lsp.codelens.enable then
    vim.lsp.codelens.enable(true, { bufnr = buf })
  else
    vim.lsp.codelens.refresh({ bufnr = buf })
  end
  local lens
  wait(function()
    lens = vim.tbl_filter(function(one) return one.command.title:find('24 bytes', 1, true) end, vim.lsp.codelens.get(buf))
    return #lens > 0
  end, 5000)
  check('lens', #lens == 1, lens)

  -- The plugin's commands.
  vim.cmd('runtime plugin/abide.lua')
  vim.api.nvim_win_set_cursor(0, { 6, 8 })
  vim.cmd('AbideLayout')
  check(':AbideLayout', wait(function()
    text = hands.float()
    return text ~= nil
  end, 5000) and text:find('24 bytes, align 8', 1, true) and text:find('/* hole */', 1, true), text)
  hands.quote(text or '')
  local names = require('abide').complete('risc')
  check('names of ABIs are completed', vim.deep_equal(names, { 'riscv64', 'riscv32' }), names)
  vim.cmd('AbideABIs x86_64 arm64')
  check(':AbideABIs', wait(function()
    for _, d in ipairs(vim.diagnostic.get(buf)) do
      if d.message:find('i386', 1, true) then return false end
    end
    return #vim.diagnostic.get(buf) > 0
  end), rules(buf))
  vim.cmd('AbideABIs default')
  check('and back', wait(function()
    for _, d in ipairs(vim.diagnostic.get(buf)) do
      if d.message:find('i386', 1, true) then return true end
    end
  end), rules(buf))

  for _, rule in ipairs({ 'pointer-field', 'padding-hole', 'tail-padding' }) do
    check('cure of ' .. rule, cure(buf, rule), rules(buf))
  end
  check('no diagnostic is left', wait(function() return #vim.diagnostic.get(buf) == 0 end, 5000), rules(buf))
  local cured = hands.text(buf)
  check('comments are kept', cured:find('/* which */', 1, true) and cured:find('/* where */', 1, true), cured)
  check('the pointer is a __u64', cured:find('__u64 data;', 1, true) ~= nil, cured)

  -- Every character once in every place: typed, seen by the server, taken back.
  local typed = { '{', '}', '"', "'", '/*', '#', '(', ';', '\\', 'é' }
  local count = 0
  for line = 1, vim.api.nvim_buf_line_count(buf) do
    local width = #vim.api.nvim_buf_get_lines(buf, line - 1, line, false)[1]
    for column = 0, width do
      local char = typed[count % #typed + 1]
      vim.api.nvim_buf_set_text(buf, line - 1, column, line - 1, column, { char })
      if count % 7 == 0 then vim.lsp.buf_request(buf, 'textDocument/hover', vim.lsp.util.make_position_params(0, 'utf-8'), function() end) end
      vim.wait(1)
      vim.api.nvim_buf_set_text(buf, line - 1, column, line - 1, column + #char, { '' })
      count = count + 1
    end
  end
  check('alive after ' .. count .. ' keystrokes', not client.is_stopped(client))
  check('the text is as before', hands.text(buf) == cured)
  text = hover(4, 8)
  check('hover still answers', text:find('stamp') ~= nil, text)

  vim.cmd('silent write')
  check('written', vim.fn.filereadable(root .. '/sensor.h') == 1)
  hands.stop(client)
end)
