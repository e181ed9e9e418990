-- Neovim on drivers: in a module out of the tree, and in a kernel tree with a
-- compile_commands.json if LINUX names one. Each driver is opened as it is, a
-- payload is typed into it, found, hovered and cured; nothing is written.
-- Environment: ABIDE, and LINUX with DRIVERS="drivers/char/hpet.c …".
local hands = dofile(vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h') .. '/hands.lua')
local say, check, wait, hover = hands.say, hands.check, hands.wait, hands.hover

local module = {
  '#include <linux/compat.h>',
  '#include <linux/fs.h>',
  '#include <linux/miscdevice.h>',
  '#include <linux/module.h>',
  '#include <linux/mutex.h>',
  '#include <linux/uaccess.h>',
  '',
  'struct gauge {',
  '\tstruct miscdevice misc;',
  '\tstruct mutex lock;',
  '\tu32 last;',
  '\tu64 since;',
  '};',
  '',
  'static int gauge_open(struct inode *inode, struct file *file)',
  '{',
  '\tstruct gauge *g = container_of(file->private_data, struct gauge, misc);',
  '',
  '\tmutex_lock(&g->lock);',
  '\tg->since = ktime_get_ns();',
  '\tmutex_unlock(&g->lock);',
  '\treturn 0;',
  '}',
  '',
  'static const struct file_operations gauge_fops = {',
  '\t.owner = THIS_MODULE,',
  '\t.open = gauge_open,',
  '};',
  '',
  'MODULE_LICENSE("GPL");',
}

local payload = {
  '',
  'struct abide_probe {',
  '\t__u32 unit;',
  '\t__u64 reading;',
  '};',
  "#define ABIDE_PROBE _IOR('~', 0x7f, struct abide_probe)",
}

local function shown(d) return ('%d: %s [%s]'):format(d.lnum + 1, d.message:gsub('\n.*', ''), d.code) end

local started = 0

local function open(path, root)
  vim.cmd('edit! ' .. vim.fn.fnameescape(path))
  local buf = vim.api.nvim_get_current_buf()
  vim.bo[buf].filetype = 'c'
  started = started + 1 -- a client that is stopping must not be taken again
  local id = vim.lsp.start({ name = 'abide ' .. started, cmd = { vim.env.ABIDE, 'serve' }, root_dir = root })
  check('attached', id ~= nil and wait(function()
    local client = vim.lsp.get_client_by_id(id)
    return client and client.initialized
  end))
  return buf, vim.lsp.get_client_by_id(id)
end

-- Waits until what there is to say about a buffer has been said.
local function settle(buf)
  local client = vim.lsp.get_clients({ bufnr = buf })[1]
  local answered = false
  local params = { textDocument = vim.lsp.util.make_text_document_params(buf), position = { line = 0, character = 0 } }
  vim.lsp.buf_request(buf, 'textDocument/hover', params, function() answered = true end)
  check('answers', client ~= nil and wait(function() return answered end))
  vim.wait(1500, function() return false end)
end

-- Types a payload at the end, sees what is said about it, cures it.
local function probe(buf)
  local before = {}
  for _, d in ipairs(vim.diagnostic.get(buf)) do before[#before + 1] = shown(d) end
  for _, line in ipairs(before) do say('      as it is, ' .. line) end
  local at = vim.api.nvim_buf_line_count(buf)
  vim.api.nvim_buf_set_lines(buf, at, at, false, payload)
  local found
  check('the hole is found', wait(function()
    for _, d in ipairs(vim.diagnostic.get(buf)) do
      if d.code == 'padding-hole' and d.lnum == at + 3 then found = d end
    end
    return found ~= nil
  end), vim.diagnostic.get(buf))
  if not found then return end
  say('      ' .. shown(found))
  check('it differs on i386', found.message:find('i386', 1, true) ~= nil, found.message)
  local said = {}
  for _, d in ipairs(vim.diagnostic.get(buf)) do
    if d.lnum >= at then said[#said + 1] = shown(d) end
  end
  check('and nothing else is said', #said == 1 and #vim.diagnostic.get(buf) == #before + 1, said)
  local text = hover(at + 2, 8)
  check('hover', text:find('reading', 1, true) and text:find('hole', 1, true) and text:find('i386', 1, true), text)
  hands.quote(text)
  vim.api.nvim_win_set_cursor(0, { found.lnum + 1, found.col })
  vim.lsp.buf.code_action({ apply = true, filter = function(action) return action.isPreferred end })
  check('the fix', wait(function() return hands.text(buf):find('\n\t_*u32 [%w_]+;\n\t__u64 reading;') ~= nil end), vim.api.nvim_buf_get_lines(buf, at, -1, false))
  check('cures it', wait(function() return #vim.diagnostic.get(buf) == #before end), vim.diagnostic.get(buf))
end

hands.run('nvim, drivers', function()
  local _, root = hands.open('Makefile')
  vim.fn.writefile({ 'obj-m += gauge.o' }, root .. '/Makefile')
  vim.fn.writefile(module, root .. '/gauge.c')
  say('a module out of the tree')
  local buf, client = open(root .. '/gauge.c', root)
  settle(buf)
  check('nothing to say about it', #vim.diagnostic.get(buf) == 0, vim.diagnostic.get(buf))
  local text = hover(8, 8)
  check("the kernel's own headers give the sizes", text:find('struct mutex lock', 1, true) and text:find('since', 1, true), text)
  hands.quote(text)
  probe(buf)
  hands.stop(client)
  vim.cmd('bwipeout!')

  local tree = vim.env.LINUX
  for driver in (tree and vim.env.DRIVERS or ''):gmatch('%S+') do
    say(driver)
    buf, client = open(tree .. '/' .. driver, tree)
    settle(buf)
    probe(buf)
    hands.stop(client)
    vim.cmd('bwipeout!')
  end
end)
