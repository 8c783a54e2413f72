"""A contact in each form in which a copy shows it: card, schema.org record, Open Referral service."""
