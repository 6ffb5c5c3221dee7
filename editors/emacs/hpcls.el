;;; hpcls.el --- OpenMP directives and MPI calls, by eglot  -*- lexical-binding: t -*-

;; For Emacs 29 and newer: load this file in init.el, then `M-x eglot' in a C or C++ buffer, or
;; (add-hook 'c-mode-hook #'eglot-ensure).  Eglot runs one server a buffer: hpcls, instead of clangd.
;;
;; Settings, those of .hpcls.toml:
;; (setq-default eglot-workspace-configuration '(:hpcls (:evidence "proved")))

;;; Code:

(require 'eglot)

(add-to-list 'eglot-server-programs
             '((c-mode c-ts-mode c++-mode c++-ts-mode c-or-c++-mode) . ("hpcls" "server")))

(provide 'hpcls)
;;; hpcls.el ends here
