;;; Emacs with eglot, as a script: diagnostics, eldoc, a code action, on a header
;;; of a driver.  Run: ABIDE=path HEADER=path emacs --batch -l eglot.el
;;; Emacs 28 needs the package eglot; from 29 on it is built in.

(require 'eglot)
(require 'flymake)
(require 'cc-mode)
(setq eglot-sync-connect 10
      eglot-autoshutdown t
      eglot-confirm-server-initiated-edits nil
      make-backup-files nil)

(defvar abide-failed 0)

(defun abide-check (name ok &optional detail)
  (princ (format "%s %s %s\n" (if ok "ok  " "FAIL") name (if (or ok (not detail)) "" detail)))
  (unless ok (setq abide-failed (1+ abide-failed))))

(defun abide-wait (holds)
  "Wait until the function HOLDS gives something, for 15 seconds at most."
  (let ((end (+ (float-time) 15)) value)
    (while (and (not (setq value (funcall holds))) (< (float-time) end))
      (accept-process-output nil 0.05))
    value))

(defun abide-found (rule)
  "The first of Flymake's diagnostics that names RULE."
  (flymake-start)
  (seq-find (lambda (d) (string-match-p (regexp-quote rule) (flymake-diagnostic-text d))) (flymake-diagnostics)))

(let* ((dir (file-name-as-directory (make-temp-file "abide" t)))
       (file (concat dir "sensor.h")))
  (copy-file (getenv "HEADER") file)
  ;; What docs/editors.md tells to write into init.el.
  (add-to-list 'eglot-server-programs `((c-mode c++-mode) . (,(getenv "ABIDE") "serve")))
  (find-file file)
  (c-mode)
  (apply #'eglot--connect (eglot--guess-contact))
  (unless eglot--managed-mode (eglot--maybe-activate-editing-mode))
  (abide-check (format "attached in Emacs %s" emacs-version) (eglot-current-server))

  (abide-check "a diagnostic on the pointer" (abide-wait (lambda () (abide-found "'samples' is a pointer"))) (flymake-diagnostics))
  (let ((d (abide-found "hole before 'timestamp'")))
    (abide-check "one on the hole, on its member"
                 (and d (equal "timestamp" (buffer-substring (flymake-diagnostic-beg d) (flymake-diagnostic-end d))))))

  (goto-char (point-min))
  (search-forward "sensor_sam")
  (let* ((answer (jsonrpc-request (eglot--current-server-or-lose) :textDocument/hover (eglot--TextDocumentPositionParams)))
         (text (format "%s" (plist-get (plist-get answer :contents) :value))))
    (abide-check "hover has the layouts" (and (string-match-p "XXX 4 bytes hole" text) (string-match-p "i386" text)) text)
    (let (said)
      (cl-letf (((symbol-function 'eglot--hover-info)
                 (lambda (contents &optional _range) (setq said (format "%s" contents)) said)))
        (eglot-hover-eldoc-function #'ignore)
        (abide-check "eldoc shows it" (abide-wait (lambda () (and said (string-match-p "4 bytes hole" said)))) said))))

  (goto-char (flymake-diagnostic-beg (abide-found "'samples' is a pointer")))
  (cl-letf (((symbol-function 'completing-read) (lambda (_prompt choices &rest _) (caar choices)))
            ((symbol-function 'read-multiple-choice) (lambda (_prompt choices) (car choices)))
            (last-nonmenu-event 'key)) ; not the mouse: no popup menu
    (eglot-code-actions (line-beginning-position) (line-end-position) "quickfix" t))
  (abide-check "the code action makes it a __u64, and keeps the comment"
               (abide-wait (lambda ()
                             (save-excursion
                               (goto-char (point-min))
                               (re-search-forward "__u64 samples;.*struct sensor_sample\\[\\]" nil t))))
               (buffer-string))
  (eglot--signal-textDocument/didChange) ; no timer runs in batch mode
  (abide-check "and its diagnostic goes" (abide-wait (lambda () (not (abide-found "'samples' is a pointer")))))
  (eglot-shutdown (eglot-current-server) nil 5)
  (set-buffer-modified-p nil)
  (delete-directory dir t)
  (princ (if (zerop abide-failed) "emacs: all passed\n" (format "emacs: %d failed\n" abide-failed)))
  (kill-emacs (min abide-failed 1)))
