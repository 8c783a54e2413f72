"""A contact in each of its forms in a copy: card, schema.org record, Open Referral service."""
