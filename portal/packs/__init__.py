"""The chair's journey: who was asked and answered, and the packs, each made for one reader or audience."""
