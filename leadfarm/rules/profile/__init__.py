"""What can be read from a job title, an industry in words, a domain: rules without a network."""
