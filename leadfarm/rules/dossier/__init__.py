"""The dossier as rules: which fields each section has, how they are read, judged and framed."""
