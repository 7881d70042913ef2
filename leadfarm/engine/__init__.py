"""What makes time pass: server, clock, queue, schedule, bulk COPY. Has never heard of a lead."""
