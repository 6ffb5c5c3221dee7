--- hpcls in Neovim 0.11 and newer; `:help hpcls` says how to set it up.
---
--- Settings are those of `.hpcls.toml`, below `settings.hpcls`.

---Whether insert mode's <Tab> is as Neovim brings it along, and so free to take.
local function tab_is_free()
  local mapping = vim.fn.maparg('<Tab>', 'i', false, true)
  return vim.tbl_isempty(mapping) or vim.startswith(mapping.desc or '', 'vim.snippet.jump')
end

---What <Tab> types: nothing where ghost text is taken, else what it does without hpcls.
local function accept_or_tab()
  if vim.lsp.inline_completion.get() then
    return ''
  end
  return vim.snippet.active({ direction = 1 }) and '<Cmd>lua vim.snippet.jump(1)<CR>' or '<Tab>'
end

---Ghost text, from Neovim 0.12 on.
---@param client vim.lsp.Client
---@param bufnr integer
local function show_ghost_text(client, bufnr)
  if not vim.lsp.inline_completion or not client:supports_method('textDocument/inlineCompletion', bufnr) then
    return
  end
  vim.lsp.inline_completion.enable(true, { bufnr = bufnr })
  if tab_is_free() then
    vim.keymap.set('i', '<Tab>', accept_or_tab, { buffer = bufnr, expr = true, desc = 'hpcls: take the ghost text' })
  end
end

---Whether clangd serves the buffer too, and has read what `mpi.h` declares.
local function clangd_knows_mpi(bufnr)
  local function is_about_mpi(diagnostic)
    return diagnostic.message:find('mpi.h', 1, true) ~= nil
  end
  local serves = not vim.tbl_isempty(vim.lsp.get_clients({ bufnr = bufnr, name = 'clangd' }))
  return serves and not vim.iter(vim.diagnostic.get(bufnr)):any(is_about_mpi)
end

---What hpcls completes, without the names that clangd completes with their signatures.
local function without_names(result)
  if not result or not result.items then
    return result
  end
  local kept = vim.tbl_filter(function(item)
    return not item.label:match('^MPI_[%w_]*$')
  end, result.items)
  return vim.tbl_extend('force', result, { items = kept })
end

---Leaves the names of MPI to clangd where both know them: each would stand in the menu twice.
---@param client vim.lsp.Client
local function leave_names_to_clangd(client)
  local request = client.request
  client.request = function(...)
    local given = vim.F.pack_len(...)
    local method = given[1] == client and 2 or 1
    local handler = given[method + 2]
    if given[method] == 'textDocument/completion' and handler then
      given[method + 2] = function(err, result, context, ...)
        handler(err, clangd_knows_mpi(context.bufnr) and without_names(result) or result, context, ...)
      end
    end
    return request(vim.F.unpack_len(given))
  end
end

---Says what takes long, if anything still does.
---@param client_id integer
local function say_what_takes_long(client_id)
  local client = vim.lsp.get_client_by_id(client_id)
  local titles = client and vim.tbl_values(client.progress.pending) or {}
  vim.api.nvim_echo({ { table.concat(titles, ', ') } }, false, {})
end

---Work that takes long is told of: Neovim by itself only takes note of it.
local function show_progress(err, params, context)
  vim.lsp.handlers['$/progress'](err, params, context)
  local function say()
    say_what_takes_long(context.client_id)
  end
  if vim.api.nvim_get_mode().mode:sub(1, 1) ~= 'i' then
    say()
  elseif params.value.kind == 'begin' then -- insert mode shows no messages
    vim.api.nvim_create_autocmd('InsertLeave', { once = true, callback = vim.schedule_wrap(say) })
  end
end

---Starts the server. A function, since Neovim only logs that the program of a table is not there.
local function start(dispatchers, config)
  local extra = { cwd = config.cmd_cwd, env = config.cmd_env, detached = config.detached }
  return vim.lsp.rpc.start({ 'hpcls', 'server' }, dispatchers, extra)
end

---@type vim.lsp.Config
return {
  cmd = start,
  filetypes = { 'c', 'cpp', 'cuda' },
  root_markers = { '.hpcls.toml', 'compile_commands.json', 'pyproject.toml', '.git' },
  settings = { hpcls = vim.empty_dict() },
  handlers = { ['$/progress'] = show_progress },
  on_init = leave_names_to_clangd,
  on_attach = show_ghost_text,
}
