"""Messages: templates, ledger, delivery, clicks, the local mailbox."""
