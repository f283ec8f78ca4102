"""The demonstration: its programme, its accounts with one-click links, its mailbox."""
