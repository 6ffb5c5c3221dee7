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

---@type vim.lsp.Config
return {
  cmd = { 'hpcls', 'server' },
  filetypes = { 'c', 'cpp', 'cuda' },
  root_markers = { '.hpcls.toml', 'compile_commands.json', 'pyproject.toml', '.git' },
  settings = { hpcls = vim.empty_dict() },
  on_attach = show_ghost_text,
}
