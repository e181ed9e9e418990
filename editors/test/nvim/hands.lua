-- What the Neovim tests do again and again. A test is run by
-- nvim --headless --clean -u NONE -i NONE -n -l TEST.lua, and begins with
--   local hands = dofile(… .. '/hands.lua')
local M = { failed = 0 }

M.here = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h')

function M.say(...) io.stdout:write(table.concat({ ... }, ' ') .. '\n') end

--- Shows a text of several lines as part of the report.
function M.quote(text) M.say((text:gsub('^', '      | '):gsub('\n', '\n      | '))) end

function M.check(name, ok, detail)
  M.say(ok and 'ok  ' or 'FAIL', name, (not ok and detail ~= nil) and vim.inspect(detail) or '')
  if not ok then M.failed = M.failed + 1 end
end

function M.wait(condition, ms) return vim.wait(ms or 30000, condition, 20) end

function M.text(buf) return table.concat(vim.api.nvim_buf_get_lines(buf, 0, -1, false), '\n') end

--- Makes a folder for the test, and opens a file in it that may not exist yet.
function M.open(name)
  vim.o.swapfile = false
  local root = vim.fn.tempname()
  vim.fn.mkdir(root, 'p')
  vim.cmd('edit ' .. root .. '/' .. name)
  return vim.api.nvim_get_current_buf(), root
end

--- The text of the float that is open, which is closed; nil for none.
function M.float()
  for _, win in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(win).relative ~= '' then
      local text = M.text(vim.api.nvim_win_get_buf(win))
      vim.api.nvim_win_close(win, true)
      return text
    end
  end
end

--- What is shown on hover; empty if nothing is.
function M.hover(line, column)
  vim.api.nvim_win_set_cursor(0, { line, column })
  vim.lsp.buf.hover()
  local text
  M.wait(function()
    text = M.float()
    return text ~= nil
  end)
  return text or ''
end

--- Ends a client.
function M.stop(client)
  if vim.lsp.enable then client:stop() else client.stop() end
  M.check('stopped', M.wait(function() return vim.lsp.get_client_by_id(client.id) == nil or client.is_stopped(client) end))
end

--- Runs a test, and ends Neovim with its result.
function M.run(name, test)
  local ok, err = xpcall(test, debug.traceback)
  if not ok then
    M.say('ERROR', err)
    M.failed = M.failed + 1
  end
  M.say(name .. (M.failed == 0 and ': all passed' or (': ' .. M.failed .. ' failed')))
  vim.cmd(M.failed == 0 and 'qa!' or 'cquit 1')
end

return M
