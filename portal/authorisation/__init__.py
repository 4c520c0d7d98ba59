"""Who may do what: actors, permissions, the policy table, and the gate every view is entered through."""
