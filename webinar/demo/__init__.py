"""The demo: a whole society built by calling services, served with its mails in view."""
