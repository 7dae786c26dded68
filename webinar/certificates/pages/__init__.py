"""What the pages, mails and faces of certificates say."""
