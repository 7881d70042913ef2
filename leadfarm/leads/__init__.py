"""The one record: account, contact, lead, touch, finding, task, next step."""
