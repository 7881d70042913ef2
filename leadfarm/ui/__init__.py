"""The face: shell, components, design tokens, gallery. Has never heard of a lead."""
